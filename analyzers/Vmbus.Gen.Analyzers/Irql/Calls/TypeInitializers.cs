using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>The static constructor, or the static initializers, that the first use of a type runs.</summary>
internal sealed class TypeInitializers(FunctionGraphs graphs)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, IMethodSymbol?> _initializers = new(SymbolEqualityComparer.Default);

    /// <summary>What an operation in <paramref name="method"/> may run because it uses a type first; null if nothing.</summary>
    public IMethodSymbol? TriggeredBy(IOperation operation, IMethodSymbol method)
    {
        INamedTypeSymbol? type = operation.Kind switch
        {
            OperationKind.FieldReference => ((IFieldReferenceOperation)operation).Field is { IsStatic: true, IsConst: false } field ? field.ContainingType : null,
            OperationKind.PropertyReference => ((IPropertyReferenceOperation)operation).Property is var property && (property.IsStatic || ExtensionBlocks.Contain(property)) ? ExtensionBlocks.HostOf(property.ContainingType) : null,
            OperationKind.Invocation => ((IInvocationOperation)operation).TargetMethod is { MethodKind: MethodKind.Ordinary } called && (called.IsStatic || ExtensionBlocks.ReceiverOf(called) is not null)
                ? ExtensionBlocks.HostOf(called.ContainingType)
                : null,
            OperationKind.ObjectCreation => ((IObjectCreationOperation)operation).Constructor?.ContainingType,
            _ => null,
        };
        return type is { TypeKind: TypeKind.Class or TypeKind.Struct, DeclaringSyntaxReferences.Length: > 0 } && !RanBefore(type, method)
            ? _initializers.GetOrAdd(type.OriginalDefinition, Find)
            : null;
    }

    /// <summary>A method runs after the initializer of its own type, and of those that the type derives from or lies in.</summary>
    private static bool RanBefore(INamedTypeSymbol type, IMethodSymbol method)
    {
        for (INamedTypeSymbol? t = method.ContainingType is { } own ? ExtensionBlocks.HostOf(own) : null; t is not null; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, type.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private IMethodSymbol? Find(INamedTypeSymbol type)
        => type.StaticConstructors.FirstOrDefault() is { } initializer && graphs.HasCode(initializer) ? initializer : null;
}
