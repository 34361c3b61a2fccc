using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>A structure of which all fields are known to be there, also where the program was compiled ahead of time.</summary>
/// <typeparam name="T">The structure.</typeparam>
internal static class KeptStructure<[DynamicallyAccessedMembers(PayloadLayout.Fields)] T>
    where T : unmanaged
{
    private static readonly bool IsNoted = PayloadLayout.Keep(typeof(T), static () => default(T));

    /// <summary>Notes it once.</summary>
    public static bool Note() => IsNoted;
}
