using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// Interprets a function over a domain: forward, with a worklist in the order of the blocks, each block once for every state
/// that reaches it in every context.
/// </summary>
internal sealed class FlowInterpreter<TState>
    where TState : class, IEquatable<TState>
{
    private readonly FlowNode<TState>?[] _nodes;
    private readonly Dictionary<(int Ordinal, Continuation Context), FlowNode<TState>> _inContext = [];
    private readonly Dictionary<ExceptionInfo, FlowNode<TState>> _throwExits = [];
    private readonly FlowQueue<TState> _queue = new();
    private readonly List<Machine<TState>> _machines = [];
    private readonly Stack<Machine<TState>> _idle = new();
    private readonly ExceptionRouter _router;
    private readonly Evaluator<TState> _evaluator;
    private readonly CallEffects<TState> _effects;
    private readonly FunctionRunner<TState> _functions;
    private readonly StatePruner<TState> _pruner;
    private readonly bool _collectsImplicitThrows;
    private int _nodeCount;
    private FlowNode<TState> _current = null!;
    private IOperation? _operation;

    /// <param name="program">The function.</param>
    /// <param name="domain">What is followed.</param>
    /// <param name="session">The analysis that the run belongs to.</param>
    /// <param name="caller">What runs the function inside itself; null for a function that begins on its own.</param>
    public FlowInterpreter(FlowProgram program, FlowDomain<TState> domain, FlowSession session, FlowInterpreter<TState>? caller = null)
    {
        _collectsImplicitThrows = domain.CollectsImplicitThrows || caller is { RaisesImplicitThrows: true };
        Program = program;
        _nodes = new FlowNode<TState>?[program.Blocks.Length];
        Domain = domain;
        Session = session;
        Algebra = new ValueAlgebra(session.Values);
        _router = new ExceptionRouter(session.Compilation.Exception);
        _evaluator = new Evaluator<TState>(this);
        _effects = new CallEffects<TState>(this, _evaluator);
        _functions = new FunctionRunner<TState>(this, _evaluator);
        _pruner = new StatePruner<TState>(program, domain, session);
    }

    public FlowProgram Program { get; }

    public FlowDomain<TState> Domain { get; }

    public FlowSession Session { get; }

    public ValueAlgebra Algebra { get; }

    /// <summary>Whether exceptions that operations may raise matter: to a handler here, or to whoever called.</summary>
    private bool RaisesImplicitThrows => _collectsImplicitThrows || Program.HasHandlers;

    /// <summary>The block that is being run.</summary>
    public BasicBlock CurrentBlock => _current.Code.Block;

    public IReadOnlyList<FlowExit<TState>> Run(IEnumerable<Disjunct<TState>> entry)
    {
        FlowNode<TState> start = NodeOf(0, null);
        foreach (Disjunct<TState> disjunct in entry)
        {
            Enqueue(start, disjunct);
        }

        while (_queue.Count > 0)
        {
            Session.Cancellation.ThrowIfCancellationRequested();
            FlowNode<TState> node = _queue.Take();
            node.IsQueued = false;
            while (node.TakePending() is { } disjunct)
            {
                if (!disjunct.IsObsolete)
                {
                    Process(node, disjunct);
                }
            }
        }

        return CollectExits();
    }

    internal void Add(Machine<TState> fork) => _machines.Add(fork);

    internal bool RunFunction(Machine<TState> machine, Function function, Value?[] arguments, IOperation call)
        => _functions.Run(machine, function, arguments, call);

    private List<FlowExit<TState>> CollectExits()
    {
        var exits = new List<FlowExit<TState>>();
        if (_nodes[Program.Blocks.Length - 1] is { } end)
        {
            foreach (Disjunct<TState> disjunct in end.States)
            {
                exits.Add(new FlowExit<TState>(FlowExitKind.Return, disjunct, disjunct.Environment.Find(Program.Return.Id), null));
            }
        }

        foreach (FlowNode<TState> node in _throwExits.Values)
        {
            FlowExitKind kind = node.Exception!.Thrower is null ? FlowExitKind.ImplicitThrow : FlowExitKind.Throw;
            foreach (Disjunct<TState> disjunct in node.States)
            {
                exits.Add(new FlowExit<TState>(kind, disjunct, null, node.Exception));
            }
        }

        return exits;
    }

    private FlowNode<TState> NodeOf(int ordinal, Continuation? context)
    {
        if (context is null)
        {
            return _nodes[ordinal] ??= NewNode(ordinal, null);
        }

        if (!_inContext.TryGetValue((ordinal, context), out FlowNode<TState>? node))
        {
            node = NewNode(ordinal, context);
            _inContext.Add((ordinal, context), node);
        }

        return node;
    }

    private FlowNode<TState> NewNode(int ordinal, Continuation? context)
        => new(Program.Blocks[ordinal], context, null, ((long)ordinal << 32) + _nodeCount++);

    private void Enqueue(FlowNode<TState> node, Disjunct<TState> disjunct)
    {
        if (node.Add(disjunct, Session, Domain) && !node.IsQueued)
        {
            node.IsQueued = true;
            _queue.Add(node);
        }
    }

    private void Process(FlowNode<TState> node, Disjunct<TState> disjunct)
    {
        if (node.Code.Block.Kind == BasicBlockKind.Exit)
        {
            return;
        }

        _current = node;
        int bottom = _machines.Count;
        _machines.Add(Rent().Start(disjunct));
        while (_machines.Count > bottom)
        {
            Machine<TState> machine = _machines[_machines.Count - 1];
            _machines.RemoveAt(_machines.Count - 1);
            while (!machine.IsStopped && machine.Counter < node.Code.Code.Length)
            {
                Step(machine, node);
            }

            if (!machine.IsStopped)
            {
                Leave(machine, node);
            }

            _idle.Push(machine);
        }
    }

    /// <summary>A machine that has ended, or a new one.</summary>
    internal Machine<TState> Rent() => _idle.Count > 0 ? _idle.Pop() : new Machine<TState>(this);

    private void Step(Machine<TState> machine, FlowNode<TState> node)
    {
        Instruction instruction = node.Code.Code[machine.Counter];
        IOperation operation = instruction.Operation;
        _operation = operation;
        machine.BeginOperation(instruction.Operands);
        Function? function = _functions.CalledInPlace(machine, operation);
        if (function is null && MayRaise(machine, instruction))
        {
            RaiseImplicit(machine, node);
        }

        int forks = _machines.Count;
        _effects.Apply(machine, operation);
        if (function is null)
        {
            Domain.Execute(machine, operation);
        }
        else if (!_functions.RunInPlace(machine, function, (IInvocationOperation)operation))
        {
            if (MayRaise(machine, instruction))
            {
                RaiseImplicit(machine, node);
            }

            Domain.Execute(machine, operation);
        }

        for (int i = forks; i < _machines.Count; i++)
        {
            Finish(_machines[i], operation, node);
        }

        Finish(machine, operation, node);
        for (int i = _machines.Count - 1; i >= forks; i--)
        {
            if (_machines[i].IsStopped)
            {
                _idle.Push(_machines[i]);
                _machines.RemoveAt(i);
            }
        }
    }

    private bool MayRaise(Machine<TState> machine, Instruction instruction)
        => instruction.MayThrow && RaisesImplicitThrows && Domain.MayThrow(machine, instruction.Operation);

    private void Finish(Machine<TState> machine, IOperation operation, FlowNode<TState> node)
    {
        if (machine.IsStopped)
        {
            return;
        }

        if (operation.Kind == OperationKind.Invocation
            && Session.Compilation.NonReturning.IsNonReturning(((IInvocationOperation)operation).TargetMethod, Session.Cancellation))
        {
            machine.Stop();
            return;
        }

        Value? result = machine.Result ?? _evaluator.Evaluate(machine, operation);
        machine.EndOperation(result);
        machine.Counter++;
        bool isBranchValue = machine.Counter == node.Code.Code.Length && ReferenceEquals(operation, node.Code.Block.BranchValue);
        if (operation.Parent is null && !isBranchValue)
        {
            machine.ClearStack();
        }
    }

    private void Leave(Machine<TState> machine, FlowNode<TState> node)
    {
        BasicBlock block = node.Code.Block;
        Value? value = block.BranchValue is null || node.Code.IsBranchErased ? null : machine.Top;
        if (block.ConditionKind == ControlFlowConditionKind.None)
        {
            Follow(machine, node, block.FallThroughSuccessor, value);
            return;
        }

        if (node.Code.IsBranchErased)
        {
            Follow(machine, node, block.ConditionalSuccessor, null);
            Follow(machine, node, block.FallThroughSuccessor, null);
            return;
        }

        bool sense = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        bool? known = machine.Truth(value);
        if (known is { } decided)
        {
            Follow(machine, node, decided == sense ? block.ConditionalSuccessor : block.FallThroughSuccessor, null);
            return;
        }

        Machine<TState> other = machine.Fork();
        _machines.Remove(other);
        Decide(machine, node, value, sense, block.ConditionalSuccessor);
        Decide(other, node, value, !sense, block.FallThroughSuccessor);
        _idle.Push(other);
    }

    private void Decide(Machine<TState> machine, FlowNode<TState> node, Value? condition, bool sense, ControlFlowBranch? branch)
    {
        if (machine.Assume(condition, sense))
        {
            machine.Path = PathStep.Append(machine.Path, sense ? PathStepKind.WhenTrue : PathStepKind.WhenFalse, node.Code.Block.BranchValue!);
            Follow(machine, node, branch, null);
        }
    }

    private void Follow(Machine<TState> machine, FlowNode<TState> node, ControlFlowBranch? branch, Value? value)
    {
        if (branch is null)
        {
            return;
        }

        BasicBlock block = node.Code.Block;
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Return or ControlFlowBranchSemantics.Regular when branch.Destination is { } destination:
                if (branch.Semantics == ControlFlowBranchSemantics.Return && block.BranchValue is not null)
                {
                    machine.Write(Program.Return, value ?? machine.Fresh(block.BranchValue, Program.Return, Program.Return.IsBoolean));
                }

                if (node.Context is FilterContinuation filter && !IsInside(destination, ControlFlowRegionKind.Filter) && IsInside(block, ControlFlowRegionKind.Filter))
                {
                    Arrive(machine, ExceptionRouter.Accept(filter, destination.Ordinal));
                }
                else
                {
                    Arrive(machine, ExceptionRouter.Leave(branch.FinallyRegions, destination.Ordinal, node.Context));
                }

                break;
            case ControlFlowBranchSemantics.StructuredExceptionHandling when node.Context is { } context:
                foreach (Target target in _router.Resume(context))
                {
                    Arrive(machine, target);
                }

                break;
            case ControlFlowBranchSemantics.Throw:
                Raise(machine, node, ThrownExceptions.OfThrow(block.BranchValue));
                break;
            case ControlFlowBranchSemantics.Rethrow:
                Raise(machine, node, ThrownExceptions.OfRethrow(Program.Graph, block));
                break;
        }
    }

    /// <summary>Whether a filter is being run that looks at what some call has thrown: what that called last has not cleaned up yet.</summary>
    internal bool IsFilteringCall
        => _current.Context is FilterContinuation { Exception.Thrower: null } && IsInside(_current.Code.Block, ControlFlowRegionKind.Filter);

    private static bool IsInside(BasicBlock block, ControlFlowRegionKind kind)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.Around())
        {
            if (region.Kind == kind)
            {
                return true;
            }

            if (region.Kind is ControlFlowRegionKind.Try or ControlFlowRegionKind.Catch or ControlFlowRegionKind.Finally)
            {
                return false;
            }
        }

        return false;
    }

    internal void RaiseImplicitly(Machine<TState> machine)
    {
        if (RaisesImplicitThrows)
        {
            RaiseImplicit(machine, _current);
        }
    }

    private void RaiseImplicit(Machine<TState> machine, FlowNode<TState> node)
    {
        if (machine.Raised is { } last
            && ReferenceEquals(last.State, machine.State) && last.Environment.SameAs(machine.Environment) && last.Facts.SameAs(machine.Facts))
        {
            return;
        }

        machine.Raised = machine.Snapshot();
        Raise(machine, node, ExceptionInfo.Implicit);
    }

    /// <summary>Hands a state to the handlers around the block that is being run, or out of the function.</summary>
    internal void Raise(Machine<TState> machine, ExceptionInfo exception) => Raise(machine, _current, exception);

    private void Raise(Machine<TState> machine, FlowNode<TState> node, ExceptionInfo exception)
    {
        foreach (Target target in _router.Raise(node.Code.Block.EnclosingRegion, node.Context, exception))
        {
            Arrive(machine, target);
        }
    }

    private void Arrive(Machine<TState> machine, Target target)
    {
        if (target.Ordinal < 0)
        {
            ExceptionInfo exception = target.Exception!;
            if (exception.Thrower is null && !_collectsImplicitThrows)
            {
                return;
            }

            if (!_throwExits.TryGetValue(exception, out FlowNode<TState>? exit))
            {
                exit = new FlowNode<TState>(Program.Blocks[Program.Blocks.Length - 1], null, exception, long.MaxValue);
                _throwExits.Add(exception, exit);
            }

            Disjunct<TState> leaving = _pruner.Prune(machine, exit.Code, machine.Path);
            leaving.Raiser = exception.Thrower is null ? _operation : null;
            exit.Add(leaving, Session, Domain);
            return;
        }

        FlowNode<TState> node = NodeOf(target.Ordinal, target.Context);
        PathStep? path = machine.Path;
        if (target.EntersHandler && Program.HandlerAt(target.Ordinal) is { } handler)
        {
            path = PathStep.AppendCaught(path, handler);
        }

        Disjunct<TState> arriving = _pruner.Prune(machine, node.Code, path);
        if (node.Code.Block.Kind == BasicBlockKind.Exit)
        {
            arriving.LastBlock = _current.Code.Block;
        }

        Enqueue(node, arriving);
    }
}
