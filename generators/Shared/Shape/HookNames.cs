using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>
/// The protected members by which a derived class reaches the handlers of its base class, which may be private. Part of what a library's derived classes
/// are compiled against: never renamed.
/// </summary>
internal static class HookNames
{
    /// <summary>Hands the current packet of a batch to the handler of its message type.</summary>
    public const string DispatchByType = "VmbusDispatchByType";

    /// <summary>Hands the current packet of a batch to the default handler.</summary>
    public const string DispatchToDefault = "VmbusDispatchToDefault";

    /// <summary>Names the handler of a message type.</summary>
    public const string DescribeByType = "VmbusDescribeByType";

    /// <summary>Names the default handler.</summary>
    public const string DescribeDefault = "VmbusDescribeDefault";

    public static ImmutableArray<string> All { get; } = [DispatchByType, DispatchToDefault, DescribeByType, DescribeDefault];

    /// <summary>Whether generated code has given the type hooks: a type of another assembly, of which only members that can be inherited are seen.</summary>
    public static bool AreIn(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers(DispatchByType))
        {
            if (GeneratedMembers.IsGenerated(member))
            {
                return true;
            }
        }

        return false;
    }
}
