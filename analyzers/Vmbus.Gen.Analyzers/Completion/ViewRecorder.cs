using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Collects, for the summary of a method, what it does with the packets and views in its parameters.</summary>
internal sealed class ViewRecorder
{
    private readonly Dictionary<int, int> _ordinals = [];
    private readonly SortedSet<(int Subject, int Packet, PacketRule Rule)> _lateUses = [];
    private readonly SortedSet<(int Output, int Source)> _outputs = [];
    private ulong _ends;
    private ulong _reads;
    private ulong _retains;
    private ulong _returns;

    public void Enter(IParameterSymbol parameter, Symbol value) => _ordinals[value.Id] = MethodParameters.OrdinalOf(parameter);

    public void End(Symbol packet) => _ends |= BitOf(packet);

    public void Read(Symbol subject) => _reads |= BitOf(subject);

    public void Retain(Symbol subject) => _retains |= BitOf(subject);

    public void Return(Symbol subject) => _returns |= BitOf(subject);

    public void Output(IParameterSymbol output, Symbol source)
    {
        if (_ordinals.TryGetValue(source.Id, out int from))
        {
            _outputs.Add((MethodParameters.OrdinalOf(output), from));
        }
    }

    /// <summary>Notes a use of a subject for every packet of the method that is completed by then.</summary>
    public void UseLate(Symbol subject, Func<Symbol, bool> isRetired, ValueTable values, PacketRule rule)
    {
        if (!_ordinals.TryGetValue(subject.Id, out int used))
        {
            return;
        }

        foreach (KeyValuePair<int, int> parameter in _ordinals)
        {
            if (isRetired(values[parameter.Key]))
            {
                _lateUses.Add((used, parameter.Value, rule));
            }
        }
    }

    public ViewSummary ToSummary()
        => _ends == 0 && _reads == 0 && _retains == 0 && _returns == 0 && _lateUses.Count == 0 && _outputs.Count == 0
            ? ViewSummary.None
            : new ViewSummary(_ends, _reads, _retains, _returns, [.. _lateUses.Select(static u => new LateUse(u.Subject, u.Packet, u.Rule))], [.. _outputs]);

    private ulong BitOf(Symbol subject) => _ordinals.TryGetValue(subject.Id, out int ordinal) && ordinal < 64 ? 1UL << ordinal : 0;
}
