using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Makes edits, all at once. A statement that stands alone, without a block, gets one where others come to it.</summary>
internal static class EditedTree
{
    public static SyntaxNode Apply(SyntaxNode root, IEnumerable<NodeEdit> edits)
    {
        Dictionary<SyntaxNode, Change> changes = [];
        HashSet<SyntaxNode> targets = [];
        foreach (NodeEdit edit in edits)
        {
            if (!changes.TryGetValue(edit.Node, out Change? change))
            {
                changes.Add(edit.Node, change = new Change());
            }

            change.Add(edit);
            targets.Add(edit.Replace is null && Statements.ListOf(edit.Node.Parent) is not null ? edit.Node.Parent! : edit.Node);
            if (change.IsList && Statements.ListOf(edit.Node.Parent) is not null)
            {
                targets.Add(edit.Node.Parent!);
            }
        }

        StatementLayout layout = new(root);
        return root.ReplaceNodes(targets, (original, current) => Rewrite(original, current, changes, layout));
    }

    private static SyntaxNode Rewrite(SyntaxNode original, SyntaxNode current, Dictionary<SyntaxNode, Change> changes, StatementLayout layout)
    {
        if (Statements.ListOf(original) is { } list)
        {
            SyntaxList<StatementSyntax> statements = layout.Merge(list, Statements.ListOf(current)!.Value, s => changes.TryGetValue(s, out Change? change) ? change : null);
            current = current switch
            {
                BlockSyntax block => block.WithStatements(statements),
                SwitchSectionSyntax section => section.WithStatements(statements),
                _ => current,
            };
        }

        if (!changes.TryGetValue(original, out Change? own))
        {
            return current;
        }

        SyntaxNode replaced = own.Replace?.Invoke(current) ?? current;
        return own.IsList && Statements.ListOf(original.Parent) is null ? StatementLayout.Surround(own.Before, (StatementSyntax)replaced, own.Behind) : replaced;
    }

    /// <summary>What all edits of a node come to.</summary>
    internal sealed class Change
    {
        private readonly List<StatementSyntax> _before = [];
        private readonly List<StatementSyntax> _behind = [];

        public Func<SyntaxNode, SyntaxNode>? Replace { get; private set; }

        public bool Removes { get; private set; }

        public IReadOnlyList<StatementSyntax> Before => _before;

        public IReadOnlyList<StatementSyntax> Behind => _behind;

        public bool IsList => Removes || _before.Count > 0 || _behind.Count > 0;

        public void Add(NodeEdit edit)
        {
            Replace ??= edit.Replace;
            Removes |= edit.Removes;
            AddNew(_before, edit.Before);
            AddNew(_behind, edit.Behind);
        }

        private static void AddNew(List<StatementSyntax> all, ImmutableArray<StatementSyntax> some)
            => all.AddRange(some.Where(s => !all.Exists(a => SyntaxFactory.AreEquivalent(a, s))));
    }
}
