using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>The packets that an analysis meets, whose duties they are, and what is found wrong with them.</summary>
internal sealed class PacketLedger(VmbusTypes types)
{
    private readonly Dictionary<int, PacketDuty> _duties = [];
    private readonly List<PacketFinding> _findings = [];
    private readonly List<PacketFinding> _outOfScope = [];
    private readonly List<(Symbol Inline, Symbol Pended)> _pended = [];
    private readonly List<EscapedPacket> _escapes = [];

    public IReadOnlyList<PacketFinding> Findings => _findings;

    /// <summary>Packets that went out of scope in a loop, for loops that no path leaves.</summary>
    public IReadOnlyList<PacketFinding> OutOfScope => _outOfScope;

    /// <summary>The functions that escaped with a packet that they captured.</summary>
    public IReadOnlyList<EscapedPacket> Escapes => _escapes;

    public PacketViews Views { get; } = new();

    /// <summary>What the method does with its parameters' memory, where a summary of it is wanted.</summary>
    public ViewRecorder? Recorder { get; init; }

    public PacketDuty? DutyOf(int symbol) => _duties.TryGetValue(symbol, out PacketDuty? duty) ? duty : null;

    /// <summary>Lets a packet be followed from now on.</summary>
    public PacketDuty Begin(Symbol symbol, bool isInline, string name, Location? location, bool isOwn)
    {
        if (!_duties.TryGetValue(symbol.Id, out PacketDuty? duty))
        {
            duty = new PacketDuty(symbol, isInline) { Name = name, Location = location, IsOwn = isOwn };
            _duties.Add(symbol.Id, duty);
        }

        return duty;
    }

    /// <summary>A function takes a packet along; on different paths it may begin with different statuses.</summary>
    public void Escape(EscapedPacket escaped)
    {
        int known = _escapes.FindIndex(e => e.Function.Equals(escaped.Function) && ReferenceEquals(e.Place, escaped.Place) && e.Element == escaped.Element);
        if (known < 0)
        {
            _escapes.Add(escaped);
        }
        else if (_escapes[known].Status == PacketStatus.Unknown || escaped.Status == PacketStatus.Unknown)
        {
            // Of a path on which more is known the more is told.
            _escapes[known] = escaped.Status == PacketStatus.Unknown ? _escapes[known] : escaped;
        }
        else if ((_escapes[known].Status | escaped.Status, _escapes[known].SameAs == escaped.SameAs ? escaped.SameAs : null) is var (status, sameAs)
            && (status != _escapes[known].Status || sameAs != _escapes[known].SameAs))
        {
            _escapes[known] = _escapes[known] with { Status = status, SameAs = sameAs };
        }
    }

    /// <summary>The duty of a packet; one that is met first at <paramref name="operation"/> has the name by which a call there calls it.</summary>
    public PacketDuty DutyOrNew(Symbol symbol, IOperation operation)
    {
        IOperation named = operation switch
        {
            IInvocationOperation { Instance: { } instance } when types.IsPacket(instance.Type) => instance,
            IInvocationOperation call => call.Arguments.FirstOrDefault(a => types.IsPacket(a.Value.Type))?.Value ?? call,
            _ => operation,
        };
        return Begin(symbol, types.IsInlinePacket(named.Type), PathText.Shorten(named.Syntax), named.Syntax.GetLocation(), isOwn: false);
    }

    /// <summary>The packet has another symbol from now on.</summary>
    public void Rename(Symbol from, Symbol to)
    {
        if (_duties.TryGetValue(from.Id, out PacketDuty? duty) && !_duties.ContainsKey(to.Id))
        {
            _duties.Add(to.Id, duty);
        }
    }

    /// <summary>Whether what an inline packet became when it was pended, on this path or another, is ended in a state.</summary>
    public bool IsPendedEnded(Symbol inline, PacketStates state)
    {
        foreach ((Symbol from, Symbol pended) in _pended)
        {
            if (ReferenceEquals(from, inline) && (state.Of(pended) & PacketStatus.Retired) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Pend(Symbol inline, Symbol pended)
    {
        if (!_pended.Contains((inline, pended)))
        {
            _pended.Add((inline, pended));
        }
    }

    /// <summary>Whether some inline packet became this one when it was pended.</summary>
    public bool IsPended(Symbol pended)
    {
        foreach ((_, Symbol known) in _pended)
        {
            if (ReferenceEquals(known, pended))
            {
                return true;
            }
        }

        return false;
    }

    public void Report(PacketRule rule, PacketDuty duty, IOperation operation, PathStep? path)
    {
        bool isOfLoop = operation.IsImplicit && operation.Syntax.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is not null
            && operation is IPropertyReferenceOperation { Property.Name: "Current" };
        SyntaxNode syntax = isOfLoop ? operation.Syntax.FirstAncestorOrSelf<CommonForEachStatementSyntax>()!.Expression : operation.Syntax;
        Location location = syntax.GetLocation();
        if (!_findings.Exists(f => f.Rule == rule && f.Location == location))
        {
            _findings.Add(new PacketFinding(rule, duty, location, syntax, path, null)
            {
                IsOfLoop = isOfLoop,
                Completion = ComesTooLate(rule) ? duty.Completion : null,
                Passing = ComesTooLate(rule) ? duty.Passing : null,
            });
        }
    }

    private static bool ComesTooLate(PacketRule rule) => rule is not (PacketRule.Lost or PacketRule.ExternalDataPending or PacketRule.KeptBeyondCallback);

    /// <summary>A variable goes out of scope with the packet that it holds, because the loop around begins its next round.</summary>
    public void NoteOutOfScope(PacketDuty duty, IOperation declaration, PathStep? path)
    {
        if (duty.Location is { } begin && !_outOfScope.Exists(f => ReferenceEquals(f.Duty, duty)))
        {
            _outOfScope.Add(new PacketFinding(PacketRule.NotCompleted, duty, begin, declaration.Syntax, path, new FunctionEnd(declaration.Syntax.GetLocation(), FunctionEndKind.Round)));
        }
    }

    /// <summary>A local that takes a packet gives it its name.</summary>
    public void Name(Value? value, ISymbol name, SyntaxNode target) => Name(value, name, target, isWhole: false);

    private void Name(Value? value, ISymbol name, SyntaxNode target, bool isWhole)
    {
        if (value is Aggregate whole)
        {
            foreach (Value element in whole.Elements)
            {
                Name(element, name, target, isWhole: true);
            }
        }
        else if (value is Symbol packet && _duties.TryGetValue(packet.Id, out PacketDuty? duty) && !duty.IsNamed && !duty.IsInline && (!isWhole || duty.Part.Length > 0))
        {
            duty.IsNamed = true;
            duty.Name = isWhole ? name.Name + duty.Part : name.Name;
            duty.Location = target switch
            {
                VariableDeclaratorSyntax declarator => declarator.Identifier.GetLocation(),
                SingleVariableDesignationSyntax designation => designation.Identifier.GetLocation(),
                DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } => designation.Identifier.GetLocation(),
                _ => target.GetLocation(),
            };
        }
    }
}
