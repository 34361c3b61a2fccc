namespace Vmbus.Tests.Ring;

/// <summary>
/// A ring as simple as it can be: whole numbers that never wrap, a list of packets, and a data area that is written byte for byte.
/// It knows nothing of how the engine does it.
/// </summary>
internal sealed class ModelRing(int size, uint start)
{
    private readonly List<Packet> _packets = [];
    private long _staged = start;
    private long _published = start;
    private long _read = start;
    private long _readPublished = start;
    private long _undecided;
    private int _next;

    public byte[] Data { get; } = new byte[size];

    public uint WriteIndex => (uint)(_published % size);

    public uint ReadIndex => (uint)(_readPublished % size);

    public uint Mask { get; private set; }

    public uint Pending { get; private set; }

    public bool HasStaged => _staged != _published;

    public bool HasUnpublishedReads => _read != _readPublished;

    public long FreeForWriter => size - (_staged - _readPublished);

    public long ThereForReader => _published - _read;

    public static long Footprint(int header, int payload) => 16 + header + ((payload + 7) / 8 * 8) + 8;

    /// <returns>Null: too large; false: full.</returns>
    public bool? Stage(Packet packet)
    {
        long footprint = Footprint(packet.Header.Length, packet.Payload.Length);
        if (footprint > size - 8 || footprint - 8 > 65535 * 8)
        {
            return null;
        }

        if (size - (_staged - _readPublished) <= footprint)
        {
            return false;
        }

        List<byte> bytes = [];
        AddNumber(bytes, packet.Type, 2);
        AddNumber(bytes, (ulong)(16 + packet.Header.Length) / 8, 2);
        AddNumber(bytes, (ulong)(footprint - 8) / 8, 2);
        AddNumber(bytes, packet.Flags, 2);
        AddNumber(bytes, packet.TransactionId, 8);
        bytes.AddRange(packet.Header);
        bytes.AddRange(packet.Payload);
        while (bytes.Count % 8 != 0)
        {
            bytes.Add(0);
        }

        AddNumber(bytes, 0, 4);
        AddNumber(bytes, (ulong)(_staged % size), 4);
        for (int i = 0; i < bytes.Count; i++)
        {
            Data[(_staged + i) % size] = bytes[i];
        }

        _packets.Add(packet with { Start = _staged });
        _staged += bytes.Count;
        return true;
    }

    public bool Publish()
    {
        if (_staged == _published)
        {
            return false;
        }

        bool signal = Mask == 0 && _readPublished == _published;
        _published = _staged;
        return signal;
    }

    public void Discard()
    {
        _packets.RemoveAll(packet => packet.Start >= _published);
        _staged = _published;
    }

    public Packet? Read()
    {
        if (_read == _published)
        {
            return null;
        }

        Packet packet = _packets[_next++];
        _read += Footprint(packet.Header.Length, packet.Payload.Length);
        return packet;
    }

    public void PublishReadIndex()
    {
        _undecided += _read - _readPublished;
        _readPublished = _read;
    }

    public bool Decide()
    {
        long now = size - (_published - _readPublished);
        bool signal = _undecided != 0 && Pending != 0 && now - _undecided <= Pending && now > Pending;
        _undecided = 0;
        return signal;
    }

    public void Rewind()
    {
        while (_read > _readPublished)
        {
            Packet packet = _packets[--_next];
            _read -= Footprint(packet.Header.Length, packet.Payload.Length);
        }
    }

    public void SetMask() => Mask = 1;

    public bool Unmask()
    {
        Mask = _read == _published ? 0u : 1u;
        return Mask != 0;
    }

    /// <returns>Whether there is room, and so no request.</returns>
    public bool RequestRoom(int bytes)
    {
        bool hasRoom = size - (_staged - _readPublished) - 8 >= bytes;
        Pending = hasRoom ? 0 : (uint)bytes;
        return hasRoom;
    }

    public void WithdrawRequest() => Pending = 0;

    private static void AddNumber(List<byte> bytes, ulong value, int count)
    {
        for (int i = 0; i < count; i++)
        {
            bytes.Add((byte)(value >> (8 * i)));
        }
    }

    public sealed record Packet(ushort Type, ushort Flags, ulong TransactionId, byte[] Header, byte[] Payload)
    {
        public long Start { get; init; }
    }
}
