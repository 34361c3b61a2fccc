using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>What a fix looks at: one document, its tree and its meaning.</summary>
internal sealed class FixScope
{
    private FixScope(SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        Root = root;
        Model = model;
        Cancellation = cancellation;
    }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    public CancellationToken Cancellation { get; }

    public static async Task<FixScope?> CreateAsync(Document document, CancellationToken cancellation)
        => await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root
            && await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? new FixScope(root, model, cancellation)
            : null;

    /// <summary>The innermost node of a kind around the place of a diagnostic.</summary>
    public TNode? NodeAt<TNode>(Diagnostic diagnostic)
        where TNode : SyntaxNode
        => Root.FullSpan.Contains(diagnostic.Location.SourceSpan) ? Root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TNode>() : null;
}
