namespace Vmbus.Benchmarks.Channels;

/// <summary>What two sides exchange: requests of a size, so many at a time on each of so many channels.</summary>
/// <param name="Length">The bytes of the payload, or of the external data.</param>
/// <param name="HasExternalData">Whether the bytes lie beside the packet, which then has 16 of its own.</param>
/// <param name="Channels">How many channels.</param>
/// <param name="Burst">How many requests are under way on each of them.</param>
internal sealed record ExchangeShape(int Length, bool HasExternalData, int Channels, int Burst)
{
    public const int HeaderLength = 16;

    /// <summary>How many requests are under way at one time.</summary>
    public int Requests => Channels * Burst;

    public byte[] CreatePayload() => new byte[HasExternalData ? HeaderLength : Length];
}
