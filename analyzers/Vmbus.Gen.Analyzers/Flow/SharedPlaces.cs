using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// What the functions written inside another one use of its places: such a place is always live, and what escaping functions write is
/// volatile.
/// </summary>
internal sealed class SharedPlaces(PlaceResolver places)
{
    private readonly HashSet<IMethodSymbol> _visited = new(SymbolEqualityComparer.Default);

    public HashSet<int> Used { get; } = [];

    public HashSet<int> WrittenByEscaping { get; } = [];

    public void Find(ControlFlowGraph graph)
    {
        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            if (_visited.Add(local))
            {
                NoteUsesOf(graph.GetLocalFunctionControlFlowGraph(local), escapes: false);
            }
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in BlockOperations.Of(block))
            {
                switch (operation)
                {
                    case IFlowAnonymousFunctionOperation lambda when _visited.Add(lambda.Symbol):
                        NoteUsesOf(graph.GetAnonymousFunctionControlFlowGraph(lambda), escapes: true);
                        break;
                    case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local }
                        when NestedFunctions.FindGraph(graph, local) is { } nested:
                        NoteUsesOf(nested, escapes: true);
                        break;
                }
            }
        }
    }

    private void NoteUsesOf(ControlFlowGraph nested, bool escapes)
    {
        foreach (BasicBlock block in nested.Blocks)
        {
            foreach (IOperation operation in BlockOperations.Of(block))
            {
                if (operation is ILocalReferenceOperation or IParameterReferenceOperation && places.PlaceOf(operation) is { } used)
                {
                    Used.Add(used.Id);
                }

                IOperation? target = operation switch
                {
                    IAssignmentOperation assignment => assignment.Target,
                    IIncrementOrDecrementOperation increment => increment.Target,
                    IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                    _ => null,
                };
                if (escapes && target is ILocalReferenceOperation or IParameterReferenceOperation && places.PlaceOf(target) is { } place)
                {
                    WrittenByEscaping.Add(place.Id);
                }
            }
        }

        Find(nested);
    }
}
