using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>
/// One piece of a packet's external data as it passes between C and C#, and the next one: <c>VMB_MDL</c>. What an MDL chain is to a driver. The memory belongs
/// to whoever made the chain and stays until the packet is completed.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct NativeMdl
{
    /// <summary>The next piece; null at the end.</summary>
    public NativeMdl* Next { get; set; }

    /// <summary>Where the piece lies.</summary>
    public void* Address { get; set; }

    /// <summary>Its length in bytes, not 0.</summary>
    public uint ByteCount { get; set; }
}
