using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Tells what the generator has added from what is written by hand: analyzers see both.</summary>
internal static class GeneratedMembers
{
    /// <summary>The tool that <c>[GeneratedCode]</c> names.</summary>
    public const string Tool = "Vmbus.Gen";

    /// <summary>The property that a static class of handlers gets.</summary>
    public const string CallbacksProperty = "Callbacks";

    /// <summary>Whether the generator has made the member.</summary>
    public static bool IsGenerated(ISymbol member)
    {
        foreach (AttributeData attribute in member.GetAttributes())
        {
            if (attribute is { AttributeClass.Name: "GeneratedCodeAttribute", ConstructorArguments: [{ Value: Tool }, ..] })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first member of this name that the generator has not made.</summary>
    public static ISymbol? FindOther(INamedTypeSymbol type, string name)
    {
        foreach (ISymbol member in type.GetMembers(name))
        {
            if (!IsGenerated(member))
            {
                return member;
            }
        }

        return null;
    }
}
