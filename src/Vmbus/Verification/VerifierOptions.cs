namespace Vmbus;

/// <summary>What the verifier watches of one channel, and who is told.</summary>
public sealed record VerifierOptions
{
    /// <summary>The defaults.</summary>
    public static VerifierOptions Default { get; } = new();

    /// <summary>
    /// Whether the channel is watched; <see langword="null"/>: as <see cref="VmbusVerifier.Enabled"/> says, and if that says nothing either, whether the
    /// assembly of the channel's callbacks was compiled without optimisation, as a Debug build is.
    /// </summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// How long one callback at DISPATCH_LEVEL may take, as the DPC watchdog's budget; more than no time, or <see cref="Timeout.InfiniteTimeSpan"/>. Measured
    /// by the channel's <see cref="VmbusChannelOptions.TimeProvider"/>, not while a debugger is attached. Default 500 ms: far beyond what a busy machine takes
    /// from a thread, for it is wall-clock time.
    /// </summary>
    public TimeSpan CallbackBudget { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how long an owed packet is reported; more than no time, or <see cref="Timeout.InfiniteTimeSpan"/>. Default 30 s.</summary>
    public TimeSpan OwedPacketLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Who is told, beside <see cref="VmbusVerifier.Reported"/> and the event source: called at PASSIVE_LEVEL on the thread pool, one report after the other.
    /// </summary>
    public Action<VerifierReport>? Sink { get; init; }

    /// <summary>Whether both times are possible ones.</summary>
    internal bool IsValid => IsLimit(CallbackBudget) && IsLimit(OwedPacketLimit);

    private static bool IsLimit(TimeSpan value) => value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan;
}
