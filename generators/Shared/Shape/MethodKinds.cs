using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Which methods generated code can call by name.</summary>
internal static class MethodKinds
{
    /// <summary>Whether the method can be called; says why not, if not.</summary>
    public static bool CheckIsCallable(IMethodSymbol method, ImmutableArray<ShapeProblem>.Builder problems)
    {
        if (WhyNotCallable(method) is not { } reason)
        {
            return true;
        }

        problems.Add(ShapeProblem.At(ShapeRule.UnsupportedHandlerKind, method, method.Name, reason));
        return false;
    }

    /// <summary>Why generated code cannot call the method, or null.</summary>
    public static string? WhyNotCallable(IMethodSymbol method)
        => method.MethodKind == MethodKind.LocalFunction ? "a local function is not seen outside its method; make it a method of the class"
            : method.MethodKind is MethodKind.AnonymousFunction ? "a lambda has no name to be called by; make it a method of the class"
            : method.MethodKind != MethodKind.Ordinary ? "only an ordinary method can be called by generated code"
            : method.IsGenericMethod ? "it is generic, and nothing in a packet says with which types to call it"
            : method.IsAbstract ? "it is abstract; annotate a method with a body, or make it virtual"
            : method is { IsPartialDefinition: true, PartialImplementationPart: null } ? "it has no implementing part, so the compiler drops every call of it"
            : method.IsVararg ? "it takes a variable argument list"
            : Has(method, static a => a.Is("ConditionalAttribute", "System.Diagnostics")) ? "it is conditional, so the compiler may drop the call and the packet would never be completed"
            : Has(method, static a => a.Is("UnmanagedCallersOnlyAttribute", "System.Runtime.InteropServices")) ? "only native code may call it; [ChannelCallbacks(NativeEntryPoints = true)] makes entry points for native code of ordinary handlers"
            : Has(method, static a => a.Is("ObsoleteAttribute", "System") && a.ConstructorArguments is [_, { Value: true }]) ? "it is obsolete as an error, so no code may call it"
            : null;

    private static bool Has(IMethodSymbol method, Func<AttributeData, bool> predicate) => method.GetAttributes().Any(predicate);
}
