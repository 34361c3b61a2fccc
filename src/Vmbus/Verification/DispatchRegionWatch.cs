namespace Vmbus.Verification;

/// <summary>Lets threads be watched in regions at DISPATCH_LEVEL that code opens by itself.</summary>
internal sealed class DispatchRegionWatch : IDispatchRegionWatch
{
    private DispatchRegionWatch()
    {
    }

    public static DispatchRegionWatch Instance { get; } = new();

    public void Entered()
    {
        if (VmbusVerifier.Enabled != false)
        {
            VerifiedThread.Current.EnterRegion();
        }
    }

    public void Left() => VerifiedThread.CurrentIfAny?.LeaveRegion();
}
