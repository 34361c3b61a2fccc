using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>
/// Interprets one body over what is known of its values: which calls it makes, on what instances, and on which of its ways. Branches that constants decide are
/// followed on one side only; a state machine is read from its first state up to its first await.
/// </summary>
internal sealed class BodyReader
{
    private const string ConstructorName = ".ctor";
    private const string StaticConstructorName = ".cctor";

    private readonly MethodNode _method;
    private readonly MethodFacts _facts;
    private readonly CallerKnowledge? _caller;
    private readonly MemberResolver _resolver;
    private readonly BlockGraph _graph;
    private readonly ImmutableArray<TypeSignature> _localTypes;
    private readonly HashSet<int> _sharedLocals;
    private readonly HashSet<int> _changedArguments;
    private readonly bool _isAsync;
    private readonly Dictionary<int, List<CallSite>> _callsOfBlock = [];
    private readonly Dictionary<int, HashSet<TypeNode>> _staticsOfBlock = [];
    private readonly Dictionary<int, List<(TypeNode Owner, string Field, AbstractValue Value)>> _storedOfBlock = [];
    private readonly Lazy<HashSet<string>> _staticsStored;
    private HashSet<TypeNode> _statics = [];
    private bool _asksForCompletion;
    private List<(TypeNode Owner, string Field, AbstractValue Value)> _stored = [];
    private AbstractValue? _returned;
    private AbstractValue? _returnedArray;

    private BodyReader(MethodNode method, MethodBodyBlock body, CallerKnowledge? caller, MethodFacts facts)
    {
        _method = method;
        _facts = facts;
        _caller = caller;
        _resolver = MemberResolver.Of(method.Owner.File);
        _localTypes = _resolver.Locals(body.LocalSignature);
        List<Instruction> code = InstructionReader.Read(body);
        _graph = new BlockGraph(code, body.ExceptionRegions);
        _sharedLocals = [.. code.Where(static i => i.Code == OpCodes.Ldloca || i.Code == OpCodes.Ldloca_S).Select(static i => (int)i.Operand)];
        _changedArguments = [.. code.Where(static i => i.Code.Name!.StartsWith("starg", StringComparison.Ordinal) || i.Code.Name!.StartsWith("ldarga", StringComparison.Ordinal)).Select(IndexOf)];
        _staticsStored = new(() => [.. facts.StaticsStoredBy(method), .. CalledBy(code).Where(m => m.Owner == method.Owner || m.Owner.Outer == method.Owner).SelectMany(facts.StaticsStoredBy)]);
        _isAsync = StateMachines.IsAsync(method);
    }

    /// <summary>Reads the body of a method.</summary>
    /// <param name="caller">What those who call it tell of its values; null for whatever calls.</param>
    public static BodyReading Read(MethodNode method, CallerKnowledge? caller, MethodFacts facts)
        => method.Body() is { } body ? new BodyReader(method, body, caller, facts).Run() : BodyReading.Empty;

    private BodyReading Run()
    {
        var start = new AbstractState([.. _localTypes.Select(static t => new AbstractValue(t))], []);
        _graph.Enter(0, start, CallContext.Ordinary);
        while (_graph.TryTake(out Block? block))
        {
            Interpret(block);
        }

        _graph.Finish();
        HashSet<TypeNode> statics = [.. _staticsOfBlock.Where(b => _graph.CountsAt(b.Key)).SelectMany(static b => b.Value)];
        if (_method.IsVisible && (_method.IsStatic || _method.Name == ConstructorName) && !_method.Owner.IsBeforeFieldInit)
        {
            // Whoever calls from outside may be the first.
            statics.Add(_method.Owner);
        }

        return new BodyReading(
            [.. _callsOfBlock.OrderBy(static b => b.Key).Where(b => _graph.CountsAt(b.Key)).SelectMany(b => b.Value.Select(c => c with { Context = _graph.ContextAt(b.Key) }))],
            statics,
            _asksForCompletion,
            ReturnedOfAll(),
            [.. _storedOfBlock.Values.SelectMany(static s => s)]);
    }

    private IEnumerable<MethodNode> CalledBy(List<Instruction> code)
        => code.Where(static i => i.Code == OpCodes.Call).Select(i => _resolver.Method(MetadataTokens.EntityHandle((int)i.Operand)).Method).OfType<MethodNode>();

    private void Interpret(Block block)
    {
        foreach (BlockHandler handler in _graph.HandlersAround(block))
        {
            // A finally of a state machine may belong to a later state.
            _graph.Enter(
                handler.Start,
                new AbstractState(LocalsWhenLeft(block), handler.TakesException ? [AbstractValue.Unknown] : []),
                handler.IsFinally && !_isAsync ? block.Context : CallContext.Exceptional);
        }

        var calls = new List<CallSite>();
        _callsOfBlock[block.Start] = calls;
        _staticsOfBlock[block.Start] = _statics = [];
        _storedOfBlock[block.Start] = _stored = [];
        var machine = new Machine(block.State!);
        TypeSignature? constrained = null;
        foreach (Instruction instruction in _graph.InstructionsOf(block))
        {
            OpCode code = instruction.Code;
            if (code == OpCodes.Constrained)
            {
                constrained = _resolver.Type(MetadataTokens.EntityHandle((int)instruction.Operand));
            }
            else if (code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj)
            {
                Reach reach = Call(instruction, machine, constrained, calls);
                constrained = null;
                if (reach != Reach.Next)
                {
                    block.End(returns: reach == Reach.Await);
                    return;
                }
            }
            else if (code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            {
                Leave(block, instruction, machine);
                return;
            }
            else
            {
                Step(instruction, machine);
            }
        }

        _graph.Flow(block, block.Next, machine.ToState());
    }

    /// <summary>The locals when an exception leaves a block: what the block sets may be set by then, or not.</summary>
    private AbstractValue[] LocalsWhenLeft(Block block)
    {
        AbstractValue[] locals = [.. block.State!.Locals];
        foreach (Instruction instruction in _graph.InstructionsOf(block))
        {
            if (instruction.Code.Name!.StartsWith("stloc", StringComparison.Ordinal))
            {
                int index = IndexOf(instruction);
                locals[index] = new AbstractValue(_localTypes[index]);
            }
        }

        return locals;
    }

    private void Leave(Block block, Instruction instruction, Machine machine)
    {
        OpCode code = instruction.Code;
        if (code == OpCodes.Switch)
        {
            AbstractValue selector = machine.Pop();
            AbstractState state = machine.ToState();
            if (selector.Constant is { } known)
            {
                _graph.Flow(block, known >= 0 && known < instruction.Targets!.Length ? instruction.Targets[known] : block.Next, state);
                return;
            }

            foreach (int target in instruction.Targets!)
            {
                _graph.Flow(block, target, state);
            }

            _graph.Flow(block, block.Next, state);
        }
        else if (code.FlowControl == FlowControl.Cond_Branch)
        {
            AbstractValue right = machine.Pop();
            AbstractValue left = code.StackBehaviourPop == StackBehaviour.Pop1_pop1 ? machine.Pop() : AbstractValue.Unknown;
            bool? taken = Constants.IsTaken(code, left.Constant, right.Constant);
            bool ofNull = right.StaticField is { } field && code.StackBehaviourPop == StackBehaviour.Popi && _staticsStored.Value.Contains(field);
            bool whenNull = code == OpCodes.Brfalse || code == OpCodes.Brfalse_S;
            AbstractState state = machine.ToState();
            if (taken != false)
            {
                _graph.Flow(block, (int)instruction.Operand, state, ofNull && whenNull ? CallContext.Once : CallContext.Ordinary);
            }

            if (taken != true)
            {
                _graph.Flow(block, block.Next, state, ofNull && !whenNull ? CallContext.Once : CallContext.Ordinary);
            }
        }
        else if (code == OpCodes.Leave || code == OpCodes.Leave_S)
        {
            _graph.Flow(block, (int)instruction.Operand, new AbstractState(machine.Locals, []));
        }
        else if (code.FlowControl == FlowControl.Branch)
        {
            _graph.Flow(block, (int)instruction.Operand, machine.ToState());
        }
        else
        {
            if (code == OpCodes.Ret && _method.Signature.ReturnType.Text != "System.Void")
            {
                Return(machine.Pop());
            }

            block.End(returns: code.FlowControl == FlowControl.Return);
        }
    }

    private Reach Call(Instruction instruction, Machine machine, TypeSignature? constrained, List<CallSite> calls)
    {
        MethodUse use = _resolver.Method(MetadataTokens.EntityHandle((int)instruction.Operand));
        var arguments = new AbstractValue[use.Signature.ParameterTypes.Length];
        for (int i = arguments.Length - 1; i >= 0; i--)
        {
            arguments[i] = machine.Pop();
        }

        bool isNew = instruction.Code == OpCodes.Newobj;
        AbstractValue receiver = !isNew && use.Signature.Header.IsInstance ? machine.Pop() : AbstractValue.Unknown;
        if (constrained is not null)
        {
            receiver = new AbstractValue(constrained, constrained.Definition is { IsValueType: true } or { IsSealed: true });
        }

        if (use.Method is { } target)
        {
            if (_isAsync && target.Name == "get_IsCompleted" && !target.Owner.FullName.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal))
            {
                return Reach.Await;
            }

            _asksForCompletion |= target.Name.StartsWith("get_IsCompleted", StringComparison.Ordinal) || target.Name is "get_IsFaulted" or "get_Status" or "get_IsValueCreated" or "IsSuccess";
            calls.Add(new CallSite(target, instruction.Code == OpCodes.Callvirt || constrained is not null, receiver, arguments, CallContext.Ordinary, instruction.Offset));
            if ((target.IsStatic || isNew) && target.Owner != _method.Owner)
            {
                TouchByCall(target.Owner);
            }

            if (StateMachines.StartedBy(use) is { } moveNext)
            {
                calls.Add(new CallSite(moveNext, false, AbstractValue.Unknown, [], CallContext.Ordinary, instruction.Offset) { IsAsyncStart = true });
            }

            if (isNew && StateMachines.EnumeratedBy(_method, target) is { } enumeration)
            {
                calls.Add(new CallSite(enumeration, false, AbstractValue.Unknown, [], CallContext.Ordinary, instruction.Offset) { IsEnumeration = true });
            }

            if (_facts.NeverReturns(target))
            {
                return Reach.Nowhere;
            }
        }

        if (isNew)
        {
            TypeSignature? type = use.Method is null ? null : TypeSignature.Named(use.Method.Owner.FullName, use.Method.Owner, use.TypeArguments);
            machine.Push(new AbstractValue(type, IsExact: true, IsOverMemory: MemoryStreams.IsOver(type, arguments)));
        }
        else if (use.Signature.ReturnType.Text != "System.Void")
        {
            machine.Push(ResultOf(use, receiver, arguments, instruction));
        }

        return Reach.Next;
    }

    private void Step(Instruction instruction, Machine machine)
    {
        OpCode code = instruction.Code;
        string name = code.Name!;
        if (Constants.Loaded(instruction) is { } constant)
        {
            machine.Push(AbstractValue.Of(constant));
        }
        else if (name.StartsWith("ldarg", StringComparison.Ordinal) && !name.StartsWith("ldarga", StringComparison.Ordinal))
        {
            machine.Push(Argument(IndexOf(instruction)));
        }
        else if (name.StartsWith("ldloc", StringComparison.Ordinal) && !name.StartsWith("ldloca", StringComparison.Ordinal))
        {
            int index = IndexOf(instruction);
            machine.Push(_sharedLocals.Contains(index) ? new AbstractValue(_localTypes[index]) : machine.Locals[index]);
        }
        else if (name.StartsWith("stloc", StringComparison.Ordinal))
        {
            int index = IndexOf(instruction);
            AbstractValue value = machine.Pop();
            machine.SetLocal(index, value.Type is null ? value with { Type = _localTypes[index] } : value);
        }
        else if (code == OpCodes.Ldfld || code == OpCodes.Ldsfld)
        {
            if (code == OpCodes.Ldfld)
            {
                machine.Pop();
            }

            (TypeSignature type, TypeNode? owner, string field) = _resolver.Field(MetadataTokens.EntityHandle((int)instruction.Operand));
            if (code == OpCodes.Ldsfld)
            {
                Touch(owner);
            }

            AbstractValue stored = owner is null ? AbstractValue.Unknown : _facts.StoredIn(owner, field, type);
            machine.Push(new AbstractValue(
                stored.Type ?? type,
                stored.IsExact,
                ConstantOfField(owner, field),
                StaticField: code == OpCodes.Ldsfld && type.IsReference ? MethodFacts.NameOf(owner, field) : null,
                IsOverMemory: stored.IsOverMemory));
        }
        else if (code == OpCodes.Ldtoken)
        {
            EntityHandle token = MetadataTokens.EntityHandle((int)instruction.Operand);
            bool isType = token.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification;
            machine.Push(new AbstractValue(null, Described: isType ? _resolver.Type(token) : null));
        }
        else if (code == OpCodes.Dup)
        {
            AbstractValue value = machine.Pop();
            machine.Push(value);
            machine.Push(value);
        }
        else if (code == OpCodes.Castclass || code == OpCodes.Isinst || code == OpCodes.Box || code == OpCodes.Unbox_Any)
        {
            AbstractValue value = machine.Pop();
            TypeSignature type = _resolver.Type(MetadataTokens.EntityHandle((int)instruction.Operand));
            if (code == OpCodes.Isinst && value.Type?.Definition is { } own && type.Definition is { } tested && !own.MayBe(tested))
            {
                machine.Push(AbstractValue.Of(0));
                return;
            }

            machine.Push(code != OpCodes.Box && (value.IsExact || TellsMore(value, type)) ? value : new AbstractValue(type, code == OpCodes.Box));
        }
        else if (code == OpCodes.Newarr)
        {
            machine.Pop();
            machine.Push(new AbstractValue(TypeSignature.Of(TypeSignatureKind.SzArray, _resolver.Type(MetadataTokens.EntityHandle((int)instruction.Operand))), IsExact: true));
        }
        else if (code == OpCodes.Add || code == OpCodes.Sub)
        {
            // Dispatch on the state of a state machine subtracts the first state of a range.
            long? right = machine.Pop().Constant;
            machine.Push(new AbstractValue(null, false, machine.Pop().Constant + (code == OpCodes.Add ? right : -right)));
        }
        else if (name.StartsWith("conv.", StringComparison.Ordinal))
        {
            machine.Push(new AbstractValue(null, false, machine.Pop().Constant));
        }
        else if (code == OpCodes.Calli)
        {
            MethodSignature<TypeSignature> signature = _resolver.CallSignature((StandaloneSignatureHandle)MetadataTokens.EntityHandle((int)instruction.Operand));
            machine.Drop(signature.ParameterTypes.Length + 1 + (signature.Header.IsInstance ? 1 : 0));
            if (signature.ReturnType.Text != "System.Void")
            {
                machine.Push(new AbstractValue(signature.ReturnType));
            }
        }
        else
        {
            string? staticField = null;
            if (code == OpCodes.Stsfld || code == OpCodes.Ldsflda)
            {
                (TypeSignature type, TypeNode? owner, string field) = _resolver.Field(MetadataTokens.EntityHandle((int)instruction.Operand));
                Touch(owner);
                staticField = code == OpCodes.Ldsflda && type.IsReference ? MethodFacts.NameOf(owner, field) : null;
            }

            if (code == OpCodes.Stfld || code == OpCodes.Stsfld)
            {
                AbstractValue value = machine.Pop();
                machine.Drop(code == OpCodes.Stfld ? 1 : 0);
                Store(MetadataTokens.EntityHandle((int)instruction.Operand), value);
                return;
            }

            machine.Drop(StackEffects.Popped(code.StackBehaviourPop));
            for (int i = StackEffects.Pushed(code.StackBehaviourPush); i > 0; i--)
            {
                machine.Push(new AbstractValue(null, StaticField: staticField));
            }
        }
    }

    /// <summary>Notes what is known of a value that is stored in a field of an interface or abstract class.</summary>
    private void Store(EntityHandle token, AbstractValue value)
    {
        if (_resolver.Field(token) is { Owner: { } owner, Type.Definition: { } declared } field && (declared.IsInterface || declared.IsAbstract))
        {
            _stored.Add((owner, field.Name, value));
        }
    }

    private long? ConstantOfField(TypeNode? owner, string field)
        => _isAsync && field == "<>1__state" ? -1
            : field == "Zero" && owner?.FullName == "System.TimeSpan" ? 0
            : null;

    /// <summary>Adds to what is known of the result; that it may be null tells nothing of what it is else.</summary>
    private void Return(AbstractValue value)
    {
        if (value is { Type: null, Constant: 0 })
        {
            return;
        }

        value = value with { IsThis = false, StaticField = null };
        if (value.Type is { IsArray: true } && _method.Signature.ReturnType.Definition is { IsInterface: true })
        {
            _returnedArray = _returnedArray is { } array ? array.Merge(value) : value;
            return;
        }

        _returned = _returned is { } known ? known.Merge(value) : value;
    }

    /// <summary>What is known of the result: an array that is returned as an interface, as where there is nothing, reads memory, so that what else is returned tells.</summary>
    private AbstractValue ReturnedOfAll()
        => _returned is not { } returned ? _returnedArray ?? AbstractValue.Unknown
            : _returnedArray is null ? returned
            : returned with { IsExact = false };

    private AbstractValue Argument(int index)
    {
        bool isKept = !_changedArguments.Contains(index);
        if (!_method.IsStatic)
        {
            if (index == 0)
            {
                return new AbstractValue(_caller?.This ?? _method.Owner.Self, IsThis: true);
            }

            index--;
        }

        TypeSignature type = _method.Signature.ParameterTypes[index];
        return isKept && _caller?.Arguments[index] is { } known ? known with { Type = known.Type ?? type } : new AbstractValue(type);
    }

    private AbstractValue ResultOf(MethodUse use, AbstractValue receiver, AbstractValue[] arguments, Instruction instruction)
    {
        if (use.Method is not { } target)
        {
            return new AbstractValue(use.ReturnType);
        }

        var call = new CallSite(target, instruction.Code == OpCodes.Callvirt, receiver, arguments, CallContext.Ordinary, instruction.Offset);
        AbstractValue result = _facts.ReturnedBy(call) ?? new AbstractValue(use.ReturnType, false, _facts.ConstantOf(target), Enumerated: EnumeratedBy(target, receiver));
        return KnownResults.Of(target, receiver, arguments) is { } known ? known with { Type = result.Type } : result;
    }

    /// <summary>The interface of the collection that a call makes an enumerator of.</summary>
    private static TypeNode? EnumeratedBy(MethodNode target, AbstractValue receiver)
        => target is { Name: "GetEnumerator", Owner.IsInterface: true } && receiver.Type is { Definition: { IsInterface: true } contract } ? contract : null;

    /// <summary>Whether a value is of a class or an array, where a test or cast names an interface.</summary>
    private static bool TellsMore(AbstractValue value, TypeSignature tested)
        => tested.Definition is { IsInterface: true } && value.Type is { } type && (type.IsArray || type.Definition is { IsInterface: false, IsAbstract: false, FullName: not "System.Object" });

    /// <summary>Notes that a static field is touched, which may start the static constructor of its type; the constructor itself runs already.</summary>
    private void Touch(TypeNode? type)
    {
        if (type is not null && (type != _method.Owner || _method.Name != StaticConstructorName))
        {
            _statics.Add(type);
        }
    }

    /// <summary>Notes that a static member or constructor is called: that starts the static constructor of a type, unless this one waits for the first field that is touched.</summary>
    private void TouchByCall(TypeNode type)
    {
        if (!type.IsBeforeFieldInit)
        {
            _statics.Add(type);
        }
    }

    /// <summary>The number of a local or argument, which the short forms have in their names.</summary>
    private static int IndexOf(Instruction instruction)
        => instruction.Code.OperandType == OperandType.InlineNone ? instruction.Code.Name![^1] - '0' : (int)instruction.Operand;

    private enum Reach
    {
        Next,
        Nowhere,
        Await,
    }
}
