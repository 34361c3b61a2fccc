using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.Shape;

/// <summary>Which classes can have entry points that C calls.</summary>
internal static class NativeEntryPointRules
{
    /// <summary>The property that hands the entry points out.</summary>
    public const string TableProperty = "NativeCallbacks";

    /// <summary>Why a class that asks for entry points gets none; null if it gets them.</summary>
    public static string? WhyNotEmitted(INamedTypeSymbol type)
        => TypeKinds.IsInGenericType(type) ? "a native entry point has no type arguments, so NativeEntryPoints does not go with a generic class"
            : !AllowsUnsafe(type) ? "native entry points take pointers, so NativeEntryPoints needs <AllowUnsafeBlocks>true</AllowUnsafeBlocks> in the project"
            : GeneratedMembers.FindOther(type, TableProperty) is not null ? $"its member '{TableProperty}' has the name of the property that hands out the native entry points; rename it"
            : null;

    private static bool AllowsUnsafe(INamedTypeSymbol type)
        => type.ContainingAssembly is ISourceAssemblySymbol { Compilation.Options: CSharpCompilationOptions { AllowUnsafe: true } };
}
