using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>The status of each packet that a function holds, by the symbol that stands for it.</summary>
internal sealed class PacketStates : IEquatable<PacketStates>
{
    public static readonly PacketStates Empty = new([]);

    private readonly (int Symbol, PacketStatus Status)[] _entries;

    private PacketStates((int Symbol, PacketStatus Status)[] entries) => _entries = entries;

    public int Count => _entries.Length;

    public (int Symbol, PacketStatus Status) this[int index] => _entries[index];

    public PacketStatus Of(Symbol packet)
    {
        foreach ((int symbol, PacketStatus status) in _entries)
        {
            if (symbol == packet.Id)
            {
                return status;
            }
        }

        return PacketStatus.None;
    }

    public PacketStates With(Symbol packet, PacketStatus status)
    {
        int index = 0;
        while (index < _entries.Length && _entries[index].Symbol < packet.Id)
        {
            index++;
        }

        bool replaces = index < _entries.Length && _entries[index].Symbol == packet.Id;
        if (replaces && _entries[index].Status == status)
        {
            return this;
        }

        var entries = new (int, PacketStatus)[_entries.Length + (replaces ? 0 : 1)];
        Array.Copy(_entries, entries, index);
        entries[index] = (packet.Id, status);
        Array.Copy(_entries, replaces ? index + 1 : index, entries, index + 1, entries.Length - index - 1);
        return new(entries);
    }

    public PacketStates Without(Symbol packet)
    {
        int index = Array.FindIndex(_entries, e => e.Symbol == packet.Id);
        if (index < 0)
        {
            return this;
        }

        if (_entries.Length == 1)
        {
            return Empty;
        }

        var entries = new (int, PacketStatus)[_entries.Length - 1];
        Array.Copy(_entries, entries, index);
        Array.Copy(_entries, index + 1, entries, index, entries.Length - index);
        return new(entries);
    }

    /// <summary>Each packet with all that it may be on either side.</summary>
    public PacketStates Join(PacketStates other, ValueTable values)
    {
        PacketStates joined = this;
        foreach ((int symbol, PacketStatus status) in other._entries)
        {
            joined = joined.With(values[symbol], joined.Of(values[symbol]) | status);
        }

        return joined;
    }

    public bool Equals(PacketStates? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other._entries.Length != _entries.Length)
        {
            return false;
        }

        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i] != other._entries[i])
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as PacketStates);

    public override int GetHashCode()
    {
        int hash = _entries.Length;
        foreach ((int symbol, PacketStatus status) in _entries)
        {
            hash = unchecked((((hash * 31) + symbol) * 31) + (int)status);
        }

        return hash;
    }
}
