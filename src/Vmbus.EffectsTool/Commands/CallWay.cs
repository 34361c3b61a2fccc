using System.Globalization;
using System.Text;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Graph;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Commands;

/// <summary>The way from a member to what blocks, as text.</summary>
internal static class CallWay
{
    private const string Arrow = " -> ";

    /// <summary>Grade, category and condition.</summary>
    public static string Verdict(BlockingMember member)
        => member.Category == BlockingCategory.None
            ? "none"
            : $"{member.Grade.ToString().ToLowerInvariant()} {BlockingWords.Of(member.Category)} {BlockingWords.Of(member.Condition)}".TrimEnd();

    /// <summary>Grade, category and condition of an effect, and how many steps of its way are detours.</summary>
    public static string Measured(FrameworkAnalysis analysis, MethodNode method, MethodEffect? effect)
        => effect is { Detours: > 0 and var detours }
            ? string.Create(CultureInfo.InvariantCulture, $"{Verdict(analysis.Of(method, effect))} ({detours} {(detours == 1 ? "detour" : "detours")})")
            : Verdict(analysis.Of(method, effect));

    /// <summary>Types and names, in one line.</summary>
    public static string Short(FrameworkAnalysis analysis, MethodNode method)
        => string.Join(Arrow, analysis.Effects.WayFrom(method).Skip(1).Select(static e => $"{e.Method.Owner.Name}.{e.Method.Name}"));

    /// <summary>One line a call: how it is made, and what is there.</summary>
    public static string Long(FrameworkAnalysis analysis, MethodNode method)
    {
        var text = new StringBuilder();
        foreach (MethodEffect effect in analysis.Effects.WayFrom(method))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{effect.Method.Id}  [{effect.Method.Owner.File.Name}]");
            ReviewedMember? entry = analysis.Reviewed.Find(effect.Method);
            if (effect.Via is { } edge)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {Describe(edge)}{(effect.Detours > analysis.Effects.Of(effect.Next!)!.Detours ? ": a detour" : "")}");
            }
            else if (Primitives.NameOf(effect.Method) is { } native)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  primitive {native}: {BlockingWords.Of(effect.Category)}");
            }
            else if (entry is not null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  reviewed: {entry.Verdict.ToString().ToLowerInvariant()} {BlockingWords.Of(entry.Category)}: {entry.Reason}");
            }
        }

        return text.ToString();
    }

    private static string Describe(CallEdge edge)
    {
        string kind = edge.Kind switch
        {
            EdgeKind.Direct => "calls",
            EdgeKind.Closed => $"calls one of {edge.Targets.Count} known targets of {edge.Declared.Id},",
            EdgeKind.Open => $"calls {edge.Declared.Id}, which others may override,",
            EdgeKind.AsyncStart => "runs, up to its first await, the async body",
            EdgeKind.Enumeration => "runs, when it is enumerated, the iterator's body",
            _ => "may run a static constructor,",
        };
        string where = edge.Offset < 0 ? "" : $" at IL_{edge.Offset:x4}";
        return kind + where + edge.Context switch
        {
            CallContext.Once => ", while a static field is null",
            CallContext.Exceptional => ", in a handler of exceptions",
            _ => "",
        };
    }
}
