using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>What every packet holds.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct Message(uint Type, uint Value)
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = 8;
}
