namespace Vmbus.Samples.IntegrationServices;

/// <summary>What is made to go wrong.</summary>
internal enum InjectedFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The host offers only heartbeat versions that the guest does not know.</summary>
    WrongVersion,

    /// <summary>The host sends a heartbeat that ends before its number.</summary>
    ShortPacket,

    /// <summary>The guest's heartbeat handler forgets to complete a packet.</summary>
    LostCompletion,
}

/// <summary>What a run does.</summary>
/// <param name="Requests">How many requests each service exchanges in the measured part.</param>
/// <param name="Fault">What is made to go wrong.</param>
internal sealed record SampleOptions(int Requests, InjectedFault Fault)
{
    /// <summary>The default of <see cref="Requests"/>.</summary>
    public const int DefaultRequests = 4000;

    /// <summary>The limit of <see cref="Requests"/>: some minutes.</summary>
    public const int MostRequests = 10_000_000;

    /// <summary>How many requests each service exchanges before the measured part, so that all code is compiled and all lists have their size.</summary>
    public const int WarmUpRequests = 1000;

    /// <summary>In how many rounds the measured part is done.</summary>
    public const int Rounds = 8;

    /// <summary>The transaction id of the heartbeat that <see cref="InjectedFault.LostCompletion"/> loses.</summary>
    public const ulong ForgottenHeartbeat = 17;
}
