using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Says a path in words: what was decided on the way, shortly.</summary>
internal static class PathText
{
    public const int MaximumMessage = 160;

    private const int MaximumCondition = 48;

    /// <summary><c>when 'a' is true and 'b' is false and</c>, or less of it: the last decisions that fit into the room.</summary>
    public static string Describe(PathStep? path, string subject, string end)
    {
        var phrases = new List<string>();
        for (PathStep? step = path; step is not null; step = step.Previous)
        {
            if (Phrase(step) is { } phrase && !phrases.Contains(phrase))
            {
                phrases.Add(phrase);
            }
        }

        string text = subject + " when " + end;
        var chosen = new List<string>();
        int length = text.Length;
        foreach (string phrase in phrases)
        {
            if (length + phrase.Length + " and ".Length > MaximumMessage)
            {
                break;
            }

            chosen.Add(phrase);
            length += phrase.Length + " and ".Length;
        }

        if (chosen.Count == 0)
        {
            return text;
        }

        chosen.Reverse();
        return new StringBuilder(subject).Append(" when ").Append(string.Join(" and ", chosen)).Append(" and ").Append(end).ToString();
    }

    /// <summary>Where the decisions of a path stand, first to last.</summary>
    public static IEnumerable<Location> Locations(PathStep? path)
    {
        if (path is null)
        {
            yield break;
        }

        foreach (PathStep step in path.ToList())
        {
            yield return step.Syntax is CatchClauseSyntax handler ? handler.CatchKeyword.GetLocation() : step.Syntax.GetLocation();
        }
    }

    private static string? Phrase(PathStep step)
    {
        SyntaxNode syntax = step.Syntax;
        bool isTrue = step.Kind == PathStepKind.WhenTrue;
        switch (step.Kind)
        {
            case PathStepKind.Caught:
                return syntax is CatchClauseSyntax { Declaration.Type: { } type } ? $"'{type}' is caught" : "an exception is caught";
            case PathStepKind.ReturnsTrue:
                return $"'{Callee(syntax)}' returns true";
            case PathStepKind.ReturnsFalse:
                return $"'{Callee(syntax)}' returns false";
            case PathStepKind.ReturnsNull:
                return $"'{Callee(syntax)}' returns nothing";
            case PathStepKind.ReturnsValue:
                return $"'{Callee(syntax)}' returns something";
            case PathStepKind.Does:
                return $"'{Callee(syntax)}' completes";
            case PathStepKind.DoesNot:
                return $"'{Callee(syntax)}' does not complete";
        }

        if (!isTrue && LoopOf(syntax) is not null)
        {
            return "the loop ends";
        }

        switch (syntax)
        {
            case SwitchLabelSyntax or SwitchExpressionArmSyntax or PatternSyntax:
            case { Parent: CaseSwitchLabelSyntax }:
                string pattern = Shorten(syntax is SwitchExpressionArmSyntax arm ? arm.Pattern : syntax).TrimEnd(':');
                return isTrue ? $"'{pattern}' matches" : $"'{pattern}' does not match";
            case var _ when syntax.Parent is CommonForEachStatementSyntax loop && ReferenceEquals(loop.Expression, syntax):
                return $"'{Shorten(syntax)}' has an element";
        }

        if (step.Operation is IIsNullOperation { IsImplicit: true })
        {
            return isTrue ? $"'{Shorten(syntax)}' is null" : $"'{Shorten(syntax)}' is not null";
        }

        return isTrue ? $"'{Shorten(syntax)}' is true" : $"'{Shorten(syntax)}' is false";
    }

    private static string Callee(SyntaxNode syntax) => Shorten(syntax is InvocationExpressionSyntax call ? call.Expression : syntax);

    private static SyntaxNode? LoopOf(SyntaxNode condition) => condition.Parent switch
    {
        WhileStatementSyntax loop when ReferenceEquals(loop.Condition, condition) => loop,
        ForStatementSyntax loop when ReferenceEquals(loop.Condition, condition) => loop,
        DoStatementSyntax loop when ReferenceEquals(loop.Condition, condition) => loop,
        CommonForEachStatementSyntax loop when ReferenceEquals(loop.Expression, condition) => loop,
        _ => null,
    };

    public static string Shorten(SyntaxNode syntax)
        => Cut(string.Join(" ", syntax.ToString().Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>A text so short that several fit into a message.</summary>
    public static string Cut(string text) => text.Length > MaximumCondition ? text.Substring(0, MaximumCondition - 3) + "..." : text;
}
