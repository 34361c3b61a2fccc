using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>Readers and writers of streams that are no devices.</summary>
internal static class MemoryStreams
{
    /// <summary>Whether what is constructed reads or writes a stream of memory, and so waits for nothing.</summary>
    public static bool IsOver(TypeSignature? constructed, AbstractValue[] arguments)
        => constructed?.Definition is { } type && IsAny(type, "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.BinaryReader", "System.IO.BinaryWriter")
            && arguments.Any(static a => a.IsOverMemory || (a.Type?.Definition is { } argument && IsAny(argument, "System.IO.MemoryStream", "System.IO.UnmanagedMemoryStream")));

    private static bool IsAny(TypeNode type, params ReadOnlySpan<string> names)
    {
        for (TypeNode? at = type; at is not null; at = at.Base?.Definition)
        {
            if (names.Contains(at.FullName))
            {
                return true;
            }
        }

        return false;
    }
}
