using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Where names stand in the compilation's files; a file is read once, when it is first asked for.</summary>
internal sealed class IdentifierIndex(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, ILookup<string, SimpleNameSyntax>> _files = new();

    /// <summary>The uses of a name within some nodes, or in the whole compilation.</summary>
    public IEnumerable<SimpleNameSyntax> Find(string name, IEnumerable<SyntaxNode>? within, CancellationToken cancellation)
    {
        if (within is null)
        {
            foreach (SyntaxTree tree in compilation.SyntaxTrees)
            {
                foreach (SimpleNameSyntax found in InFile(tree, cancellation)[name])
                {
                    yield return found;
                }
            }

            yield break;
        }

        foreach (SyntaxNode node in within)
        {
            foreach (SimpleNameSyntax found in InFile(node.SyntaxTree, cancellation)[name])
            {
                if (node.Span.Contains(found.Span))
                {
                    yield return found;
                }
            }
        }
    }

    private ILookup<string, SimpleNameSyntax> InFile(SyntaxTree tree, CancellationToken cancellation)
        => _files.GetOrAdd(tree, t => t.GetRoot(cancellation).DescendantNodes().OfType<SimpleNameSyntax>().ToLookup(static n => n.Identifier.ValueText, StringComparer.Ordinal));
}
