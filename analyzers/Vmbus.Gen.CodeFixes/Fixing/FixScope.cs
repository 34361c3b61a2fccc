using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>What a fix looks at: one document, its tree and its meaning.</summary>
internal sealed class FixScope
{
    private FixScope(SyntaxNode root, SemanticModel model, AnalyzerOptions options, CancellationToken cancellation)
    {
        Root = root;
        Model = model;
        Options = options;
        Cancellation = cancellation;
    }

    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    /// <summary>What the project says to its analyzers.</summary>
    public AnalyzerOptions Options { get; }

    public CancellationToken Cancellation { get; }

    public static async Task<FixScope?> CreateAsync(Document document, CancellationToken cancellation)
        => await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root
            && await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? new FixScope(root, model, document.Project.AnalyzerOptions, cancellation)
            : null;

    /// <summary>The same with the tree changed: a fork, of which the document knows nothing.</summary>
    public FixScope WithRoot(SyntaxNode root)
    {
        SyntaxTree tree = Root.SyntaxTree.WithRootAndOptions(root, Root.SyntaxTree.Options);
        return new FixScope(
            tree.GetRoot(Cancellation), Model.Compilation.ReplaceSyntaxTree(Root.SyntaxTree, tree).GetSemanticModel(tree), Options, Cancellation);
    }

    /// <summary>The innermost node of a kind around the place of a diagnostic.</summary>
    public TNode? NodeAt<TNode>(Diagnostic diagnostic)
        where TNode : SyntaxNode
        => NodeAt<TNode>(diagnostic.Location);

    /// <summary>The innermost node of a kind around a place of the document.</summary>
    public TNode? NodeAt<TNode>(Location location)
        where TNode : SyntaxNode
        => location.SourceTree == Root.SyntaxTree && Root.FullSpan.Contains(location.SourceSpan)
            ? Root.FindNode(location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>()
            : null;
}
