using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>One change of one node. Whichever diagnostic asks for it, a node is changed in one way only, so that equal requests fall together.</summary>
internal readonly struct NodeEdit(SyntaxNode node, Func<SyntaxNode, SyntaxNode> replace)
{
    public SyntaxNode Node { get; } = node;

    /// <summary>From the node as it is then, with changes inside it, to the new one.</summary>
    public Func<SyntaxNode, SyntaxNode> Replace { get; } = replace;

    public static NodeEdit Of<TNode>(TNode node, Func<TNode, TNode> replace)
        where TNode : SyntaxNode
        => new(node, current => replace((TNode)current));
}
