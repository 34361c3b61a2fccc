namespace Vmbus.Tests.Model;

/// <content>Memory that a client shares for long.</content>
internal sealed partial class ObservedEndpoint
{
    private const int GpadlLength = 100;

    /// <summary>Shares memory of the guest.</summary>
    /// <exception cref="VmbusException">It cannot.</exception>
    public Gpadl CreateGpadl() => Channel.CreateGpadl(_guestMemory.Slice(DataRoom, GpadlLength));
}
