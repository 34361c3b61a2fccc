using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// The parameters of a method as its callers see them. A member of an extension block takes its receiver first, like the static method that it is compiled to; the compiler has
/// that parameter at the block, and numbers those of the member from 0.
/// </summary>
internal static class MethodParameters
{
    public static ImmutableArray<IParameterSymbol> Of(IMethodSymbol method)
        => ExtensionBlocks.ReceiverOf(method) is { } receiver ? method.Parameters.Insert(0, receiver) : method.Parameters;

    /// <summary>Which of the parameters of its method one is; the receiver of a block is the first of each member.</summary>
    public static int OrdinalOf(IParameterSymbol parameter)
        => parameter.ContainingSymbol is IMethodSymbol method && ExtensionBlocks.ReceiverOf(method) is not null ? parameter.Ordinal + 1 : parameter.Ordinal;

    /// <summary>Whether a parameter is one of a method.</summary>
    public static bool Contain(IMethodSymbol method, IParameterSymbol parameter)
        => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, method.OriginalDefinition)
            || SymbolEqualityComparer.Default.Equals(ExtensionBlocks.ReceiverOf(method.OriginalDefinition), parameter.OriginalDefinition);
}
