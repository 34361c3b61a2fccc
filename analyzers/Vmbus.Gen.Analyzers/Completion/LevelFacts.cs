using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>What tests of the current level say, for packets that are deferred: one place, as if the level were a variable.</summary>
internal sealed class LevelFacts(VmbusTypes types)
{
    private readonly IPropertySymbol? _current = types.KernelIrql?.GetMembers("Current").OfType<IPropertySymbol>().FirstOrDefault();

    /// <summary>Sets <see cref="Machine{TState}.Result"/> where the level is read, and the level where it is changed.</summary>
    public void Visit(Machine<PacketStates> machine, IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.PropertyReference when operation is IPropertyReferenceOperation { Instance: null, Property: { } property } && VmbusTypes.Same(_current, property)
                && PlaceOf(machine.Session) is { } level:
                machine.Result = machine.Read(level);
                break;
            case OperationKind.Invocation:
                IMethodSymbol method = ((IInvocationOperation)operation).TargetMethod;
                if (method.Name is "Raise" or "Lower" && VmbusTypes.Same(types.KernelIrql, method.ContainingType))
                {
                    Set(machine, machine.OperandCount == 1 ? machine.Operand(0) : null, operation);
                }
                else if (method.Name == "Dispose" && VmbusTypes.Same(types.IrqlScope, method.ContainingType))
                {
                    Set(machine, null, operation);
                }

                break;
            case OperationKind.Await:
                Set(machine, Constant.Of(IrqlContracts.Passive), operation);
                break;
        }
    }

    /// <summary>Whether the level may be PASSIVE_LEVEL here.</summary>
    public bool MayBePassive(Machine<PacketStates> machine)
        => PlaceOf(machine.Session) is not { } level || machine.RangeOf(machine.Read(level)).Contains(IrqlContracts.Passive);

    /// <summary>Whether a symbol is the level at entry, which tests speak of.</summary>
    public bool IsLevel(Symbol symbol) => symbol is { Kind: Flow.SymbolKind.Entry, Origin: Place { Symbol: { } member } } && VmbusTypes.Same(_current, member);

    /// <summary>The facts with which a function begins that runs at these levels.</summary>
    public SmallMap<IntervalSet> Enter(FlowSession session, IntervalSet? levels)
        => levels is null || PlaceOf(session) is not { } level ? SmallMap<IntervalSet>.Empty : SmallMap<IntervalSet>.Empty.With(session.Values.Entry(level).Id, levels);

    private Place? PlaceOf(FlowSession session) => _current is null ? null : session.Places.Member(_current, _current.Type);

    private void Set(Machine<PacketStates> machine, Value? value, IOperation operation)
    {
        if (PlaceOf(machine.Session) is { } level)
        {
            machine.Write(level, value ?? machine.Fresh(operation, level, isBoolean: false));
        }
    }
}
