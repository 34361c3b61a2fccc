using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>The attributes that make a class a set of callbacks.</summary>
internal static class CallbackAttributes
{
    /// <summary>On the class; optional.</summary>
    public const string ChannelCallbacks = "ChannelCallbacksAttribute";

    public const string Remainder = "RemainderAttribute";

    /// <summary>On methods, in the order of <see cref="CallbackKind"/>.</summary>
    private static readonly ImmutableArray<string> OnMethods =
    [
        "ProcessPacketAttribute",
        "ProcessingCompleteAttribute",
        "ChannelOpenedAttribute",
        "ChannelClosedAttribute",
        "ChannelSuspendAttribute",
        "ChannelStartedAttribute",
        "ChannelPostStartedAttribute",
        "SavePacketAttribute",
        "RestorePacketAttribute",
        "PnpFailureAttribute",
        "PacketCompletionRoutineAttribute",
    ];

    /// <summary>The names of all of them.</summary>
    public static ImmutableArray<string> Names { get; } = OnMethods.Insert(0, ChannelCallbacks);

    /// <summary>As written in source: <c>[ProcessPacket]</c>.</summary>
    public static string NameInSource(CallbackKind kind)
    {
        string name = OnMethods[(int)kind];
        return "[" + name.Substring(0, name.Length - "Attribute".Length) + "]";
    }

    public static CallbackKind? KindOf(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { } type || !VmbusSymbols.IsIn(type.ContainingNamespace, VmbusSymbols.Namespace))
        {
            return null;
        }

        int index = OnMethods.IndexOf(type.Name);
        return index < 0 ? null : (CallbackKind)index;
    }

    /// <summary>Whether the method has an attribute of a callback.</summary>
    public static bool IsAnnotated(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (KindOf(attribute) is not null)
            {
                return true;
            }
        }

        return false;
    }

    public static AttributeData? OnClass(INamedTypeSymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.IsVmbus(ChannelCallbacks) == true)
            {
                return attribute;
            }
        }

        return null;
    }
}
