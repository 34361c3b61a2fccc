using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>What a function does with a packet that it captured: one that only looks at it takes nothing over.</summary>
internal static class CapturedUses
{
    public static bool MayEnd(Function function, ISymbol? captured)
    {
        ControlFlowGraph? graph = function.Lambda is { } lambda
            ? function.Owner?.GetAnonymousFunctionControlFlowGraph(lambda)
            : NestedFunctions.FindGraph(function.Owner, function.Method);
        return graph is null || captured is null || MayEnd(graph, captured);
    }

    private static bool MayEnd(ControlFlowGraph graph, ISymbol captured)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in BlockOperations.Of(block))
            {
                ISymbol? used = operation switch
                {
                    ILocalReferenceOperation local => local.Local,
                    IParameterReferenceOperation parameter => parameter.Parameter,
                    _ => null,
                };
                if (used is not null && SymbolEqualityComparer.Default.Equals(used, captured) && !IsLook(operation))
                {
                    return true;
                }
            }
        }

        return NestedFunctions.Of(graph).Any(n => MayEnd(n.Graph, captured));
    }

    /// <summary>Whether a property may be the packet that is a part of a structure, and not something that a packet tells of itself.</summary>
    private static bool MayBePart(IPropertySymbol property)
        => property is { ContainingType: { IsValueType: true, Name: not ("PendingPacket" or "PacketCompletion") }, Type: { IsValueType: true, SpecialType: SpecialType.None, TypeKind: TypeKind.Struct } };

    private static bool IsLook(IOperation packet) => packet.Parent switch
    {
        IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } } value => IsLook(value),
        IPropertyReferenceOperation property => ReferenceEquals(property.Instance, packet) && !ExtensionBlocks.Contain(property.Property) && !MayBePart(property.Property),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        IInvocationOperation { TargetMethod.Name: "GetExternalData" or "Equals" or "GetHashCode" or "ToString" } call => ReferenceEquals(call.Instance, packet),
        _ => false,
    };
}
