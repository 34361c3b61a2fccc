using System.IO;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

[Flags]
internal enum PacketTransfer
{
    None = 0,
    Store = 1,
    Refuse = 2,
    Take = 4,
    Swap = 8,
}

/// <summary>Which members of the framework keep a value that they are given, and which give one up.</summary>
internal static class PacketTransfers
{
    /// <summary>By the namespace, the type in it (a star: any), and the member.</summary>
    private static readonly Lazy<Dictionary<string, Dictionary<string, Dictionary<string, PacketTransfer>>>> Table = new(Load);
    private static readonly Lazy<HashSet<string>> Names = new(static () => new HashSet<string>(Members.Select(static m => m.Key), StringComparer.Ordinal));
    private static readonly Lazy<HashSet<string>> Storing = new(FindStoring);

    private static IEnumerable<KeyValuePair<string, PacketTransfer>> Members => Table.Value.Values.SelectMany(static types => types.Values).SelectMany(static members => members);

    public static PacketTransfer Of(IMethodSymbol method)
    {
        // Most names are in no line.
        return Names.Value.Contains(method.Name) && Table.Value.TryGetValue(NamespaceNames.Of(method), out Dictionary<string, Dictionary<string, PacketTransfer>>? types)
            ? Find(types, method.ContainingType.MetadataName, method.Name) | Find(types, "*", method.Name)
            : PacketTransfer.None;
    }

    /// <summary>Whether a member of this name keeps what it is given, and gives nothing up, wherever the framework has one.</summary>
    public static bool OnlyStores(string member) => Storing.Value.Contains(member);

    private static HashSet<string> FindStoring()
    {
        var storing = new HashSet<string>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, PacketTransfer> member in Members)
        {
            ((member.Value & (PacketTransfer.Take | PacketTransfer.Swap)) == 0 ? storing : others).Add(member.Key);
        }

        storing.ExceptWith(others);
        return storing;
    }

    private static PacketTransfer Find(Dictionary<string, Dictionary<string, PacketTransfer>> types, string type, string member)
        => types.TryGetValue(type, out Dictionary<string, PacketTransfer>? members) && members.TryGetValue(member, out PacketTransfer transfer)
            ? transfer
            : PacketTransfer.None;

    private static Dictionary<string, Dictionary<string, Dictionary<string, PacketTransfer>>> Load()
    {
        var table = new Dictionary<string, Dictionary<string, Dictionary<string, PacketTransfer>>>(StringComparer.Ordinal);
        using Stream stream = typeof(PacketTransfers).Assembly.GetManifestResourceStream("PacketTransfers.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || words[0] == "#")
            {
                continue;
            }

            PacketTransfer transfer = words[0] switch
            {
                "store" => PacketTransfer.Store,
                "refuse" => PacketTransfer.Refuse,
                "take" => PacketTransfer.Take,
                "swap" => PacketTransfer.Swap,
                _ => throw new InvalidDataException($"PacketTransfers.txt: '{words[0]}' is no kind; write store, refuse, swap or take."),
            };
            int dot = words[1].LastIndexOf('.');
            Dictionary<string, PacketTransfer> members = Entry(Entry(table, words[1].Substring(0, dot)), words[1].Substring(dot + 1));

            for (int i = 2; i < words.Length; i++)
            {
                members.TryGetValue(words[i], out PacketTransfer known);
                members[words[i]] = known | transfer;
            }
        }

        return table;
    }

    private static Dictionary<string, T> Entry<T>(Dictionary<string, Dictionary<string, T>> table, string key)
    {
        if (!table.TryGetValue(key, out Dictionary<string, T>? entry))
        {
            table.Add(key, entry = new Dictionary<string, T>(StringComparer.Ordinal));
        }

        return entry;
    }
}
