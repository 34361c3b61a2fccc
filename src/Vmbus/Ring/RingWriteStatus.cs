namespace Vmbus.Ring;

/// <summary>What came of <see cref="O:Vmbus.Ring.RingWriter.TryWrite"/>.</summary>
public enum RingWriteStatus
{
    /// <summary>The packet is staged; <see cref="RingWriter.Publish"/> shows it to the reader.</summary>
    Success,

    /// <summary>Not enough room now. Nothing was staged.</summary>
    Full,

    /// <summary>The packet can never fit: it exceeds the ring, or the 16-bit length field. Nothing was staged.</summary>
    TooLarge,

    /// <summary>The control page holds something that cannot be right; <see cref="RingEndpoint.Corruption"/> says what. It stays so.</summary>
    Corrupt,
}
