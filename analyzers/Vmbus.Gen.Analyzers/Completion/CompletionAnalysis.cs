using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Runs a method, and the functions in it that it does not call itself, and collects what is wrong with their packets.</summary>
internal sealed class CompletionAnalysis(CompletionModel model, CancellationToken cancellation)
{
    private readonly List<PacketFinding> _findings = [];

    public IReadOnlyList<PacketFinding> Analyze(ControlFlowGraph graph, IMethodSymbol method)
    {
        PacketDomain domain = NewDomain(graph);
        FlowProgram program = domain.Session.ProgramOf(graph, method);
        Run(program, domain, model.Enter(domain, domain.Session, method, isSummary: false));
        if (program.HasNested)
        {
            AnalyzeNested(graph, domain);
        }

        if (_findings.Exists(static f => f.Rule == PacketRule.DeferredAtPassive) && new DeferralCallers(model, cancellation).Test(method))
        {
            _findings.RemoveAll(static f => f.Rule == PacketRule.DeferredAtPassive);
        }

        return _findings;
    }

    /// <summary>Whether a method calls another one where the level may be PASSIVE_LEVEL.</summary>
    public bool CallsAtPassive(ControlFlowGraph graph, IMethodSymbol method, IMethodSymbol callee)
    {
        PacketDomain domain = NewDomain(graph, callee);
        FlowProgram program = domain.Session.ProgramOf(graph, method);
        program.Enter();
        new FlowInterpreter<PacketStates>(program, domain, domain.Session).Run([model.Enter(domain, domain.Session, method, isSummary: false)]);
        return domain.IsWatchedAtPassive;
    }

    /// <summary>The functions inside an initializer, which owes nothing itself.</summary>
    public IReadOnlyList<PacketFinding> AnalyzeFunctionsIn(ControlFlowGraph graph)
    {
        AnalyzeNested(graph, NewDomain(graph));
        return _findings;
    }

    private PacketDomain NewDomain(ControlFlowGraph graph, IMethodSymbol? watched = null)
    {
        var domain = new PacketDomain(model, model.Ask(), model.OptionsOf(graph.OriginalOperation.Syntax.SyntaxTree), isSummary: false) { Watched = watched };
        domain.Session = new FlowSession(model.Flow, domain.Tracks, cancellation, domain.Follows);
        return domain;
    }

    /// <summary>Functions that escape, or that nobody here calls, begin on their own; with what they captured, if they took it along.</summary>
    private void AnalyzeNested(ControlFlowGraph graph, PacketDomain outer)
    {
        foreach ((ControlFlowGraph nested, IMethodSymbol method) in NestedFunctions.Of(graph))
        {
            if (outer.Session.ProgramOf(nested, method).WasEntered)
            {
                // It was run where it is called, and what is written in it has escaped from there.
                AnalyzeNested(nested, outer);
                continue;
            }

            PacketDomain domain = NewDomain(nested);
            FlowSession session = domain.Session;
            Disjunct<PacketStates> entry = model.Enter(domain, session, method, isSummary: false);
            PacketStates states = entry.State;
            SmallMap<Value> environment = entry.Environment;
            var packets = new Dictionary<(Place, int?), Symbol>();
            foreach (EscapedPacket escaped in outer.Ledger.Escapes.Where(e => SymbolEqualityComparer.Default.Equals(e.Function.Method, method)))
            {
                Place? place = escaped.Place.Symbol switch
                {
                    ILocalSymbol local => session.Places.Local(local),
                    IParameterSymbol parameter => session.Places.Parameter(parameter),
                    _ => null,
                };
                if (place is not null)
                {
                    bool isKnown = escaped.SameAs is { } other && packets.ContainsKey(other);
                    Symbol packet = isKnown ? packets[escaped.SameAs!.Value]
                        : escaped.Element is { } index ? session.Values.Site(place, index, isBoolean: false)
                        : session.Values.Entry(place);
                    if (escaped.Element is { } element)
                    {
                        environment = environment.With(place.Id, WithElement(environment.Find(place.Id) as Aggregate, place, element, packet, session));
                    }
                    else if (isKnown)
                    {
                        environment = environment.With(place.Id, packet);
                    }

                    packets[(escaped.Place, escaped.Element)] = packet;
                    if (!isKnown)
                    {
                        domain.Ledger.Begin(packet, isInline: false, escaped.Duty.Name, escaped.Duty.Location, isOwn: true).IsNamed = true;
                        states = states.With(packet, escaped.Status);
                    }
                }
            }

            Run(session.ProgramOf(nested, method), domain, new Disjunct<PacketStates>(states, environment, entry.Facts, null));
            AnalyzeNested(nested, domain);
        }
    }

    /// <summary>The tuple or structure in a captured place, of whose parts one is a packet.</summary>
    private Aggregate WithElement(Aggregate? known, Place place, int index, Symbol packet, FlowSession session)
    {
        // A tuple may also lie in a nullable place, or in one of type object; then no more is known than that it has the element.
        return (known ?? model.Parts.Unknown(session, place, index + 1)).Select((e, i) => i == index ? packet : e);
    }

    private void Run(FlowProgram program, PacketDomain domain, Disjunct<PacketStates> entry)
    {
        program.Enter();
        var interpreter = new FlowInterpreter<PacketStates>(program, domain, domain.Session);
        IReadOnlyList<FlowExit<PacketStates>> exits = interpreter.Run([entry]);
        var reported = new HashSet<PacketDuty>();
        var places = new HashSet<(Location, string)>();
        var thrown = new HashSet<(PacketDuty, SyntaxNode)>();
        foreach (FlowExit<PacketStates> exit in exits)
        {
            domain.Leave(exit);
            for (int i = 0; i < exit.Disjunct.State.Count; i++)
            {
                (int id, PacketStatus status) = exit.Disjunct.State[i];
                Symbol packet = domain.Session.Values[id];
                if ((status & PacketStatus.Awaiting) != 0 && exit.Kind != FlowExitKind.ImplicitThrow && domain.Ledger.DutyOf(id) is { IsAnswered: true, ExternalDataCall: { } call } answered)
                {
                    domain.Ledger.Report(PacketRule.ExternalDataPending, answered, call, exit.Disjunct.Path);
                }

                if ((status & PacketStatus.Owed) == 0 || domain.Ledger.DutyOf(id) is not { IsOwn: true, Location: { } begin } duty
                    || CompletionModel.IsNull(packet, exit.Disjunct, domain.Session) == true
                    || IsHandedOut(exit.Value, packet, program, exit.Disjunct))
                {
                    continue;
                }

                if (exit.Kind != FlowExitKind.Throw && reported.Add(duty))
                {
                    if (!places.Add((begin, duty.Name)))
                    {
                        // It has come from one place or another, and is one to who reads it.
                        continue;
                    }

                    FunctionEnd end = exit.Disjunct.Raiser is { } raiser ? new FunctionEnd(raiser.Syntax.GetLocation(), FunctionEndKind.Exception)
                        : FunctionEnd.Find(program.Graph, exit.Disjunct.LastBlock, exit.Disjunct.Path);
                    _findings.Add(new PacketFinding(PacketRule.NotCompleted, duty, begin, program.Graph.OriginalOperation.Syntax, exit.Disjunct.Path, end));
                }
                else if (exit.Kind == FlowExitKind.Throw)
                {
                    SyntaxNode thrower = exit.Exception!.Thrower!;
                    if (thrown.Add((duty, thrower)))
                    {
                        _findings.Add(new PacketFinding(PacketRule.ThrownWithDuty, duty, thrower.GetLocation(), thrower, exit.Disjunct.Path, null));
                    }
                }
            }
        }

        _findings.AddRange(domain.Ledger.OutOfScope.Where(f => !reported.Contains(f.Duty) && !thrown.Any(t => ReferenceEquals(t.Item1, f.Duty))));

        // A loop that completes again and again reads its next element late as well: one mistake, one report.
        _findings.AddRange(domain.Ledger.Findings.Where(f => !f.IsOfLoop || !domain.Ledger.Findings.Any(o => o.Rule == PacketRule.CompletedTwice && ReferenceEquals(o.Duty, f.Duty))));
    }

    /// <summary>Whether the caller gets the packet: as the result, or in something that the result holds.</summary>
    private static bool IsHandedOut(Value? result, Symbol packet, FlowProgram program, Disjunct<PacketStates> exit)
        => result is not null
            && (result.Holds(packet)
                || (result is Function function && program.CapturedPlaces(function).Any(p => ReferenceEquals(exit.Environment.Find(p.Id), packet))));
}
