using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>The base of the fixes that are right by what they look at: a fix is a set of edits, and those of all diagnostics are made together.</summary>
public abstract class EditingCodeFix : DocumentCodeFix
{
    /// <summary>The fix for a diagnostic; null where no edit is certain to be right, and then nothing is offered.</summary>
    private protected abstract Fix? Find(FixScope scope, Diagnostic diagnostic);

    /// <inheritdoc/>
    private protected sealed override Task<FixOffer?> OfferAsync(FixScope scope, Diagnostic diagnostic)
    {
        SyntaxNode root = scope.Root;
        return Task.FromResult(Find(scope, diagnostic) is { } fix ? new FixOffer(fix.Title, () => EditedTree.Apply(root, fix.Edits)) : null);
    }

    /// <inheritdoc/>
    private protected sealed override Task<SyntaxNode> FixAsync(FixScope scope, ImmutableArray<Diagnostic> diagnostics)
        => Task.FromResult(EditedTree.Apply(scope.Root, diagnostics.SelectMany(d => Find(scope, d)?.Edits ?? [])));
}
