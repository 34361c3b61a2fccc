using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>What the packets of the first, the fifth, ... handler hold. As in a protocol, handlers have different structures, and each must see that its own is there.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct Message0(uint Type, uint Value);

/// <summary>What the packets of the second, the sixth, ... handler hold.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct Message1(uint Type, uint Value, uint Length);

/// <summary>What the packets of the third, the seventh, ... handler hold.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct Message2(uint Type, uint Value, ulong Offset);

/// <summary>What the packets of the fourth, the eighth, ... handler hold.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct Message3(uint Type, uint Value, ulong Offset, ulong Length);
