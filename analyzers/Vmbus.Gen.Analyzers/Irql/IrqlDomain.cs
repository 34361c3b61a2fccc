using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Allocations;
using Vmbus.Gen.Analyzers.Irql.Calls;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>Follows the level along the paths of a function, and has each call judged at the level at which it is reached.</summary>
internal sealed class IrqlDomain : FlowDomain<IrqlState>
{
    private readonly IrqlModel _model;
    private readonly IrqlPass _pass;
    private readonly SelfWaits _waits;
    private readonly CallJudge _judge;
    private readonly ThrowingCalls _throwing;

    public IrqlDomain(IrqlPass pass)
    {
        _pass = pass;
        _model = pass.Model;
        _waits = new SelfWaits(pass);
        Changes = new LevelChanges(pass);
        _judge = new CallJudge(pass, Changes, _waits);
        CollectsImplicitThrows = pass.Model.SpeaksOfLevels(pass.Function.Method);
        _throwing = new ThrowingCalls(pass.Model, pass.Function, pass.SummaryOf);
    }

    public LevelChanges Changes { get; }

    /// <summary>Where code speaks of levels, an exception may leave it raised, or come at some levels only.</summary>
    public override bool CollectsImplicitThrows { get; }

    private VmbusTypes Types => _model.Types;

    public static bool Tracks(VmbusTypes types, ITypeSymbol type)
        => VmbusTypes.Same(types.IrqlScope, type) || VmbusTypes.Same(types.Irql, type) || VmbusTypes.Same(types.VmbusChannel, type)
            || (type.Name is "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" && TaskCompletion.IsOfTasks(type));

    public override bool Tracks(ITypeSymbol type) => Tracks(Types, type);

    /// <summary>
    /// Changing the level back does not fail where it was raised, so that no handler is reached with the level raised; and what is called fails only where its body may.
    /// </summary>
    public override bool MayThrow(Machine<IrqlState> machine, IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { } method } when IsOfLevels(method.ContainingType) || (machine.State.Raises.Count > 0 && ChangesBack(method)) => false,
        IPropertyReferenceOperation { Property: { } property } when IsOfLevels(property.ContainingType) => false,
        _ => _throwing.LevelsOf(operation) is var throws && (_pass.LevelsAt(machine) is (var levels, _) ? levels.Except(throws).IsEmpty : !throws.IsEmpty),
    };

    /// <summary>Hands the levels at which an operation throws to the handlers around, where it does not at all at which it is reached, or throws though not by its kind.</summary>
    private void RaiseAtSomeLevels(Machine<IrqlState> machine, IOperation operation)
    {
        bool isImplied = ThrowingCalls.IsImpliedCall(operation);
        if (!(machine.Program.HasHandlers || CollectsImplicitThrows || _pass.Session.Running.Count > 0) || !(isImplied || ThrowingOperations.MayThrow(operation)))
        {
            return;
        }

        LevelSet throws = _throwing.LevelsOf(operation);
        if (!throws.IsEmpty && (isImplied || throws != LevelSet.All) && (isImplied || !MayThrow(machine, operation)))
        {
            Machine<IrqlState> failed = machine.Fork();
            CallReturns.Keep(failed, throws);
            if (!failed.IsStopped)
            {
                failed.RaiseImplicitly();
                failed.Stop();
            }
        }
    }

    private bool IsOfLevels(INamedTypeSymbol type) => VmbusTypes.Same(Types.IrqlScope, type) || VmbusTypes.Same(Types.KernelIrql, type);

    /// <summary>A method that does nothing but lower again, as far as its caller can tell.</summary>
    private bool ChangesBack(IMethodSymbol method)
        => method.DeclaringSyntaxReferences.Length > 0 && method.MethodKind == MethodKind.Ordinary && !method.IsAbstract && Enters(method)
            && _pass.SummaryOf(method.OriginalDefinition).Exit.Kind is ExitLevelKind.Parameter or ExitLevelKind.Scope;

    public override IrqlState Join(IrqlState left, IrqlState right) => left.Join(right);

    public override bool Holds(IrqlState state, Symbol symbol) => state.Speaks(symbol) || ReferenceEquals(symbol, _pass.Entry);

    public override IrqlState Rename(IrqlState state, Symbol from, Symbol to, bool isHeld, bool isShared) => state.Rename(from, to);

    public override bool Enters(IMethodSymbol function) => _model.IsJudgedByBody(function);

    /// <summary>Whoever called an async function that is run in place goes on at the level of its first await.</summary>
    public override IrqlState Returned(IrqlState before, IrqlState after, IMethodSymbol function)
    {
        if (_pass.Afterwards() is { } afterwards)
        {
            // Who invokes a delegate goes on at its own level, so that nothing else will tell of what the delegate leaves.
            Changes.NoteOpen(before, after);
            return afterwards;
        }

        return LeftBy(after) is { } left ? left : _pass.ReturnsFromInside() ? after.Close(r => !before.Raises.Contains(r), after.Level) : after;
    }

    /// <summary>Whoever called an async function goes on at the level that an exception has left, too.</summary>
    public override IrqlState? Swallowed(IrqlState before, IrqlState after, IMethodSymbol function, FlowExitKind kind)
        => _pass.Afterwards() ?? LeftBy(after) ?? after;

    /// <summary>The state in which the caller of the function that is left just now goes on, if that has awaited.</summary>
    private IrqlState? LeftBy(IrqlState after) => after.Left(_pass.Session.Running.Count + 1);

    /// <summary>An exception leaves the level as it is; one on another thread, or through who called the function, does not come here.</summary>
    public override IrqlState Failed(IrqlState before, IrqlState after, IMethodSymbol function) => (_pass.RunsElsewhere ? _pass.Afterwards() : null) ?? after;

    public override Value? Member(Machine<IrqlState> machine, Value receiver, ISymbol member)
        => TaskCompletion.Read(machine, receiver, member);

    public override void Execute(Machine<IrqlState> machine, IOperation operation)
    {
        if (InertOperations.Contain(operation))
        {
            return;
        }

        switch (operation.Kind)
        {
            case OperationKind.FlowAnonymousFunction:
                _pass.Lambdas.Add(((IFlowAnonymousFunctionOperation)operation).Symbol);
                break;
            case OperationKind.PropertyReference:
                machine.Result = ReadProperty(machine, (IPropertyReferenceOperation)operation);
                break;
            case OperationKind.Await:
                JudgeCalls(machine, operation);
                Await(machine, (IAwaitOperation)operation);
                return;
            case OperationKind.Invocation when Changes.Apply(machine, (IInvocationOperation)operation):
                return;
            case OperationKind.Invocation when operation is IInvocationOperation { TargetMethod: { Name: "GetAwaiter" or "ConfigureAwait" or "AsTask" or "Preserve" } method } && machine.OperandCount > 0 && TaskCompletion.IsOfTasks(method):
                // The awaiter is complete when the task is.
                machine.Result = machine.Operand(0);
                return;
        }

        JudgeCalls(machine, operation);
    }

    /// <summary>What the function returns is handed to whoever called it.</summary>
    public void Return(Value? value) => _waits.Return(value);

    private Value? ReadProperty(Machine<IrqlState> machine, IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        if (machine.IsFilteringCall && LevelChanges.IsCurrent(Types, property))
        {
            return LevelChanges.SeenByFilter(machine, reference);
        }

        if (property.Name == "Channel" && machine.OperandCount > 0 && machine.Operand(0) is { } packet && VmbusTypes.Same(Types.VmbusChannel, property.Type))
        {
            return _pass.ChannelOfPacket(packet);
        }

        return (machine.OperandCount > 0 && machine.Operand(0) is { } task ? TaskCompletion.Read(machine, task, property) : null) ?? Changes.Read(machine, property);
    }

    private void Await(Machine<IrqlState> machine, IAwaitOperation awaiting)
    {
        _waits.Finish(machine, machine.Operand(0));
        bool isComplete = IsKnownComplete(awaiting.Operation)
            || (machine.Operand(0) is { } task && TaskCompletion.IsKnown(machine, task));
        if (!isComplete)
        {
            // What follows runs on the thread pool.
            machine.State = machine.State.Elsewhere(Constant.Of(IrqlContracts.Passive), _pass.Session.Running.Count);
        }
    }

    private static bool IsKnownComplete(IOperation awaited)
    {
        while (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } inner })
        {
            awaited = inner;
        }

        return awaited is IPropertyReferenceOperation { Property: { Name: "CompletedTask", ContainingType.Name: "Task" or "ValueTask" } }
            or IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" } }
            or IDefaultValueOperation;
    }

    private void JudgeCalls(Machine<IrqlState> machine, IOperation operation)
    {
        RaiseAtSomeLevels(machine, operation);
        if (machine.State.Level is null && !_pass.Function.IsCallback)
        {
            return;
        }

        foreach (CallTarget call in _model.Targets.Of(operation))
        {
            _judge.Judge(machine, call, operation);
        }

        if (_model.TypeInitializers.TriggeredBy(operation, _pass.Function.Method) is { } initializer)
        {
            _judge.JudgeInitializer(machine, initializer, operation);
        }

        if (_model.CollectsAllocations && _model.Allocations.ReasonOf(operation) is { } reason)
        {
            Location location = operation.Syntax.GetLocation();
            _pass.Note(machine, location, new IrqlFinding(IrqlRule.Allocates, LevelSet.Dispatch, reason, new CallWay(new CallStep(AllocationSites.NameOf(operation), location))));
        }

        if (operation is IInvalidOperation { Syntax: ExpressionSyntax { Parent: LockStatementSyntax } gate })
        {
            // The compiler's graph has nothing else for the lock statement on a System.Threading.Lock.
            Location location = gate.GetLocation();
            _pass.Note(machine, location, new IrqlFinding(IrqlRule.EntersMonitor, LevelSet.Dispatch, "", new CallWay(new CallStep("Lock.EnterScope", location))));
        }

        JudgeDelegates(machine, operation);
        foreach (IMethodSymbol function in _model.Enumerations.FunctionsRunBy(operation))
        {
            Value? value = NestedFunctions.FindLambda(machine.Program.Graph, function);
            if (value is not null)
            {
                _judge.Invoke(machine, value, null, operation, null);
            }
            else
            {
                _judge.JudgeFunction(machine, function, operation);
            }
        }
    }

    /// <summary>The delegates that an operation invokes, or has the framework call before it returns; and the factory of a Lazy.</summary>
    private void JudgeDelegates(Machine<IrqlState> machine, IOperation operation)
    {
        switch (DelegateCalls.KindOf(operation))
        {
            case DelegateCallKind.LocalFunction when ((IInvocationOperation)operation).TargetMethod is { } local:
                // It was not run in place: it has a contract, or runs already.
                if (!_pass.Session.Running.Contains(local.OriginalDefinition, SymbolEqualityComparer.Default))
                {
                    _judge.JudgeFunction(machine, local, operation);
                }

                break;
            case DelegateCallKind.Delegate when operation is IInvocationOperation invocation:
                if (machine.Operand(0) is Function { Method: { } known } && !Enters(known))
                {
                    _judge.JudgeByContract(machine, known, operation);
                }
                else if (!_judge.JudgeByContract(machine, invocation.TargetMethod, operation))
                {
                    _judge.Invoke(machine, machine.Operand(0), invocation.Instance, operation, null);
                }

                break;
            case DelegateCallKind.InPlace:
                InvokeArguments(machine, operation, null);
                break;
            case DelegateCallKind.Passive:
                InvokeArguments(machine, operation, IrqlContracts.Passive);
                break;
            case DelegateCallKind.LazyValue:
                foreach (IMethodSymbol factory in _model.LazyFactories((IPropertyReferenceOperation)operation, machine.Program))
                {
                    _judge.JudgeFunction(machine, factory, operation);
                }

                break;
        }
    }

    /// <summary>Invokes each delegate that a call is given, at the level of the call or at another.</summary>
    private void InvokeArguments(Machine<IrqlState> machine, IOperation call, long? level)
    {
        CallArguments arguments = call is IInvocationOperation invocation ? CallArguments.Of(invocation) : CallArguments.Of((IObjectCreationOperation)call);
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments.Parameter(i) is { Type.TypeKind: TypeKind.Delegate } parameter)
            {
                DelegateCall? through = level is null ? null : new DelegateCall(arguments.Ordinal(i), LevelSet.All, level, IsElsewhere: true, new CallStep(parameter.Name, call.Syntax.GetLocation()));
                _judge.Invoke(machine, arguments.Operand(machine, i), arguments.Source(i), call, through);
            }
        }
    }
}
