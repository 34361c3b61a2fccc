using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Effects;
using Vmbus.Gen.Analyzers.Summaries;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>Follows the level, and notes the calls that block where it may be DISPATCH_LEVEL.</summary>
internal sealed class IrqlDomain(IrqlModel model, SummaryCache<BlockingWay>.Request summaries) : FlowDomain<IrqlState>
{
    private static readonly object CompletedTest = new();

    private readonly Dictionary<Location, BlockingWay> _blocking = [];

    /// <summary>The calls at DISPATCH_LEVEL that block, with the way to what blocks.</summary>
    public IReadOnlyDictionary<Location, BlockingWay> Blocking => _blocking;

    private VmbusTypes Types => model.Types;

    public override bool Tracks(ITypeSymbol type)
        => VmbusTypes.Same(Types.IrqlScope, type)
            || (type.Name is "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" && IsOfTasks(type.ContainingNamespace));

    /// <summary>Changing the level back does not fail where it was raised, so that no handler is reached with the level raised.</summary>
    public override bool MayThrow(Machine<IrqlState> machine, IOperation operation)
        => operation is not IInvocationOperation { TargetMethod.ContainingType: { } type }
            || !(VmbusTypes.Same(Types.IrqlScope, type) || VmbusTypes.Same(Types.KernelIrql, type));

    public override IrqlState Join(IrqlState left, IrqlState right) => left.At(null);

    public override bool Holds(IrqlState state, Symbol symbol) => state.Speaks(symbol);

    public override IrqlState Rename(IrqlState state, Symbol from, Symbol to) => state.Rename(from, to);

    public override bool Enters(IMethodSymbol function) => model.Contracts.LevelsOf(function) is null;

    /// <summary>An async function that is run in place goes on elsewhere after its first await; its caller keeps its level.</summary>
    public override IrqlState Returned(IrqlState before, IrqlState after, IMethodSymbol function) => function.IsAsync ? before : after;

    public override Value? Member(Machine<IrqlState> machine, Value receiver, ISymbol member)
        => IsCompletedTest(member) ? machine.Session.Values.Derived(CompletedTest, null, receiver, null, isBoolean: true) : null;

    public override void Execute(Machine<IrqlState> machine, IOperation operation)
    {
        switch (operation)
        {
            case IPropertyReferenceOperation { Property: { } property }:
                ReadProperty(machine, property);
                break;
            case IAwaitOperation { Operation: var awaited } when !IsKnownComplete(awaited):
                // What follows runs on the thread pool.
                machine.State = machine.State.At(Constant.Of(IrqlContracts.Passive));
                return;
            case IInvocationOperation invocation when ChangeLevel(machine, invocation):
                return;
        }

        if (MayBeDispatch(machine))
        {
            foreach (CallTarget call in CallTargets.Of(operation))
            {
                Check(machine, call, operation);
            }

            CheckDelegate(machine, operation);
        }

        RunInPlace(machine, operation);
    }

    private static bool IsCompletedTest(ISymbol member)
        => member is IPropertySymbol { Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" } property
            && IsOfTasks(property.ContainingNamespace);

    private static bool IsOfTasks(INamespaceSymbol? space) => space?.ToDisplayString() is "System.Threading.Tasks" or "System.Runtime.CompilerServices";

    private static bool IsKnownComplete(IOperation awaited)
        => awaited is IPropertyReferenceOperation { Property: { Name: "CompletedTask", ContainingType.Name: "Task" or "ValueTask" } }
            or IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" } };

    private static bool MayBeDispatch(Machine<IrqlState> machine)
        => machine.State.Level is { } level && machine.RangeOf(level).Contains(IrqlContracts.Dispatch);

    private void ReadProperty(Machine<IrqlState> machine, IPropertySymbol property)
    {
        if (VmbusTypes.Same(Types.KernelIrql, property.ContainingType) && property.Name == "Current")
        {
            machine.Result = machine.State.Level;
        }
        else if (VmbusTypes.Same(Types.IrqlScope, property.ContainingType) && property.Name == "Previous" && machine.State.TryGetPrevious(machine.Operand(0), out Value? previous))
        {
            machine.Result = previous;
        }
        else if (IsCompletedTest(property) && machine.Operand(0) is { } task)
        {
            machine.Result = machine.Session.Values.Derived(CompletedTest, null, task, null, isBoolean: true);
        }
    }

    /// <summary>Raises, lowers and the ends of raised scopes; true if the call is one.</summary>
    private bool ChangeLevel(Machine<IrqlState> machine, IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (VmbusTypes.Same(Types.KernelIrql, method.ContainingType) && invocation.Arguments.Length == 1)
        {
            if (method.Name == "Raise")
            {
                Symbol scope = machine.Fresh(invocation, null, isBoolean: false);
                machine.State = machine.State.Raise(scope, machine.Operand(0));
                machine.Result = scope;
                return true;
            }

            if (method.Name == "Lower")
            {
                machine.State = machine.State.At(machine.Operand(0));
                return true;
            }
        }

        if (VmbusTypes.Same(Types.IrqlScope, method.ContainingType) && method.Name == "Dispose")
        {
            Value? scope = machine.Operand(0);
            machine.State = machine.State.Close(scope, machine.State.TryGetPrevious(scope, out Value? previous) ? previous : null);
            return true;
        }

        if (method.Name is "GetAwaiter" or "ConfigureAwait" && machine.OperandCount > 0
            && IsOfTasks(method.ContainingNamespace))
        {
            // The awaiter is complete when the task is.
            machine.Result = machine.Operand(0);
            return true;
        }

        return false;
    }

    private void Check(Machine<IrqlState> machine, CallTarget call, IOperation operation)
    {
        IMethodSymbol method = call.Method;
        if (model.Contracts.LevelsOf(method) is not null)
        {
            // It is judged by its own contract.
            return;
        }

        BlockingMember member = model.Calls.Of(call, operation);
        if (member.Category == BlockingCategory.Monitor)
        {
            return;
        }

        if (member.Category != BlockingCategory.None)
        {
            if (member.Condition == BlockingCondition.UnlessCompleted && machine.Operand(0) is Symbol task
                && machine.Truth(machine.Session.Values.Derived(CompletedTest, null, task, null, isBoolean: true)) == true)
            {
                return;
            }

            Note(operation, new BlockingWay([new BlockingStep(IrqlModel.NameOf(method), PlaceOf(operation))]));
            return;
        }

        CheckBody(method, operation);
    }

    private void CheckBody(IMethodSymbol method, IOperation operation)
    {
        if (model.HasBody(method) && summaries.Get(MethodBodies.Implementation(method)) is { Blocks: true } way)
        {
            Note(operation, way.Through(new BlockingStep(IrqlModel.NameOf(method), PlaceOf(operation))));
        }
    }

    /// <summary>A delegate that stands for a method whose body is known is that method.</summary>
    private void CheckDelegate(Machine<IrqlState> machine, IOperation operation)
    {
        if (operation is not IInvocationOperation invocation)
        {
            return;
        }

        bool isInvoked = invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke;
        bool runsInPlace = !isInvoked && InPlaceCalls.RunsInPlace(invocation.TargetMethod);
        for (int i = 0; i < machine.OperandCount && (isInvoked || runsInPlace); i++)
        {
            if (machine.Operand(i) is Function { Lambda: null, Method: { MethodKind: MethodKind.Ordinary } method } && model.Contracts.LevelsOf(method) is null)
            {
                CheckBody(method, operation);
            }

            if (isInvoked)
            {
                break;
            }
        }
    }

    /// <summary>Lambdas that the framework calls before the call returns run at its level.</summary>
    private static void RunInPlace(Machine<IrqlState> machine, IOperation operation)
    {
        if (operation is not IInvocationOperation invocation || !InPlaceCalls.RunsInPlace(invocation.TargetMethod))
        {
            return;
        }

        for (int i = 0; i < machine.OperandCount; i++)
        {
            if (machine.Operand(i) is Function { Method.MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } function)
            {
                machine.Fork();
                machine.Run(function, [], operation);
                return;
            }
        }
    }

    private static Location PlaceOf(IOperation operation) => operation.Syntax.GetLocation();

    private void Note(IOperation operation, BlockingWay way)
    {
        Location location = PlaceOf(operation);
        if (!_blocking.ContainsKey(location))
        {
            _blocking.Add(location, way);
        }
    }
}
