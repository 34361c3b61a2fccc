namespace Vmbus.Testing;

/// <summary>What happens to one packet on its way to a handler. <c>default</c>: nothing.</summary>
public readonly record struct PacketFault
{
    private PacketFault(PacketFaultKind kind, int operand = 0, Exception? exception = null)
    {
        Kind = kind;
        Operand = operand;
        Exception = exception;
    }

    /// <summary>The handler never sees it: it is completed without payload.</summary>
    public static PacketFault Lose { get; } = new(PacketFaultKind.Lose);

    /// <summary>What happens.</summary>
    public PacketFaultKind Kind { get; }

    /// <summary>How many bytes are left, or which bit is flipped.</summary>
    public int Operand { get; }

    /// <summary>What is thrown.</summary>
    public Exception? Exception { get; }

    /// <summary>The handler sees the first bytes only.</summary>
    /// <param name="length">How many, at least 0; more than the packet has: all.</param>
    /// <returns>The fault.</returns>
    public static PacketFault Truncate(int length)
    {
        ArgumentChecks.RequireRange(length, 0, int.MaxValue);
        return new PacketFault(PacketFaultKind.Truncate, length);
    }

    /// <summary>The handler sees one bit inverted.</summary>
    /// <param name="bit">Which, from bit 0 of the first byte on, at least 0; taken modulo the bits that the packet has.</param>
    /// <returns>The fault.</returns>
    public static PacketFault FlipBit(int bit)
    {
        ArgumentChecks.RequireRange(bit, 0, int.MaxValue);
        return new PacketFault(PacketFaultKind.FlipBit, bit);
    }

    /// <summary>An exception in the place of the handler.</summary>
    /// <param name="exception">What is thrown.</param>
    /// <returns>The fault.</returns>
    public static PacketFault Throw(Exception exception)
    {
        ArgumentChecks.RequireNotNull(exception);
        return new PacketFault(PacketFaultKind.Throw, exception: exception);
    }
}
