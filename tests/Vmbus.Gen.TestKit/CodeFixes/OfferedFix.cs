using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Vmbus.Gen.TestKit.CodeFixes;

/// <summary>An action that a provider offers for a diagnostic.</summary>
internal sealed record OfferedFix(Diagnostic Diagnostic, Document Document, CodeAction Action)
{
    /// <summary>What the provider offers, with nested actions in the place of their group. Every action has to have an equivalence key of its own.</summary>
    public static async Task<ImmutableArray<OfferedFix>> ListAsync(CodeFixProvider provider, Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.AddRange(Flatten(action)), cancellationToken)).ConfigureAwait(false);
        if (actions.Find(static a => string.IsNullOrEmpty(a.EquivalenceKey)) is { } without)
        {
            throw new VerificationFailedException($"The action '{without.Title}' has no equivalence key: Fix All cannot tell it from others.");
        }

        if (actions.GroupBy(static a => a.EquivalenceKey).FirstOrDefault(static g => g.Count() > 1) is { } twice)
        {
            throw new VerificationFailedException($"{twice.Count()} actions for one diagnostic have the equivalence key '{twice.Key}': {string.Join(", ", twice.Select(static a => a.Title))}.");
        }

        return [.. actions.Select(a => new OfferedFix(diagnostic, document, a))];
    }

    public static async Task<Solution> ApplyAsync(CodeAction action, CancellationToken cancellationToken)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(cancellationToken).ConfigureAwait(false);
        return operations.OfType<ApplyChangesOperation>().ToArray() is [ApplyChangesOperation apply]
            ? apply.ChangedSolution
            : throw new VerificationFailedException($"The action '{action.Title}' does not change the solution exactly once.");
    }

    private static IEnumerable<CodeAction> Flatten(CodeAction action) => action.NestedActions.IsEmpty ? [action] : action.NestedActions.SelectMany(Flatten);
}
