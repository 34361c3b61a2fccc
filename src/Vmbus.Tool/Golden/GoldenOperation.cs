namespace Vmbus.Tool.Golden;

/// <summary>One step of a vector. Which members are there depends on <see cref="Op"/>.</summary>
internal sealed class GoldenOperation
{
    public required string Op { get; init; }

    public ushort? Type { get; init; }

    public ushort? Flags { get; init; }

    /// <summary>The transaction id, hexadecimal with <c>0x</c>.</summary>
    public string? Xid { get; init; }

    public string? Payload { get; init; }

    /// <summary>Descriptor, extended header and payload of a <c>send_raw</c>, hexadecimal.</summary>
    public string? Packet { get; init; }

    public IReadOnlyList<GoldenRange>? Ranges { get; init; }

    /// <summary>How many bytes the receiver of a <c>recv</c> has for the packet without its footer; null: enough.</summary>
    public int? BufferLength { get; init; }

    public long? BytesRead { get; init; }

    public string? Field { get; init; }

    public uint? Value { get; init; }

    public int? Offset { get; init; }

    public string? Data { get; init; }

    public GoldenExpectation? Expect { get; init; }
}
