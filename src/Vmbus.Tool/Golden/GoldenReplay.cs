using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Vmbus.Ring;

namespace Vmbus.Tool.Golden;

/// <summary>Replays one vector against the ring engine, through its public surface, and compares every answer and the final image.</summary>
/// <remarks>
/// Writer and reader stand on the same ring, as the recorded peer did on both of its sides. The reader hands on what the recorded
/// peers hand on; where those peers wait for ever on a ring that cannot be right, the engine's verdict "corrupt" passes, too.
/// </remarks>
internal sealed class GoldenReplay : IDisposable
{
    private const string Ok = "ok";
    private const string WouldBlock = "would_block";
    private const string Corrupt = "corrupt";
    private const string BufferTooSmall = "buffer_too_small";

    /// <summary>Vectors in which a strict reader says "corrupt" where the recorded peer says "would_block".</summary>
    private static readonly HashSet<string> CorruptInsteadOfWouldBlock = ["rx-tlen-gt-avail", "rx-len-eats-footer", "rx-partial-desc"];

    /// <summary>The vector with undefined flags: the peer's answer by one policy of the reader, "corrupt" by the other.</summary>
    private const string UnknownFlags = "rx-unknown-flags";

    private readonly string _file;
    private readonly string _folder;
    private readonly GoldenVector _vector;
    private readonly RingMemory _memory;
    private readonly List<GoldenFailure> _failures = [];
    private readonly List<string> _unchecked = [];
    private RingWriter? _writer;
    private RingReader? _reader;
    private string _operation = "initial state";

    private GoldenReplay(string path, GoldenVector vector)
    {
        _file = Path.GetFileName(path);
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _vector = vector;
        GoldenInitialState initial = vector.Initial;
        _memory = RingMemory.Allocate(initial.DataSize);
        _memory.Data.Fill(initial.Fill);
        RingControlPage page = _memory.ControlPage;
        page.WriteIndex = initial.WriteIndex;
        page.ReadIndex = initial.ReadIndex;
        page.InterruptMask = initial.InterruptMask;
        page.PendingSendSize = initial.PendingSendSize;
        page.FeatureBits = initial.FeatureBits;
        Attach();
    }

    private uint DataSize => (uint)_memory.DataSize;

    /// <summary>Replays the vector in a file. A file that is no vector is a failure, not an exception.</summary>
    public static GoldenOutcome Run(string path)
    {
        try
        {
            GoldenVector vector = GoldenVector.Load(path);
            using var replay = new GoldenReplay(path, vector);
            replay.RunOperations();
            replay.CompareFinalState();
            if (vector.Name == UnknownFlags)
            {
                replay.CheckThatStrictReaderRejects();
            }

            return new GoldenOutcome(replay._failures, replay._unchecked);
        }
        catch (Exception e) when (e is JsonException or FormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new GoldenOutcome([new GoldenFailure(Path.GetFileName(path), "reading", "vector", "a vector in the format " + GoldenVector.SupportedSchema, e.Message)], []);
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _reader?.Dispose();
        _memory.Dispose();
    }

    private void RunOperations()
    {
        for (int i = 0; i < _vector.Operations.Count; i++)
        {
            GoldenOperation operation = _vector.Operations[i];
            _operation = string.Create(CultureInfo.InvariantCulture, $"operation {i} ({operation.Op})");
            Run(operation);
            CompareFigures(operation.Expect);
            foreach (string unknown in operation.Expect?.Unknown?.Keys ?? Enumerable.Empty<string>())
            {
                _unchecked.Add($"{_file}: {_operation}: {unknown}");
            }
        }
    }

    private void Run(GoldenOperation operation)
    {
        switch (operation.Op)
        {
            case "send":
                Send(operation.Expect, (PacketType)Need(operation.Type, "type"), (PacketFlags)Need(operation.Flags, "flags"), Number(operation.Xid, "xid"), [], Bytes(operation.Payload, "payload"));
                break;
            case "send_gpa_direct":
                Send(operation.Expect, PacketType.DataUsingGpaDirect, PacketFlags.CompletionRequested, Number(operation.Xid, "xid"), EncodePages(operation.Ranges ?? throw Missing("ranges")), Bytes(operation.Payload, "payload"));
                break;
            case "send_raw":
                SendRaw(operation.Expect, Bytes(operation.Packet, "packet"));
                break;
            case "recv":
                Receive(operation, decideSignal: true);
                break;
            case "recv_no_signal":
                Receive(operation, decideSignal: false);
                break;
            case "commit_signal_check":
                Compare("bytes_read", operation.BytesRead, _reader?.UndecidedBytes);
                Compare("signal", operation.Expect?.Signal, _reader?.DecideSpaceSignal());
                break;
            case "set":
                Set(operation.Field, Need(operation.Value, "value"));
                break;
            case "poke_data":
                Bytes(operation.Data, "data").CopyTo(_memory.Data[Need(operation.Offset, "offset")..]);
                break;
            default:
                throw new FormatException($"{_operation}: the operation is not known.");
        }
    }

    private void Send(GoldenExpectation? expect, PacketType type, PacketFlags flags, ulong transactionId, byte[] extendedHeader, byte[] payload)
    {
        string result = Stage(type, flags, transactionId, extendedHeader, payload);
        Publish(expect, result);
    }

    /// <summary>Sends a packet as it stands, even one whose descriptor contradicts its length.</summary>
    private void SendRaw(GoldenExpectation? expect, byte[] packet)
    {
        PacketDescriptor descriptor = PacketDescriptor.ReadFrom(packet);
        bool isConsistent = descriptor.PacketLength == packet.Length
            && descriptor.PayloadOffset >= PacketDescriptor.Length
            && descriptor.PayloadOffset <= packet.Length;
        int payloadOffset = isConsistent ? descriptor.PayloadOffset : PacketDescriptor.Length;
        uint start = _memory.ControlPage.WriteIndex;
        string result = Stage(descriptor.Type, descriptor.Flags, descriptor.TransactionId, packet[PacketDescriptor.Length..payloadOffset], packet[payloadOffset..]);
        if (result == Ok && !isConsistent)
        {
            packet.AsSpan(0, RingSpace.Granularity).CopyTo(_memory.Data[(int)start..]);
        }

        Publish(expect, result);
    }

    private string Stage(PacketType type, PacketFlags flags, ulong transactionId, byte[] extendedHeader, byte[] payload)
    {
        // Each kind of packet by the way that its senders take.
        RingWriteStatus? status = extendedHeader.Length == 0
            ? _writer?.TryWrite(type, flags, transactionId, payload)
            : _writer?.TryWrite(type, flags, transactionId, extendedHeader, payload);
        return status switch
        {
            RingWriteStatus.Success => Ok,
            RingWriteStatus.Full or RingWriteStatus.TooLarge => WouldBlock,
            _ => Corrupt,
        };
    }

    private void Publish(GoldenExpectation? expect, string result)
    {
        CompareText("result", expect?.Result, result);
        bool signal = _writer is not null && _writer.Publish();
        Compare("need_signal", expect?.NeedSignal, signal);
    }

    private void Receive(GoldenOperation operation, bool decideSignal)
    {
        GoldenExpectation? expect = operation.Expect;
        RingPacket packet = default;
        RingReadStatus? status = _reader?.TryRead(out packet);
        switch (status)
        {
            case RingReadStatus.Success when operation.BufferLength < packet.PacketLength:
                CompareText("result", expect?.Result, BufferTooSmall);
                Compare("needed", expect?.Needed, packet.PacketLength);
                _reader!.Rewind();
                break;
            case RingReadStatus.Success:
                CompareText("result", expect?.Result, Ok);
                ComparePacket(expect, packet);
                _reader!.PublishReadIndex();
                if (decideSignal)
                {
                    Compare("signal", expect?.Signal, _reader.DecideSpaceSignal());
                }

                break;
            case RingReadStatus.Empty:
                CompareText("result", expect?.Result, WouldBlock);
                break;
            default:
                bool mayDiffer = expect?.Result == WouldBlock && CorruptInsteadOfWouldBlock.Contains(_vector.Name);
                CompareText("result", mayDiffer ? Corrupt : expect?.Result, Corrupt);
                break;
        }
    }

    private void ComparePacket(GoldenExpectation? expect, RingPacket packet)
    {
        if (expect is null)
        {
            return;
        }

        byte[] header = new byte[PacketDescriptor.Length + packet.ExtendedHeaderLength];
        packet.Descriptor.WriteTo(header);
        packet.CopyExtendedHeaderTo(header.AsSpan(PacketDescriptor.Length));
        byte[] payload = new byte[packet.PayloadLength];
        packet.CopyPayloadTo(payload);
        Compare("bytes_consumed", expect.BytesConsumed, packet.BytesConsumed);
        Compare("type", expect.Type, (ushort)packet.Type);
        Compare("offset8", expect.Offset8, packet.Descriptor.Offset8);
        Compare("length8", expect.Length8, packet.Descriptor.Length8);
        Compare("flags", expect.Flags, (ushort)packet.Flags);
        Compare("xid", expect.Xid is null ? null : Number(expect.Xid, "xid"), packet.TransactionId);
        CompareText("header", expect.Header, Convert.ToHexStringLower(header));
        CompareText("payload", expect.Payload, Convert.ToHexStringLower(payload));
    }

    private void CompareFigures(GoldenExpectation? expect)
    {
        if (expect is null)
        {
            return;
        }

        RingControlPage page = _memory.ControlPage;
        uint write = page.WriteIndex;
        uint read = page.ReadIndex;
        Compare("write_index", expect.WriteIndex, write);
        Compare("read_index", expect.ReadIndex, read);
        Compare("available_write", expect.AvailableWrite, RingSpace.AvailableToWrite(write, read, DataSize));
        Compare("available_read", expect.AvailableRead, RingSpace.AvailableToRead(write, read, DataSize));

        // Reader and writer keep figures of their own; a corrupt ring has none.
        if (_writer is { Corruption: null })
        {
            Compare("available_write of the writer", expect.AvailableWrite, _writer.AvailableToWrite);
        }

        if (_reader is { Corruption: null })
        {
            Compare("available_read of the reader", expect.AvailableRead, _reader.AvailableToRead);
        }
    }

    private void CompareFinalState()
    {
        _operation = "final state";
        GoldenFinalState final = _vector.Final;
        RingControlPage page = _memory.ControlPage;
        Compare("write_index", final.WriteIndex, page.WriteIndex);
        Compare("read_index", final.ReadIndex, page.ReadIndex);
        Compare("interrupt_mask", final.InterruptMask, page.InterruptMask);
        Compare("pending_send_size", final.PendingSendSize, page.PendingSendSize);
        Compare("feature_bits", final.FeatureBits, page.FeatureBits);

        byte[] expected = File.ReadAllBytes(Path.Combine(_folder, Path.GetFileName(final.Image)));
        byte[] actual = _memory.ToArray();
        CompareText($"sha256 of {final.Image}", final.Sha256, Convert.ToHexStringLower(SHA256.HashData(expected)));
        Compare("image_bytes", final.ImageBytes, actual.Length);
        int difference = expected.AsSpan().CommonPrefixLength(actual);
        if (difference != Math.Max(expected.Length, actual.Length))
        {
            Fail(
                string.Create(CultureInfo.InvariantCulture, $"image at offset {difference}"),
                difference < expected.Length ? $"0x{expected[difference]:x2}" : "the end",
                difference < actual.Length ? $"0x{actual[difference]:x2}" : "the end");
        }
    }

    /// <summary>The other position of the reader's policy switch: the packet with undefined flags makes the ring corrupt.</summary>
    private void CheckThatStrictReaderRejects()
    {
        _operation = "strict reader";
        RingControlPage page = _memory.ControlPage;
        page.ReadIndex = _vector.Initial.ReadIndex;
        using var strict = new RingReader(_memory, RingReadChecks.UnknownFlags);
        CompareText("result", Corrupt, strict.TryRead(out _) == RingReadStatus.Corrupt ? Corrupt : "not " + Corrupt);
        CompareText("field", nameof(RingField.PacketFlags), strict.Corruption?.Field.ToString() ?? "none");
    }

    private void Set(string? field, uint value)
    {
        RingControlPage page = _memory.ControlPage;
        switch (field)
        {
            case "write_index":
                page.WriteIndex = value;
                Attach();
                break;
            case "read_index":
                page.ReadIndex = value;
                Attach();
                break;
            case "interrupt_mask":
                page.InterruptMask = value;
                break;
            case "pending_send_size":
                page.PendingSendSize = value;
                break;
            case "feature_bits":
                page.FeatureBits = value;
                break;
            default:
                throw new FormatException($"{_operation}: the field \"{field}\" is not known.");
        }
    }

    /// <summary>Begins anew at the indices of the control page. A page that cannot be right makes every operation answer "corrupt".</summary>
    private void Attach()
    {
        _writer?.Dispose();
        _reader?.Dispose();
        _writer = null;
        _reader = null;
        try
        {
            _writer = new RingWriter(_memory);
            _reader = new RingReader(_memory, RingReadChecks.None);
        }
        catch (RingCorruptException)
        {
            // Both stay null, which is what "corrupt" means to every operation.
        }
    }

    /// <summary>One page a range, unchecked, as the recorded peer writes them.</summary>
    private static byte[] EncodePages(IReadOnlyList<GoldenRange> ranges)
    {
        byte[] header = new byte[8 + (ranges.Count * 16)];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), ranges.Count);
        for (int i = 0; i < ranges.Count; i++)
        {
            Span<byte> range = header.AsSpan(8 + (i * 16));
            BinaryPrimitives.WriteUInt32LittleEndian(range, ranges[i].ByteCount);
            BinaryPrimitives.WriteUInt32LittleEndian(range[4..], ranges[i].ByteOffset);
            BinaryPrimitives.WriteUInt64LittleEndian(range[8..], HexNumber.Parse(ranges[i].Pfn));
        }

        return header;
    }

    private byte[] Bytes(string? hex, string name) => Convert.FromHexString(hex ?? throw Missing(name));

    private ulong Number(string? hex, string name) => HexNumber.Parse(hex ?? throw Missing(name));

    private T Need<T>(T? value, string name)
        where T : struct => value ?? throw Missing(name);

    private FormatException Missing(string name) => new($"{_operation}: \"{name}\" is missing.");

    /// <summary>Where the recorded peer gave no answer anything passes. 128 bits hold every number of a vector.</summary>
    private void Compare(string field, Int128? expected, Int128? actual)
    {
        if (expected is not null && expected != actual)
        {
            Fail(field, Text(expected), Text(actual));
        }
    }

    private void Compare(string field, bool? expected, bool? actual)
    {
        if (expected is not null && expected != actual)
        {
            Fail(field, Text(expected), Text(actual));
        }
    }

    private void CompareText(string field, string? expected, string actual)
    {
        if (expected is not null && expected != actual)
        {
            Fail(field, expected, actual);
        }
    }

    private static string Text<T>(T? value)
        where T : struct, IFormattable => value is { } number ? number.ToString(null, CultureInfo.InvariantCulture) : "none";

    private static string Text(bool? value) => value switch
    {
        null => "none",
        true => "true",
        false => "false",
    };

    private void Fail(string field, string expected, string actual) =>
        _failures.Add(new GoldenFailure(_file, _operation, field, expected, actual));
}
