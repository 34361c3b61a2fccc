using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Runs lambdas and local functions inside the path on which they are called.</summary>
internal sealed class FunctionRunner<TState>(FlowInterpreter<TState> interpreter, Evaluator<TState> evaluator)
    where TState : class, IEquatable<TState>
{
    /// <summary>Functions that are called in place are run inside their caller down to this depth.</summary>
    private const int MaximumNesting = 4;

    /// <summary>How often a function that calls itself is run inside itself.</summary>
    private const int MaximumRecursion = 3;

    private FlowSession Session => interpreter.Session;

    private FlowDomain<TState> Domain => interpreter.Domain;

    /// <summary>The lambda or local function that an operation calls where it stands; null if it is no such call.</summary>
    public Function? CalledInPlace(Machine<TState> machine, IOperation operation)
    {
        if (operation.Kind != OperationKind.Invocation)
        {
            return null;
        }

        IMethodSymbol target = ((IInvocationOperation)operation).TargetMethod;
        return target.MethodKind switch
        {
            MethodKind.LocalFunction => new Function(target, null, interpreter.Program.Graph, null),
            MethodKind.DelegateInvoke when machine.OperandCount > 0 => machine.Operand(0) as Function,
            _ => null,
        };
    }

    /// <summary>Runs what an invocation calls; false if its body is not known, or too many run inside each other.</summary>
    public bool RunInPlace(Machine<TState> machine, Function function, IInvocationOperation invocation)
    {
        int firstArgument = invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke ? 1 : 0;
        var arguments = new Value?[invocation.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (invocation.Arguments[i].Parameter is { } parameter && parameter.Ordinal < arguments.Length)
            {
                arguments[parameter.Ordinal] = machine.Operand(firstArgument + i);
            }
        }

        return Run(machine, function, arguments, invocation);
    }

    /// <summary>Runs a function whose body is known, inside the current path.</summary>
    public bool Run(Machine<TState> machine, Function function, Value?[] arguments, IOperation call)
    {
        IMethodSymbol method = function.Method.OriginalDefinition;
        int depth = Session.Running.Count(m => SymbolEqualityComparer.Default.Equals(m, method));
        if (depth == MaximumRecursion)
        {
            // What a deeper call would do, the shallower ones have shown.
            machine.Stop();
            return true;
        }

        if ((depth == 0 && Session.Running.Count >= MaximumNesting) || !Domain.Enters(method) || FindGraph(function) is not { } graph)
        {
            return false;
        }

        ControlFlowGraph? outer = Session.Places.Inlined;
        Session.Places.Inlined = function.Body ?? outer;
        FlowProgram program = Session.ProgramOf(graph, method);
        program.Enter();
        ImmutableArray<IParameterSymbol> parameters = MethodParameters.Of(method);
        if (NestedFunctions.CallsItself(graph, method))
        {
            // The run stands for those deeper inside it, too, and these get other arguments; what the domain follows is handed down.
            arguments = [.. arguments.Select((a, i) => i < parameters.Length && Domain.Tracks(parameters[i].Type) ? a : null)];
        }

        SmallMap<Value> caller = machine.Environment;
        for (int i = 0; i < parameters.Length && i < arguments.Length; i++)
        {
            Place place = Session.Places.Parameter(parameters[i]);
            machine.Write(place, parameters[i].RefKind == RefKind.Out || arguments[i] is not { } given ? machine.Fresh(call, place, place.IsBoolean) : given);
        }

        TState before = machine.State;
        Session.Running.Push(method);
        var nested = new FlowInterpreter<TState>(program, Domain, Session, interpreter);
        IReadOnlyList<FlowExit<TState>> exits = nested.Run([machine.Snapshot()]);
        Session.Running.Pop();
        Session.Places.Inlined = outer;
        foreach (FlowExit<TState> exit in exits)
        {
            // An exception of an async function goes into the task; one of a method that is run inside its caller is what a call may always do.
            bool returns = exit.Kind == FlowExitKind.Return || method.IsAsync;
            TState? left = exit.Kind == FlowExitKind.Return ? Domain.Returned(before, exit.Disjunct.State, method)
                : method.IsAsync ? Domain.Swallowed(before, exit.Disjunct.State, method, exit.Kind)
                : function.Body is null ? Domain.Failed(before, exit.Disjunct.State, method)
                : null;
            if (left is null)
            {
                continue;
            }

            Machine<TState> after = machine.Fork();
            after.State = left;
            after.Environment = exit.Disjunct.Environment.Without(program.Return.Id);
            after.Facts = exit.Disjunct.Facts;
            after.Path = exit.Disjunct.Path;
            if (!returns)
            {
                after.Stop();
                interpreter.Raise(after, exit.Exception!);
                continue;
            }

            if (call is IInvocationOperation invocation)
            {
                foreach (IArgumentOperation argument in invocation.Arguments)
                {
                    if (argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out } parameter && parameter.Ordinal < parameters.Length
                        && after.Environment.Find(Session.Places.Parameter(parameters[parameter.Ordinal]).Id) is { } written)
                    {
                        evaluator.Assign(after, argument.Value, written, call);
                        Domain.PutOut(after, parameter.RefKind == RefKind.Out ? arguments[parameter.Ordinal] : null, written, argument);
                    }
                }
            }

            foreach (IParameterSymbol parameter in parameters)
            {
                // The receiver of an extension block is that of all its members.
                Place place = Session.Places.Parameter(parameter);
                after.Environment = parameter.ContainingSymbol is INamedTypeSymbol && caller.Find(place.Id) is { } own
                    ? after.Environment.With(place.Id, own)
                    : after.Environment.Without(place.Id);
            }

            if (depth > 0)
            {
                RestoreVariables(after, caller, method);
            }

            after.Result = method.IsAsync ? null : exit.Value;
        }

        machine.Stop();
        return true;
    }

    /// <summary>After a function was run inside itself, its variables are those of the outer call again.</summary>
    private void RestoreVariables(Machine<TState> machine, SmallMap<Value> outer, IMethodSymbol method)
    {
        for (int i = machine.Environment.Count - 1; i >= 0; i--)
        {
            int place = machine.Environment.KeyAt(i);
            if (SymbolEqualityComparer.Default.Equals(Session.Places[place].Symbol?.ContainingSymbol, method))
            {
                machine.Environment = machine.Environment.Without(place);
            }
        }

        for (int i = 0; i < outer.Count; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(Session.Places[outer.KeyAt(i)].Symbol?.ContainingSymbol, method))
            {
                machine.Environment = machine.Environment.With(outer.KeyAt(i), outer.ValueAt(i));
            }
        }
    }

    private ControlFlowGraph? FindGraph(Function function)
    {
        if (function.Body is { } body)
        {
            return body;
        }

        if (function.Lambda is { } lambda)
        {
            return function.Owner?.GetAnonymousFunctionControlFlowGraph(lambda);
        }

        return function.Method.MethodKind == MethodKind.LocalFunction && !IsIterator(function.Method)
            ? NestedFunctions.FindGraph(function.Owner, function.Method)
            : null;
    }

    private static bool IsIterator(IMethodSymbol method)
        => method.ReturnType.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IEnumerator_T
            or SpecialType.System_Collections_IEnumerable
            or SpecialType.System_Collections_IEnumerator;
}
