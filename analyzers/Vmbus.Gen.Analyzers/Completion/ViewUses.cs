using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Uses of a packet's members, of its memory and of its external data: reported where the packet was completed before.</summary>
internal sealed class ViewUses(PacketLedger ledger)
{
    /// <summary>A member of a packet is read; true if it was completed before.</summary>
    public bool ReadPacket(Machine<PacketStates> machine, Symbol packet, IOperation use)
        => Use(machine, packet, PacketRule.UsedAfterCompletion, packet, use);

    /// <summary>What lies behind a view is read or written; true if its packet was completed before.</summary>
    public bool Look(Machine<PacketStates> machine, ImmutableArray<ViewRoot> roots, IOperation use)
    {
        bool isLate = false;
        foreach (ViewRoot root in roots)
        {
            isLate |= Use(machine, root.Packet, RuleOf(root.Kind), root.Packet, use);
        }

        return isLate;
    }

    public bool IsLate(Machine<PacketStates> machine, ImmutableArray<ViewRoot> roots)
    {
        foreach (ViewRoot root in roots)
        {
            if (IsRetired(machine, root.Packet))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a packet is completed, itself or as the pended one.</summary>
    public bool IsRetired(Machine<PacketStates> machine, Symbol packet)
    {
        PacketStatus status = machine.State.Of(packet);
        return (status & PacketStatus.Retired) != 0
            || ((status & PacketStatus.Pended) != 0 && ledger.IsPendedEnded(packet, machine.State));
    }

    /// <summary>What a callee does with its arguments, seen from the call.</summary>
    public void Apply(
        Machine<PacketStates> machine,
        ViewSummary summary,
        IOperation call,
        CallArguments arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            int ordinal = arguments.Ordinal(i);
            if (ordinal is < 0 or >= 64 || arguments.Operand(machine, i) is not Symbol value || (summary.Reads & (1UL << ordinal)) == 0)
            {
                continue;
            }

            if (machine.State.Of(value) != PacketStatus.None)
            {
                ReadPacket(machine, value, call);
            }

            Look(machine, ledger.Views.Of(value), call);
        }

        foreach (LateUse late in summary.LateUses)
        {
            Symbol? subject = arguments.ValueFor(machine, late.Subject) as Symbol;
            Symbol? packet = arguments.ValueFor(machine, late.Packet) as Symbol;
            if (subject is null || packet is null)
            {
                continue;
            }

            if (ReferenceEquals(subject, packet))
            {
                Report(packet, late.Rule, packet, call, machine.Path);
                ledger.Recorder?.UseLate(subject, p => ReferenceEquals(p, packet), machine.Session.Values, late.Rule);
                continue;
            }

            foreach (ViewRoot root in ledger.Views.Of(subject))
            {
                if (ReferenceEquals(root.Packet, packet))
                {
                    Report(packet, RuleOf(root.Kind), packet, call, machine.Path);
                }

                ledger.Recorder?.UseLate(root.Packet, p => ReferenceEquals(p, packet), machine.Session.Values, RuleOf(root.Kind));
            }
        }
    }

    private static PacketRule RuleOf(ViewKind kind) => kind == ViewKind.ExternalData ? PacketRule.ExternalDataUsedLate : PacketRule.BufferUsedLate;

    private bool Use(Machine<PacketStates> machine, Symbol packet, PacketRule rule, Symbol subject, IOperation use)
    {
        if (ledger.Recorder is { } recorder)
        {
            recorder.Read(subject);
            recorder.UseLate(subject, p => IsRetired(machine, p), machine.Session.Values, rule);
        }

        if (!IsRetired(machine, packet))
        {
            return false;
        }

        Report(packet, rule, subject, use, machine.Path);
        return true;
    }

    private void Report(Symbol packet, PacketRule rule, Symbol subject, IOperation use, PathStep? path)
    {
        // A method that only its callers can judge leaves it to the call.
        if (ledger.DutyOf(packet.Id) is { IsCallers: false } duty)
        {
            ledger.Report(rule, duty, use, path);
        }
    }
}
