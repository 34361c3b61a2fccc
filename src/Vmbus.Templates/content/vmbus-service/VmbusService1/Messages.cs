using System.Runtime.InteropServices;

namespace VmbusService1;

/// <summary>Message types: a little-endian u32 at offset 0 of each packet.</summary>
public enum MessageType : uint
{
    Version = 1,
    Write = 2,
    Flush = 3,
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct VersionRequest(MessageType Type, uint Version);

[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct VersionResponse(uint Version, uint IsAccepted);

[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct WriteRequest(MessageType Type, uint Register, ulong Value);
