namespace Vmbus.Tests.Native;

/// <summary>A static class with entry points, and another table than that of <see cref="NativeDevice"/>.</summary>
[ChannelCallbacks(NativeEntryPoints = true, Unhandled = UnhandledPacket.CompleteEmpty)]
internal static partial class OtherDevice
{
    [ProcessPacket(1)]
    private static uint OnOne() => 1;
}
