using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>Readers and writers of streams that are no devices.</summary>
internal static class MemoryStreams
{
    /// <summary>Whether what is constructed reads or writes a stream of memory, and so waits for nothing.</summary>
    public static bool IsOver(TypeSignature? constructed, AbstractValue[] arguments)
        => constructed?.Definition is { } type && type.IsOrDerivesFrom("System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.BinaryReader", "System.IO.BinaryWriter")
            && arguments.Any(static a => a.IsOverMemory || (a.Type?.Definition is { } argument && argument.IsOrDerivesFrom("System.IO.MemoryStream", "System.IO.UnmanagedMemoryStream")));
}
