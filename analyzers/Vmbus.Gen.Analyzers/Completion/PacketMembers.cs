using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>What a packet's own members do, and what is done with the external data that it gave.</summary>
internal sealed class PacketMembers(VmbusTypes types, PacketLedger ledger, PacketActions actions, LevelFacts levels)
{
    private const long StatusPending = 0x103;
    private const long LargestSuccess = 0x7FFFFFFF;

    /// <summary>Runs the call of a packet's method; false if it is the call of something else.</summary>
    public bool Invoke(Machine<PacketStates> machine, IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (invocation.Instance is not null && types.IsPacket(method.ContainingType))
        {
            InvokeOnPacket(machine, invocation);
            return true;
        }

        if (method.Name == "IsSuccess" && invocation.Arguments.Length == 1 && VmbusTypes.Same(invocation.Arguments[0].Value.Type, types.NtStatus)
            && machine.Operand(0) is { } status)
        {
            machine.Result = status switch
            {
                Symbol symbol => ValueAlgebra.In(symbol, IntervalSet.Between(long.MinValue, LargestSuccess)),
                Constant { IsNumber: true } constant => Constant.Of(constant.Number <= LargestSuccess),
                _ => null,
            };
            return true;
        }

        return false;
    }

    public void ReadProperty(Machine<PacketStates> machine, IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        if (reference.Instance is not null && types.IsPacket(property.ContainingType) && machine.Operand(0) is { } receiver && property.Name == "IsDefault")
        {
            machine.Result = machine.NullTest(receiver);
        }
    }

    /// <summary>External data is used where it may not be there yet.</summary>
    public void CheckExternalData(Machine<PacketStates> machine, IOperation operation)
    {
        if (operation.Kind is not (OperationKind.Invocation or OperationKind.PropertyReference or OperationKind.ObjectCreation))
        {
            return;
        }

        for (int i = 0; i < machine.OperandCount; i++)
        {
            if (machine.Operand(i) is not Symbol { Kind: Flow.SymbolKind.Site, Detail: not null } data)
            {
                continue;
            }

            for (int p = 0; p < machine.State.Count; p++)
            {
                (int id, PacketStatus status) = machine.State[p];
                if ((status & PacketStatus.Awaiting) != 0 && ledger.DutyOf(id) is { ExternalDataCall: { } call } duty
                    && !ReferenceEquals(call, operation) && IsDataOf(data, id, call))
                {
                    ledger.Report(PacketRule.ExternalDataPending, duty, call, machine.Path);
                }
            }
        }
    }

    /// <summary>Whether external data was given by a call, or by an earlier one for the same packet, which is asked once more.</summary>
    private bool IsDataOf(Symbol data, int packet, IOperation call)
        => ReferenceEquals(call, data.Origin) || ledger.Views.Of(data).Any(r => r.Kind == ViewKind.ExternalData && r.Packet.Id == packet);

    private void InvokeOnPacket(Machine<PacketStates> machine, IInvocationOperation invocation)
    {
        if (machine.Operand(0) is not Symbol packet)
        {
            if (invocation.TargetMethod.Name == "Pend")
            {
                actions.BeginPended(machine, machine.Fresh(invocation, null, isBoolean: false), invocation);
            }

            return;
        }

        switch (invocation.TargetMethod.Name)
        {
            case "DeferToPassive":
                if (levels.MayBePassive(machine))
                {
                    ledger.Report(PacketRule.DeferredAtPassive, ledger.DutyOrNew(packet, invocation.Instance!), invocation, machine.Path);
                }

                actions.Retire(machine, packet, invocation);
                break;
            case "Complete" or "Fail":
                actions.Retire(machine, packet, invocation);
                break;
            case "Pend":
                actions.CheckGone(machine, packet, invocation);
                actions.NotePassing(packet, invocation);
                ledger.Recorder?.End(packet);
                machine.State = machine.State.With(packet, PacketStatus.Pended);
                Symbol pended = machine.Fresh(invocation, null, isBoolean: false);
                ledger.Pend(packet, pended);
                actions.BeginPended(machine, pended, invocation);
                break;
            case "GetExternalData":
                FetchExternalData(machine, packet, invocation);
                break;
        }
    }

    private void FetchExternalData(Machine<PacketStates> machine, Symbol packet, IInvocationOperation call)
    {
        if (call.Arguments.Length == 2 && call.Arguments[1] is { Parameter: { RefKind: RefKind.Out } output })
        {
            ledger.Views.Add(machine.Session.Values.Site(call, output.Ordinal, isBoolean: false), new ViewRoot(packet, ViewKind.ExternalData));
        }

        PacketStatus status = machine.State.Of(packet);
        if ((status & PacketStatus.Pended) != 0)
        {
            // The data is the pended packet's now, and only that one can be asked for it.
            actions.CheckGone(machine, packet, call);
        }

        if (!types.IsInlinePacket(call.TargetMethod.ContainingType) || (status & (PacketStatus.Owed | PacketStatus.Borrowed | PacketStatus.HandedOn)) == 0)
        {
            return;
        }

        PacketDuty duty = ledger.DutyOrNew(packet, call.Instance!);
        duty.ExternalDataCall = call;
        Symbol answer = machine.Fresh(call, null, isBoolean: false);
        Machine<PacketStates> pending = machine.Fork();
        pending.Constrain(answer, IntervalSet.Of(StatusPending));
        pending.State = pending.State.With(packet, (status & PacketStatus.HandedOn) | PacketStatus.Awaiting);
        pending.Result = answer;
        machine.Constrain(answer, IntervalSet.Of(StatusPending).Complement());
        machine.Result = answer;
    }
}
