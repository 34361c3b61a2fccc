using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

internal enum FlowExitKind
{
    /// <summary>The function returned.</summary>
    Return,

    /// <summary>A <c>throw</c> that is written in the function left it.</summary>
    Throw,

    /// <summary>An exception that some operation may raise left it.</summary>
    ImplicitThrow,
}

/// <summary>A state in which a function is left.</summary>
internal sealed class FlowExit<TState>(FlowExitKind kind, Disjunct<TState> disjunct, Value? value, ExceptionInfo? exception)
    where TState : class, IEquatable<TState>
{
    public FlowExitKind Kind { get; } = kind;

    public Disjunct<TState> Disjunct { get; } = disjunct;

    /// <summary>What is returned, where the engine follows it.</summary>
    public Value? Value { get; } = value;

    public ExceptionInfo? Exception { get; } = exception;
}

/// <summary>
/// Interprets a function over a domain: forward, with a worklist in the order of the blocks, each block once for every state
/// that reaches it in every context.
/// </summary>
internal sealed class FlowInterpreter<TState>
    where TState : class, IEquatable<TState>
{
    /// <summary>Functions that are called in place are run inside their caller down to this depth.</summary>
    private const int MaximumNesting = 4;

    private readonly Dictionary<(int Ordinal, Continuation? Context), FlowNode<TState>> _nodes = [];
    private readonly Dictionary<ExceptionInfo, FlowNode<TState>> _throwExits = [];
    private readonly SortedSet<FlowNode<TState>> _queue = new(ByPriority.Instance);
    private readonly List<Machine<TState>> _machines = [];
    private readonly ExceptionRouter _router;
    private readonly Evaluator<TState> _evaluator;
    private int[] _held = [];
    private int _heldMark;
    private int _nodeCount;
    private FlowNode<TState> _current = null!;

    public FlowInterpreter(FlowProgram program, FlowDomain<TState> domain, FlowSession session)
    {
        Program = program;
        Domain = domain;
        Session = session;
        Algebra = new ValueAlgebra(session.Values);
        _router = new ExceptionRouter(session.Compilation.Exception);
        _evaluator = new Evaluator<TState>(this);
    }

    public FlowProgram Program { get; }

    public FlowDomain<TState> Domain { get; }

    public FlowSession Session { get; }

    public ValueAlgebra Algebra { get; }

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
            FlowNode<TState> node = _queue.Min!;
            _queue.Remove(node);
            node.IsQueued = false;
            while (node.Pending.Count > 0)
            {
                Disjunct<TState> disjunct = node.Pending.Dequeue();
                if (!disjunct.IsObsolete)
                {
                    Process(node, disjunct);
                }
            }
        }

        return CollectExits();
    }

    internal void Add(Machine<TState> fork) => _machines.Add(fork);

    private List<FlowExit<TState>> CollectExits()
    {
        var exits = new List<FlowExit<TState>>();
        if (_nodes.TryGetValue((Program.Blocks.Length - 1, null), out FlowNode<TState>? end))
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
        if (!_nodes.TryGetValue((ordinal, context), out FlowNode<TState>? node))
        {
            node = new FlowNode<TState>(Program.Blocks[ordinal], context, null, ((long)ordinal << 32) + _nodeCount++);
            _nodes.Add((ordinal, context), node);
        }

        return node;
    }

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
        _machines.Add(new Machine<TState>(this, disjunct));
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
        }
    }

    private void Step(Machine<TState> machine, FlowNode<TState> node)
    {
        Instruction instruction = node.Code.Code[machine.Counter];
        IOperation operation = instruction.Operation;
        machine.BeginOperation(instruction.Operands);
        if (instruction.MayThrow && (Program.HasHandlers || Domain.CollectsImplicitThrows) && Domain.MayThrow(machine, operation))
        {
            RaiseImplicit(machine, node);
        }

        int forks = _machines.Count;
        _evaluator.ApplyEffects(machine, operation);
        if (!RunInPlace(machine, operation, node))
        {
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
                _machines.RemoveAt(i);
            }
        }
    }

    private void Finish(Machine<TState> machine, IOperation operation, FlowNode<TState> node)
    {
        if (machine.IsStopped)
        {
            return;
        }

        if (operation is IInvocationOperation invocation && Session.Compilation.NonReturning.IsNonReturning(invocation.TargetMethod, Session.Cancellation))
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
                Raise(machine, node, Thrown(block.BranchValue));
                break;
            case ControlFlowBranchSemantics.Rethrow:
                Raise(machine, node, new ExceptionInfo(CaughtType(block), false, RethrowSyntax.Find(Program.Graph, block)));
                break;
        }
    }

    private static bool IsInside(BasicBlock block, ControlFlowRegionKind kind)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
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

    private static ExceptionInfo Thrown(IOperation? value)
    {
        while (value is IConversionOperation { OperatorMethod: null, IsImplicit: true } conversion)
        {
            value = conversion.Operand;
        }

        // The compiler's own throw, of a switch expression without a matching arm, is written nowhere.
        SyntaxNode? thrower = value is { IsImplicit: false } ? value.Syntax.FirstAncestorOrSelf<SyntaxNode>(static n => n is ThrowStatementSyntax or ThrowExpressionSyntax) : null;
        return new ExceptionInfo(value?.Type, value is IObjectCreationOperation, thrower);
    }

    private static ITypeSymbol? CaughtType(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Catch)
            {
                return region.ExceptionType?.SpecialType == SpecialType.System_Object ? null : region.ExceptionType;
            }
        }

        return null;
    }

    internal void RaiseImplicitly(Machine<TState> machine)
    {
        if (Program.HasHandlers || Domain.CollectsImplicitThrows)
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
            if (exception.Thrower is null && !Domain.CollectsImplicitThrows)
            {
                return;
            }

            if (!_throwExits.TryGetValue(exception, out FlowNode<TState>? exit))
            {
                exit = new FlowNode<TState>(Program.Blocks[Program.Blocks.Length - 1], null, exception, long.MaxValue);
                _throwExits.Add(exception, exit);
            }

            exit.Add(Prune(machine, exit.Code, machine.Path), Session, Domain);
            return;
        }

        FlowNode<TState> node = NodeOf(target.Ordinal, target.Context);
        PathStep? path = machine.Path;
        if (target.EntersHandler && HandlerOf(node.Code.Block) is { } handler)
        {
            path = PathStep.Append(path, PathStepKind.Caught, handler);
        }

        Disjunct<TState> arriving = Prune(machine, node.Code, path);
        if (node.Code.Block.Kind == BasicBlockKind.Exit)
        {
            arriving.LastBlock = _current.Code.Block;
        }

        Enqueue(node, arriving);
    }

    /// <summary>Some operation of the handler that a block begins; it stands for the handler in paths.</summary>
    private IOperation? HandlerOf(BasicBlock block)
    {
        for (int ordinal = block.Ordinal; ordinal < Program.Blocks.Length; ordinal++)
        {
            BasicBlock candidate = Program.Blocks[ordinal].Block;
            if (candidate.Operations.Length > 0)
            {
                return candidate.Operations[0];
            }

            if (candidate.BranchValue is { } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The state without what can decide nothing any more after <paramref name="at"/>.</summary>
    private Disjunct<TState> Prune(Machine<TState> machine, BlockCode at, PathStep? path)
    {
        SmallMap<Value> environment = machine.Environment;
        if (environment.Count > 0)
        {
            var keep = new bool[environment.Count];
            int kept = 0;
            for (int i = 0; i < keep.Length; i++)
            {
                int place = environment.KeyAt(i);
                int index = Program.IndexOf(place);
                keep[i] = index < 0 || Program.IsLive(at, place) || Program.Persists(Session.Places[place]);
                kept += keep[i] ? 1 : 0;
            }

            environment = environment.Where(keep, kept);
        }

        SmallMap<IntervalSet> facts = machine.Facts;
        if (facts.Count > 0)
        {
            var keep = new bool[facts.Count];
            int kept = 0;
            MarkHeld(environment);
            for (int i = 0; i < keep.Length; i++)
            {
                keep[i] = IsHeld(Session.Values[facts.KeyAt(i)], environment, machine.State, at);
                kept += keep[i] ? 1 : 0;
            }

            facts = facts.Where(keep, kept);
        }

        return new Disjunct<TState>(machine.State, environment, facts, path);
    }

    private bool IsHeld(Symbol symbol, SmallMap<Value> environment, TState state, BlockCode at)
    {
        if (Domain.Holds(state, symbol))
        {
            return true;
        }

        if (symbol.Kind == SymbolKind.Derived && IsHeldOperand(symbol.Left, environment, state, at) && IsHeldOperand(symbol.Right, environment, state, at))
        {
            return true;
        }

        if (symbol.Kind == SymbolKind.Entry && symbol.Origin is Place place && environment.Find(place.Id) is null)
        {
            if (Program.IndexOf(place.Id) < 0 ? Session.Running.Count > 0 : Program.IsLive(at, place.Id))
            {
                return true;
            }
        }

        return symbol.Id < _held.Length && _held[symbol.Id] == _heldMark;
    }

    /// <summary>Marks the symbols that some place holds, so that asking for each is quick.</summary>
    private void MarkHeld(SmallMap<Value> environment)
    {
        _heldMark++;
        if (_held.Length < Session.Values.Count)
        {
            Array.Resize(ref _held, Session.Values.Count * 2);
        }

        for (int i = 0; i < environment.Count; i++)
        {
            MarkHeld(environment.ValueAt(i));
        }
    }

    private void MarkHeld(Value? value)
    {
        switch (value)
        {
            case Symbol symbol:
                _held[symbol.Id] = _heldMark;
                if (symbol.Kind == SymbolKind.Derived)
                {
                    MarkHeld(symbol.Left);
                    MarkHeld(symbol.Right);
                }

                break;
            case Predicate predicate:
                foreach (Atom atom in predicate.Atoms)
                {
                    MarkHeld(atom.Symbol);
                }

                break;
            case Aggregate tuple:
                foreach (Value element in tuple.Elements)
                {
                    MarkHeld(element);
                }

                break;
            case Function { Instance: { } instance }:
                MarkHeld(instance);
                break;
        }
    }

    private bool IsHeldOperand(Value? operand, SmallMap<Value> environment, TState state, BlockCode at)
        => operand is not Symbol symbol
            || symbol.Origin is Type
            || IsHeld(symbol, environment, state, at);

    /// <summary>Runs a lambda or local function that is called where it stands; false if the operation is no such call.</summary>
    private bool RunInPlace(Machine<TState> machine, IOperation operation, FlowNode<TState> node)
    {
        if (operation is not IInvocationOperation invocation)
        {
            return false;
        }

        IMethodSymbol target = invocation.TargetMethod;
        Function? function = null;
        int firstArgument = 0;
        if (target.MethodKind == MethodKind.LocalFunction)
        {
            function = new Function(target, null, Program.Graph, null);
        }
        else if (target.MethodKind == MethodKind.DelegateInvoke && machine.OperandCount > 0 && machine.Operand(0) is Function invoked)
        {
            function = invoked;
            firstArgument = 1;
        }

        if (function is null)
        {
            return false;
        }

        var arguments = new Value?[invocation.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (invocation.Arguments[i].Parameter is { } parameter && parameter.Ordinal < arguments.Length)
            {
                arguments[parameter.Ordinal] = machine.Operand(firstArgument + i);
            }
        }

        return RunFunction(machine, function, arguments, invocation, node);
    }

    /// <summary>Runs a function whose body is known, inside the current path.</summary>
    public bool RunFunction(Machine<TState> machine, Function function, Value?[] arguments, IOperation call)
        => RunFunction(machine, function, arguments, call, _current);

    private bool RunFunction(Machine<TState> machine, Function function, Value?[] arguments, IOperation call, FlowNode<TState> node)
    {
        IMethodSymbol method = function.Method.OriginalDefinition;
        if (Session.Running.Count >= MaximumNesting || Session.Running.Contains(method, SymbolEqualityComparer.Default) || !Domain.Enters(method) || FindGraph(function) is not { } graph)
        {
            return false;
        }

        FlowProgram program = Session.ProgramOf(graph, method);
        program.Enter();
        ImmutableArray<IParameterSymbol> parameters = method.Parameters;
        for (int i = 0; i < parameters.Length && i < arguments.Length; i++)
        {
            Place place = Session.Places.Parameter(parameters[i]);
            machine.Write(place, arguments[i] ?? machine.Fresh(call, place, place.IsBoolean));
        }

        TState before = machine.State;
        Session.Running.Push(method);
        var nested = new FlowInterpreter<TState>(program, Domain, Session);
        IReadOnlyList<FlowExit<TState>> exits = nested.Run([machine.Snapshot()]);
        Session.Running.Pop();
        foreach (FlowExit<TState> exit in exits)
        {
            if (exit.Kind != FlowExitKind.Return && method.IsAsync)
            {
                // It goes into the task.
                continue;
            }

            Machine<TState> after = machine.Fork();
            after.State = Domain.Returned(before, exit.Disjunct.State, method);
            after.Environment = exit.Disjunct.Environment.Without(program.Return.Id);
            after.Facts = exit.Disjunct.Facts;
            after.Path = exit.Disjunct.Path;
            if (exit.Kind != FlowExitKind.Return)
            {
                after.Stop();
                Raise(after, node, exit.Exception!);
                continue;
            }

            if (call is IInvocationOperation invocation)
            {
                foreach (IArgumentOperation argument in invocation.Arguments)
                {
                    if (argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out } parameter && parameter.Ordinal < parameters.Length
                        && after.Environment.Find(Session.Places.Parameter(parameters[parameter.Ordinal]).Id) is { } written)
                    {
                        _evaluator.Assign(after, argument.Value, written, call);
                    }
                }
            }

            foreach (IParameterSymbol parameter in parameters)
            {
                after.Environment = after.Environment.Without(Session.Places.Parameter(parameter).Id);
            }

            after.Result = method.IsAsync ? null : exit.Value;
        }

        machine.Stop();
        return true;
    }

    private ControlFlowGraph? FindGraph(Function function)
    {
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

    private sealed class ByPriority : IComparer<FlowNode<TState>>
    {
        public static readonly ByPriority Instance = new();

        public int Compare(FlowNode<TState>? x, FlowNode<TState>? y) => x!.Priority.CompareTo(y!.Priority);
    }
}
