using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>What the guest shall do with a host's time.</summary>
[Flags]
internal enum TimeSyncFlags : byte
{
    /// <summary>Nothing.</summary>
    Probe = 0,

    /// <summary>Set the clock.</summary>
    Sync = 1,

    /// <summary>Steer the clock by it.</summary>
    Sample = 2,
}

/// <summary>
/// A time synchronisation message with a body of any version. Bodies of 22, 24, 25 and 28 bytes are in use; in a packet, with its padding, each fills this
/// structure. The exact length is that of the pipe header.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct TimeSyncMessage
{
    /// <summary>The pipe header.</summary>
    public PipeHeader Pipe;

    /// <summary>The integration component header, whose message version tells which body follows.</summary>
    public IcHeader Ic;

    /// <summary>A <see cref="TimeSyncReference"/> or a <see cref="TimeSyncClassic"/>, and padding.</summary>
    public TimeSyncBody Body;
}

/// <summary>The longest body and its padding.</summary>
[InlineArray(28)]
internal struct TimeSyncBody
{
    private byte _first;
}

/// <summary>The body from version 4.0 on.</summary>
/// <param name="HostTime">In units of 100 ns since 1601, UTC.</param>
/// <param name="ReferenceTime">The virtual machine's reference time at that moment, in units of 100 ns.</param>
/// <param name="Flags">What to do with it.</param>
/// <param name="Leap">The leap indicator of NTP.</param>
/// <param name="Stratum">The stratum of NTP.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct TimeSyncReference(ulong HostTime, ulong ReferenceTime, TimeSyncFlags Flags, byte Leap, byte Stratum)
{
    /// <summary>The length of the body that this host sends, in bytes: reserved bytes follow.</summary>
    public const int BodyLength = 24;

    /// <summary>The first version with this body.</summary>
    public const int FirstMajorVersion = 4;
}

/// <summary>The body before version 4.0.</summary>
/// <param name="HostTime">In units of 100 ns since 1601, UTC.</param>
/// <param name="ChildTime">Not used.</param>
/// <param name="RoundTripTime">In units of 100 ns.</param>
/// <param name="Flags">What to do with it.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct TimeSyncClassic(ulong HostTime, ulong ChildTime, ulong RoundTripTime, TimeSyncFlags Flags)
{
    /// <summary>The length of the body that this host sends, in bytes: reserved bytes follow.</summary>
    public const int BodyLength = 28;
}
