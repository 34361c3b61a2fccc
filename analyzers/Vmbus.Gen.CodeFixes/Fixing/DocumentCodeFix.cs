using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>
/// The base of the code fixes: a fix changes the document of its diagnostic. Fix All hands over all diagnostics of a document at once, so that changes that touch
/// one another are neither lost nor made twice.
/// </summary>
public abstract class DocumentCodeFix : CodeFixProvider
{
    /// <summary>Tells the action of this fix from those of others; the same for all diagnostics, so that Fix All takes them together.</summary>
    private string EquivalenceKey => GetType().Name;

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await FixScope.CreateAsync(context.Document, context.CancellationToken).ConfigureAwait(false) is not { } scope)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await OfferAsync(scope, diagnostic).ConfigureAwait(false) is { } offer)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(offer.Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(offer.Apply())), EquivalenceKey), diagnostic);
            }
        }
    }

    /// <summary>The fix for a diagnostic; null where no change is certain to be right, and then nothing is offered.</summary>
    private protected abstract Task<FixOffer?> OfferAsync(FixScope scope, Diagnostic diagnostic);

    /// <summary>The tree with the diagnostics fixed that this fix is offered for.</summary>
    private protected abstract Task<SyntaxNode> FixAsync(FixScope scope, ImmutableArray<Diagnostic> diagnostics);

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
        => await FixScope.CreateAsync(document, cancellation).ConfigureAwait(false) is { } scope
            ? document.WithSyntaxRoot(await FixAsync(scope, diagnostics).ConfigureAwait(false))
            : document;
}
