using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>
/// The base of the code fixes: a fix is a set of node edits in the document of its diagnostic. Fix All gathers the edits of all diagnostics of a document and
/// makes them at once, so that edits that touch one another are neither lost nor made twice.
/// </summary>
public abstract class DocumentCodeFix : CodeFixProvider
{
    /// <summary>Tells the action of this fix from those of others; the same for all diagnostics, so that Fix All takes them together.</summary>
    private protected abstract string EquivalenceKey { get; }

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
            if (Find(scope, diagnostic) is { } fix)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, token => FixAsync(context.Document, ImmutableArray.Create(diagnostic), token), EquivalenceKey), diagnostic);
            }
        }
    }

    /// <summary>The fix for a diagnostic; null where no edit is certain to be right, and then nothing is offered.</summary>
    private protected abstract Fix? Find(FixScope scope, Diagnostic diagnostic);

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await FixScope.CreateAsync(document, cancellation).ConfigureAwait(false) is not { } scope)
        {
            return document;
        }

        SyntaxEditor editor = new(scope.Root, document.Project.Solution.Workspace.Services);
        HashSet<SyntaxNode> edited = [];
        foreach (Diagnostic diagnostic in diagnostics)
        {
            foreach (NodeEdit edit in Find(scope, diagnostic)?.Edits ?? [])
            {
                if (edited.Add(edit.Node))
                {
                    editor.ReplaceNode(edit.Node, (current, _) => edit.Replace(current));
                }
            }
        }

        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }
}
