namespace Vmbus.Ring;

/// <summary>What came of <see cref="RingReader.TryRead"/>.</summary>
public enum RingReadStatus
{
    /// <summary>A packet was taken.</summary>
    Success,

    /// <summary>Nothing was there to take.</summary>
    Empty,

    /// <summary>The ring holds something that cannot be right; <see cref="RingEndpoint.Corruption"/> says what. It stays so.</summary>
    Corrupt,
}
