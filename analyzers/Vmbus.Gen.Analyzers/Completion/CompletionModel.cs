using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Summaries;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>What the completion rules share within a compilation: contracts, and what methods do with packets.</summary>
internal sealed class CompletionModel
{
    /// <summary>What an address needs in a text; of a name any letter may be written as an escape.</summary>
    private static readonly string[] AddressWords = ["fixed", "&", "AsPointer", "AddressOfPinnedArrayElement", @"\u", @"\U"];

    private static readonly string[] PacketWords = ["PendingPacket", ".Pend(", "CompletesPacket", "PacketBatch"];

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _typesWithPackets = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, bool> _treesWithPackets = new();
    private readonly ConcurrentDictionary<SyntaxTree, CompletionOptions> _optionsOf = new();
    private readonly AnalyzerConfigOptionsProvider? _options;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _addressKeepers = new(SymbolEqualityComparer.Default);
    private readonly SummaryCache<PacketSummary> _summaries;

    public CompletionModel(VmbusTypes types, Compilation compilation, AnalyzerConfigOptionsProvider? options, CancellationToken cancellation)
    {
        _options = options;
        Contracts = new PacketContracts(types);
        Parts = new PacketParts(types);
        Flow = FlowCompilation.Of(compilation);
        Levels = new IrqlContracts(types, Flow.Bodies);
        _summaries = new SummaryCache<PacketSummary>(PacketSummary.Bottom, PacketSummary.Unknown, (method, request) => Summarize(method, request, cancellation));
    }

    public PacketContracts Contracts { get; }

    /// <summary>The values that have packets as parts.</summary>
    public PacketParts Parts { get; }

    /// <summary>The levels at which methods run.</summary>
    public IrqlContracts Levels { get; }

    public FlowCompilation Flow { get; }

    /// <summary>The options for the code of a file.</summary>
    public CompletionOptions OptionsOf(SyntaxTree tree)
        => _options is null ? CompletionOptions.Default : _optionsOf.GetOrAdd(tree, t => CompletionOptions.Read(_options.GetOptions(t)));

    public SummaryCache<PacketSummary>.Request Ask() => _summaries.Begin();

    public bool HasGraph(IMethodSymbol method) => MethodBodies.FindSyntax(method, CancellationToken.None) is { } body && Flow.Compilation.ContainsSyntaxTree(body.SyntaxTree);

    /// <summary>
    /// Whether a method can have to do with packets at all, by its signature, its type's members and the words of its file:
    /// everything else costs nothing more.
    /// </summary>
    public bool MayConcern(ISymbol owner, SyntaxTree tree)
    {
        if (owner is IMethodSymbol method)
        {
            foreach (IParameterSymbol parameter in MethodParameters.Of(method))
            {
                if (Contracts.Types.IsPacket(parameter.Type) || (ViewTypes.IsReference(parameter) && Contracts.IsHandler(method)))
                {
                    return true;
                }
            }

            if (Mentions(method.ReturnType, 0))
            {
                return true;
            }
        }

        return _treesWithPackets.GetOrAdd(tree, static t => SourceWords.HasAny(t, PacketWords))
            || (owner.ContainingType is { } type && _typesWithPackets.GetOrAdd(type, HasPacketMembers));
    }

    /// <summary>Sets up the state in which a function begins: each packet that it is given, and whether it owes it.</summary>
    public Disjunct<PacketStates> Enter(PacketDomain domain, FlowSession session, IMethodSymbol method, bool isSummary)
    {
        PacketStates states = PacketStates.Empty;
        foreach (IParameterSymbol parameter in MethodParameters.Of(method))
        {
            if (!Contracts.Types.IsPacket(parameter.Type) || parameter.RefKind == RefKind.Out)
            {
                continue;
            }

            PacketDutyKind declared = Contracts.KindOf(parameter);
            PacketDutyKind kind = isSummary ? PacketDutyKind.None : declared;
            Symbol packet = session.Values.Entry(session.Places.Parameter(parameter));
            PacketDuty duty = domain.Ledger.Begin(
                packet, Contracts.Types.IsInlinePacket(parameter.Type), parameter.Name, parameter.Locations.FirstOrDefault(), kind == PacketDutyKind.Completes);
            duty.IsNamed = true;
            duty.IsCallers = kind == PacketDutyKind.None;
            duty.IsAnswered = kind == PacketDutyKind.Borrows && duty.IsInline && Contracts.IsHandler(method);
            domain.Ledger.Recorder?.Enter(parameter, packet);
            states = states.With(packet, kind == PacketDutyKind.Borrows ? PacketStatus.Borrowed : PacketStatus.Owed);
        }

        EnterViews(domain, session, method, isSummary);
        return new Disjunct<PacketStates>(states, SmallMap<Value>.Empty, domain.Levels.Enter(session, Levels.LevelsOf(method)), null);
    }

    /// <summary>The spans, references and pointers with which a callback begins look into its packet; those of other methods into what the caller gives.</summary>
    private void EnterViews(PacketDomain domain, FlowSession session, IMethodSymbol method, bool isSummary)
    {
        bool isCallback = !isSummary && Contracts.IsCallback(method);
        if (!isSummary && !isCallback)
        {
            return;
        }

        IParameterSymbol? packet = MethodParameters.Of(method).FirstOrDefault(p => Contracts.Types.IsInlinePacket(p.Type));
        Symbol? root = packet is null ? null : session.Values.Entry(session.Places.Parameter(packet));
        foreach (IParameterSymbol parameter in MethodParameters.Of(method))
        {
            if (Contracts.Types.IsPacket(parameter.Type) || parameter.RefKind == RefKind.Out
                || !(ViewTypes.CanView(parameter.Type, Contracts.Types) || ViewTypes.IsReference(parameter)))
            {
                continue;
            }

            Symbol view = session.Values.Entry(session.Places.Parameter(parameter));
            ViewKind kind = VmbusTypes.Same(Contracts.Types.ExternalData, parameter.Type) ? ViewKind.ExternalData : ViewKind.Buffer;
            if (isSummary)
            {
                domain.Ledger.Recorder!.Enter(parameter, view);
                domain.Ledger.Views.Add(view, new ViewRoot(view, kind));
                continue;
            }

            if (root is null)
            {
                root = view;
                domain.Ledger.Begin(view, isInline: true, parameter.Name, parameter.Locations.FirstOrDefault(), isOwn: false);
            }

            domain.Ledger.Views.Add(view, new ViewRoot(root, kind));
        }
    }

    /// <summary>Whether a body handles addresses, so that it could keep one: anything else can keep no span.</summary>
    public bool MayKeepAddresses(IMethodSymbol method)
        => _addressKeepers.GetOrAdd(MethodBodies.Implementation(method), static m => MethodBodies.FindSyntax(m, CancellationToken.None) is { } body
            && SourceWords.HasAny(body, AddressWords)
            && body.DescendantTokens().Any(static t => t.IsKind(SyntaxKind.FixedKeyword)
                || (t.IsKind(SyntaxKind.AmpersandToken) && t.Parent.IsKind(SyntaxKind.AddressOfExpression))
                || (t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText is "AsPointer" or "AddressOfPinnedArrayElement")));

    private bool HasPacketMembers(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            ITypeSymbol? of = member switch
            {
                IFieldSymbol field => field.Type,
                IPropertySymbol property => property.Type,
                IMethodSymbol { MethodKind: MethodKind.Ordinary } method => method.ReturnType,
                _ => null,
            };
            if (of is not null && Mentions(of, 0))
            {
                return true;
            }
        }

        return false;
    }

    private bool Mentions(ITypeSymbol type, int depth)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return Mentions(array.ElementType, depth + 1);
            case INamedTypeSymbol named:
                if (Contracts.Types.IsPacket(named) || Parts.Has(named))
                {
                    return true;
                }

                if (depth < 3)
                {
                    foreach (ITypeSymbol argument in named.TypeArguments)
                    {
                        if (Mentions(argument, depth + 1))
                        {
                            return true;
                        }
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private PacketSummary Summarize(IMethodSymbol method, SummaryCache<PacketSummary>.Request request, CancellationToken cancellation)
    {
        if (Flow.Bodies.FindGraph(method, cancellation) is not { } graph)
        {
            return PacketSummary.Unknown;
        }

        var domain = new PacketDomain(this, request, OptionsOf(graph.OriginalOperation.Syntax.SyntaxTree), isSummary: true);
        var session = new FlowSession(Flow, domain.Tracks, cancellation, domain.Follows);
        domain.Session = session;
        FlowProgram program = session.ProgramOf(graph, method);
        var interpreter = new FlowInterpreter<PacketStates>(program, domain, session);
        program.Enter();
        var outcomes = new List<PacketOutcome>();
        foreach (FlowExit<PacketStates> exit in interpreter.Run([Enter(domain, session, method, isSummary: true)]))
        {
            PacketOutcome outcome = OutcomeOf(exit, session, method, domain.Ledger);
            domain.Leave(exit);
            if (!outcomes.Contains(outcome))
            {
                outcomes.Add(outcome);
            }
        }

        return new PacketSummary(outcomes.ToImmutableArray(), domain.Ledger.Recorder!.ToSummary(), isKnown: true);
    }

    private PacketOutcome OutcomeOf(FlowExit<PacketStates> exit, FlowSession session, IMethodSymbol method, PacketLedger ledger)
    {
        PacketStates state = exit.Disjunct.State;
        ulong statuses = 0;
        byte defaults = 0;
        bool returnsOwed = exit.Value is Symbol returned && state.Of(returned) == PacketStatus.Owed;
        ulong pended = returnsOwed && ledger.IsPended((Symbol)exit.Value!) ? PacketOutcome.ReturnBit : 0;
        ulong owed = 0;
        ulong empty = 0;
        ulong same = method.IsAsync ? 0 : SourceOf(exit.Value, method, session, PacketOutcome.ReturnSlot);
        foreach (IParameterSymbol parameter in MethodParameters.Of(method))
        {
            int ordinal = MethodParameters.OrdinalOf(parameter);
            if (parameter.RefKind is RefKind.Ref or RefKind.Out && ordinal < PacketOutcome.ReturnSlot && exit.Disjunct.Environment.Find(session.Places.Parameter(parameter).Id) is { } final)
            {
                same |= SourceOf(final, method, session, ordinal);
            }

            if (Contracts.Types.IsPendingPacket(parameter.Type) && parameter.RefKind == RefKind.Out && ordinal < PacketOutcome.MaximumOutputs
                && exit.Disjunct.Environment.Find(session.Places.Parameter(parameter).Id) is { } output)
            {
                ulong bit = 1UL << ordinal;
                bool isEmpty = IsNull(output, exit.Disjunct, session) == true;
                empty |= isEmpty ? bit : 0;
                owed |= !isEmpty && output is Symbol given && (state.Of(given) & ~PacketStatus.Placed) is PacketStatus.Owed or PacketStatus.HandedOn ? bit : 0;
                pended |= output is Symbol put && ledger.IsPended(put) ? bit : 0;
            }
            else if (Contracts.Types.IsPacket(parameter.Type) && parameter.RefKind != RefKind.Out && ordinal < PacketOutcome.MaximumParameters)
            {
                Place place = session.Places.Parameter(parameter);
                Symbol packet = session.Values.Entry(place);
                if (parameter.RefKind == RefKind.Ref && exit.Disjunct.Environment.Find(place.Id) is { } put && !ReferenceEquals(put, packet))
                {
                    ulong bit = 1UL << ordinal;
                    bool isEmpty = IsNull(put, exit.Disjunct, session) == true;
                    empty |= isEmpty ? bit : 0;
                    owed |= isEmpty ? 0 : bit;
                }

                PacketStatus status = exit.Value is { } value && value.Holds(packet) ? PacketStatus.HandedOn : state.Of(packet);
                if ((status & PacketStatus.Pended) != 0 && ledger.IsPendedEnded(packet, state))
                {
                    // The caller sees only the inline one.
                    status |= PacketStatus.Retired;
                }

                if (IsNull(packet, exit.Disjunct, session) == true)
                {
                    status = PacketStatus.Owed;
                    defaults |= (byte)(1 << ordinal);
                }

                statuses |= (ulong)(byte)status << (ordinal * 8);
            }
        }

        bool isAsync = method.IsAsync;
        return new PacketOutcome(
            exit.Kind != FlowExitKind.Return,
            isAsync ? null : RangeOf(exit.Value, exit.Disjunct),
            isAsync || exit.Value is null ? null : IsNull(exit.Value, exit.Disjunct, session),
            returnsOwed,
            owed,
            empty,
            statuses,
            pended,
            same,
            defaults,
            exit.Kind == FlowExitKind.ImplicitThrow && OwesOwn(exit.Disjunct, session, ledger));
    }

    /// <summary>Whether a packet is owed that the function took or pended itself.</summary>
    private static bool OwesOwn(Disjunct<PacketStates> exit, FlowSession session, PacketLedger ledger)
    {
        for (int i = 0; i < exit.State.Count; i++)
        {
            (int packet, PacketStatus status) = exit.State[i];
            if ((status & PacketStatus.Owed) != 0 && ledger.DutyOf(packet) is { IsOwn: true } && IsNull(session.Values[packet], exit, session) != true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which of the packets that a method was given an output is.</summary>
    private ulong SourceOf(Value? output, IMethodSymbol method, FlowSession session, int slot)
    {
        if (output is not Symbol { Kind: Vmbus.Gen.Analyzers.Flow.SymbolKind.Entry } symbol)
        {
            return 0;
        }

        foreach (IParameterSymbol parameter in MethodParameters.Of(method))
        {
            int ordinal = MethodParameters.OrdinalOf(parameter);
            if (ordinal != slot && ordinal < PacketOutcome.MaximumParameters && parameter.RefKind != RefKind.Out
                && Contracts.Types.IsPendingPacket(parameter.Type) && ReferenceEquals(session.Values.Entry(session.Places.Parameter(parameter)), symbol))
            {
                return (ulong)(ordinal + 1) << (slot * 4);
            }
        }

        return 0;
    }

    private static IntervalSet? RangeOf(Value? value, Disjunct<PacketStates> at) => value switch
    {
        Constant { IsNumber: true } constant => IntervalSet.Of(constant.Number),
        Symbol symbol => at.Facts.Find(symbol.Id),
        _ => null,
    };

    public static bool? IsNull(Value value, Disjunct<PacketStates> at, FlowSession session)
        => new ValueAlgebra(session.Values).IsNull(value) switch
        {
            Constant constant => constant.Number != 0,
            Symbol test when at.Facts.Find(test.Id) is { } known => known.Contains(1),
            _ => null,
        };
}
