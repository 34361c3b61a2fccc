using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>
/// One change at one node. Whichever diagnostic asks for it, a node is replaced in one way only, and the same statement is inserted in one place once, so that
/// equal requests fall together.
/// </summary>
internal sealed class NodeEdit
{
    private NodeEdit(SyntaxNode node, Func<SyntaxNode, SyntaxNode>? replace = null)
    {
        Node = node;
        Replace = replace;
    }

    public SyntaxNode Node { get; }

    /// <summary>From the node as it is then, with changes inside it, to the new one.</summary>
    public Func<SyntaxNode, SyntaxNode>? Replace { get; }

    /// <summary>Statements to run before the node, which is a statement.</summary>
    public ImmutableArray<StatementSyntax> Before { get; private init; } = [];

    /// <summary>Statements to run after the node, which is a statement.</summary>
    public ImmutableArray<StatementSyntax> Behind { get; private init; } = [];

    /// <summary>Whether the node, a statement of a list, goes.</summary>
    public bool Removes { get; private init; }

    public static NodeEdit Of<TNode>(TNode node, Func<TNode, TNode> replace)
        where TNode : SyntaxNode
        => new(node, current => replace((TNode)current));

    /// <summary>Replaces a node by one of another kind.</summary>
    public static NodeEdit Exchange<TNode>(TNode node, Func<TNode, SyntaxNode> replace)
        where TNode : SyntaxNode
        => new(node, current => replace((TNode)current));

    public static NodeEdit InsertBefore(StatementSyntax statement, params ImmutableArray<StatementSyntax> inserted) => new(statement) { Before = inserted };

    public static NodeEdit InsertBehind(StatementSyntax statement, params ImmutableArray<StatementSyntax> inserted) => new(statement) { Behind = inserted };

    public static NodeEdit Remove(StatementSyntax statement) => new(statement) { Removes = true };
}
