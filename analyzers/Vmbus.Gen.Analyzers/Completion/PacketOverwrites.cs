using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Variables that get another value while they hold an owed packet that nothing else holds.</summary>
internal sealed class PacketOverwrites(VmbusTypes types, PacketLedger ledger)
{
    /// <param name="machine">The path on which it happens.</param>
    /// <param name="held">What the variable holds before.</param>
    /// <param name="value">What it gets.</param>
    /// <param name="target">The variable: a declaration that runs once more ends the one of the round before.</param>
    /// <param name="by">The assignment, or the call that puts something out.</param>
    public void Check(Machine<PacketStates> machine, Value? held, Value? value, IOperation target, IOperation by)
    {
        if (held is Aggregate || types.IsPendingPacket(target.Type))
        {
            CheckParts(machine, held, value, target, by);
        }
    }

    private void CheckParts(Machine<PacketStates> machine, Value? held, Value? value, IOperation target, IOperation by)
    {
        if (held is Aggregate whole)
        {
            foreach (Value part in whole.Elements)
            {
                CheckParts(machine, part, value, target, by);
            }

            return;
        }

        if (held is not Symbol lost || ReferenceEquals(lost, value) || machine.State.Of(lost) != PacketStatus.Owed
            || machine.IsNull(lost) == true || (value?.Holds(lost) ?? false) || ledger.DutyOf(lost.Id) is not { IsOwn: true } duty)
        {
            return;
        }

        Place? place = machine.Program.PlaceOf(target);
        if (lost is { Kind: Flow.SymbolKind.Entry, Origin: Place origin } && origin.Id != place?.Id && machine.Environment.Find(origin.Id) is null)
        {
            // The parameter that it came in still holds it.
            return;
        }

        for (int i = 0; i < machine.Environment.Count; i++)
        {
            if (machine.Environment.KeyAt(i) != place?.Id && machine.Environment.ValueAt(i).Holds(lost))
            {
                return;
            }
        }

        if (target.Syntax is VariableDeclaratorSyntax or DeclarationExpressionSyntax or SingleVariableDesignationSyntax)
        {
            // It is owed still, and found where the function is left, if it is.
            ledger.NoteOutOfScope(duty, by, machine.Path);
            return;
        }

        ledger.Report(PacketRule.Lost, duty, by, machine.Path);

        // Nothing names it any more; another round may lose another one.
        machine.State = machine.State.Without(lost);
    }
}
