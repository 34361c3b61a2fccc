using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>What happens to a packet: it is taken over, completed, handed on.</summary>
internal sealed class PacketActions(PacketLedger ledger, KeptViews kept, CompletionOptions options)
{
    private readonly Dictionary<IOperation, Symbol> _stored = [];

    private const PacketStatus Gone = PacketStatus.Retired | PacketStatus.Pended | PacketStatus.HandedOn | PacketStatus.Borrowed;

    public static bool IsGone(PacketStatus status) => (status & Gone) != 0;

    /// <summary>Whether a pended packet stands in some store, and nothing else is the matter with it.</summary>
    public bool IsStoredOnly(Symbol packet, PacketStatus status)
        => (status & Gone & ~PacketStatus.HandedOn) == 0 && ledger.DutyOf(packet.Id) is not { IsInline: true };

    public void BeginPended(Machine<PacketStates> machine, Symbol pended, IOperation operation)
    {
        Take(machine, pended, operation);
        machine.AssumeNotNull(pended);
    }

    /// <summary>A value that the function now owes.</summary>
    public void Take(Machine<PacketStates> machine, Symbol packet, IOperation operation)
    {
        PacketDuty duty = ledger.Begin(packet, isInline: false, PathText.Shorten(operation.Syntax), operation.Syntax.GetLocation(), isOwn: true);
        duty.IsOwn = true;
        machine.State = machine.State.With(packet, PacketStatus.Owed);
        machine.Result = packet;
    }

    /// <summary>A value whose packets the function now owes.</summary>
    public void TakeParts(Machine<PacketStates> machine, Aggregate whole, List<(Symbol Packet, string Name)> packets, IOperation operation)
    {
        foreach ((Symbol packet, string name) in packets)
        {
            Take(machine, packet, operation);
            PacketDuty duty = ledger.DutyOf(packet.Id)!;
            if (!duty.IsNamed && duty.Part.Length == 0)
            {
                duty.Part = name;
                duty.Name += name;
            }
        }

        machine.Result = whole;
    }

    public void Retire(Machine<PacketStates> machine, Symbol packet, IOperation operation)
    {
        CheckGone(machine, packet, operation);
        if ((machine.State.Of(packet) & PacketStatus.Borrowed) != 0)
        {
            // Somebody else completes it, and what was done wrong here is said.
            return;
        }

        NoteCompletion(packet, operation);
        machine.State = machine.State.With(packet, PacketStatus.Retired);
    }

    /// <summary>Remembers the call for what comes after it.</summary>
    public void NoteCompletion(Symbol packet, IOperation operation)
    {
        ledger.Recorder?.End(packet);
        if (ledger.DutyOf(packet.Id) is { } duty)
        {
            duty.Completion = operation;
        }
    }

    /// <summary>Remembers what pends the packet or hands it on, for what comes after it.</summary>
    public void NotePassing(Symbol packet, IOperation operation)
    {
        if (ledger.DutyOf(packet.Id) is { } duty)
        {
            duty.Passing = operation;
        }
    }

    public void CheckGone(Machine<PacketStates> machine, Symbol packet, IOperation operation)
    {
        PacketStatus status = machine.State.Of(packet);
        if ((status & PacketStatus.Awaiting) != 0 && ledger.DutyOrNew(packet, operation) is { ExternalDataCall: { } call } waiting)
        {
            ledger.Report(PacketRule.ExternalDataPending, waiting, call, machine.Path);
        }

        if (IsGone(status))
        {
            ledger.Report(PacketRule.CompletedTwice, ledger.DutyOrNew(packet, operation), operation, machine.Path);
        }
    }

    /// <summary>A value is put into a field or a collection: whoever takes it out owes it, if stores are trusted.</summary>
    public void Store(Machine<PacketStates> machine, Value? value, IOperation by, bool isToField = false)
    {
        if (options.TrustsStores || value is Function)
        {
            if (value is Symbol stored && by.Type is { SpecialType: SpecialType.None })
            {
                _stored[by] = stored;
            }

            HandOn(machine, value, by, isToField);
        }
    }

    /// <summary>The packet that a call puts into a store.</summary>
    public Symbol? StoredBy(IOperation? call) => call is not null && _stored.TryGetValue(call, out Symbol? packet) ? packet : null;

    /// <summary>Somebody else owes the packet from now on; who hands on what is ended already has it ended twice.</summary>
    public void HandOn(Machine<PacketStates> machine, Value? value, IOperation by, bool isToField = false)
    {
        switch (value)
        {
            case Symbol packet when machine.State.Of(packet) != PacketStatus.None:
                // A pended packet may stand in two stores at once; one of the callback has one holder.
                if (!IsStoredOnly(packet, machine.State.Of(packet) & ~PacketStatus.Borrowed))
                {
                    CheckGone(machine, packet, by);
                }

                NotePassing(packet, by);

                // Whatever else is true of it stays so, only that nobody else has it may not.
                PacketStatus before = machine.State.Of(packet) & ~PacketStatus.Owed;
                bool isPlaced = isToField && ((before & PacketStatus.HandedOn) == 0 || (before & PacketStatus.Placed) != 0);
                machine.State = machine.State.With(packet, (before & ~PacketStatus.Placed) | PacketStatus.HandedOn | (isPlaced ? PacketStatus.Placed : PacketStatus.None));
                break;
            case Aggregate tuple:
                foreach (Value element in tuple.Elements)
                {
                    HandOn(machine, element, by);
                }

                break;
            case Function function:
                HandOnCaptured(machine, function, by);
                break;
        }
    }

    /// <summary>
    /// What holds where a call that is given functions fails: whether it has taken them over, with the packets that these captured, it alone knows. The state itself if they
    /// captured none.
    /// </summary>
    public static PacketStates Failed(Machine<PacketStates> machine)
    {
        PacketStates failed = machine.State;
        for (int i = 0; i < machine.OperandCount; i++)
        {
            if (machine.Operand(i) is not Function function)
            {
                continue;
            }

            foreach (Place place in machine.Program.CapturedPlaces(function))
            {
                if (machine.Read(place) is Symbol packet && (failed.Of(packet) & PacketStatus.Owed) != 0 && CapturedUses.MayEnd(function, place.Symbol))
                {
                    failed = failed.With(packet, PacketStatus.Unknown);
                }
            }
        }

        return failed;
    }

    /// <summary>A function that escapes takes the pended packets along that it captured.</summary>
    private void HandOnCaptured(Machine<PacketStates> machine, Function function, IOperation by)
    {
        var found = new List<(Symbol Packet, Place Place, int? Element)>();
        foreach (Place place in machine.Program.CapturedPlaces(function))
        {
            if (function.Lambda is { } lambda && !ledger.Views.IsEmpty && ViewTypes.IsUnchecked(place.Type))
            {
                kept.Report(machine, lambda, ledger.Views.Of(machine.Read(place)));
            }

            switch (machine.Read(place))
            {
                case Symbol packet:
                    HandOnCaptured(machine, function, place, null, packet, found);
                    break;
                case Aggregate tuple:
                    for (int i = 0; i < tuple.Elements.Length; i++)
                    {
                        if (tuple.Elements[i] is Symbol element)
                        {
                            HandOnCaptured(machine, function, place, i, element, found);
                        }
                        else if (tuple.Elements[i] is Aggregate nested && CapturedUses.MayEnd(function, place.Symbol))
                        {
                            // What it does with parts of a part is not followed.
                            HandOn(machine, nested, by);
                        }
                    }

                    break;
            }
        }
    }

    private void HandOnCaptured(Machine<PacketStates> machine, Function function, Place place, int? element, Symbol packet, List<(Symbol Packet, Place Place, int? Element)> found)
    {
        PacketStatus status = machine.State.Of(packet);
        if (status == PacketStatus.None)
        {
            return;
        }

        if (!CapturedUses.MayEnd(function, place.Symbol))
        {
            if (status == PacketStatus.Retired && ledger.DutyOf(packet.Id) is { } ended)
            {
                // It takes nothing over, and looks too late.
                ledger.Escape(new EscapedPacket(function, place, element, ended, status));
            }

            return;
        }

        if ((status & (PacketStatus.Owed | PacketStatus.Captured | PacketStatus.HandedOn)) != 0)
        {
            machine.State = machine.State.With(packet, (status & ~(PacketStatus.Owed | PacketStatus.Placed)) | PacketStatus.HandedOn | PacketStatus.Captured);
        }

        // Another function that has it may run as well; what stands in a store, somebody may take out for this one.
        // Several that are given away in one statement, for success and for failure, are alternatives.
        PacketDuty? duty = ledger.DutyOf(packet.Id);
        SyntaxNode? statement = function.Lambda?.Syntax.FirstAncestorOrSelf<StatementSyntax>(static s => s.Parent is not AnonymousFunctionExpressionSyntax);
        bool isAlternative = statement is not null && duty?.Taker is { } last && ReferenceEquals(last.Statement, statement) && !last.Function.Equals(function);
        PacketStatus others = (status & PacketStatus.Captured) == 0 ? PacketStatus.None : isAlternative ? PacketStatus.Owed : PacketStatus.HandedOn | PacketStatus.Captured;
        PacketStatus begin = (status & (PacketStatus.Owed | PacketStatus.Retired)) | others;
        if (begin == PacketStatus.None && (status & PacketStatus.HandedOn) != 0)
        {
            // Whether it may end what is stored is not decided; that it ends it twice is.
            begin = PacketStatus.Unknown;
        }

        if (begin != PacketStatus.None && duty is not null)
        {
            duty.Taker = statement is null ? null : (function, statement);
            int same = found.FindIndex(f => ReferenceEquals(f.Packet, packet));
            ledger.Escape(new EscapedPacket(function, place, element, duty, begin, same < 0 ? null : (found[same].Place, found[same].Element)));
            found.Add((packet, place, element));
        }
    }
}
