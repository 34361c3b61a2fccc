using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Levels;

/// <summary>
/// Which code may change the level or say something of it, so that it must be looked at although no contract begins there. Asked of
/// the text of its file, which is remembered as long as the file is not edited.
/// </summary>
internal sealed class RaisingCode
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileFacts> FactsOfTrees = new();

    private readonly Lazy<ImmutableArray<string>> _raisers;
    private readonly ConcurrentDictionary<SyntaxTree, bool> _mentions = new();

    public RaisingCode(Compilation compilation)
        => _raisers = new(() => [.. compilation.SyntaxTrees.SelectMany(static t => Facts(t).Raisers).Distinct(StringComparer.Ordinal).OrderBy(static n => n, StringComparer.Ordinal)]);

    /// <summary>Whether a file raises, lowers, or has contracts on functions inside others.</summary>
    public bool IsIn(SyntaxTree tree) => _mentions.GetOrAdd(tree, t => Facts(t).MentionsLevels || (!_raisers.Value.IsEmpty && SourceWords.HasAny(t, _raisers.Value)));

    /// <summary>Whether a file raises.</summary>
    public static bool RaisesIn(SyntaxTree tree) => Facts(tree).Raises;

    private static FileFacts Facts(SyntaxTree tree) => FactsOfTrees.GetValue(tree, static t => new FileFacts(t));

    private sealed class FileFacts
    {
        public FileFacts(SyntaxTree tree)
        {
            bool raises = SourceWords.HasAny(tree, ["IrqlRaises"]);
            Raises = raises || SourceWords.HasAny(tree, ["KernelIrql.Raise"]);
            MentionsLevels = raises || SourceWords.HasAny(tree, ["KernelIrql", "IrqlRequires", "IrqlScope"]);
            Raisers = raises
                ? [.. tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>()
                    .Where(static a => a.Name.ToString().IndexOf("IrqlRaises", StringComparison.Ordinal) >= 0)
                    .Select(static a => NameOf(a.Parent?.Parent))
                    .OfType<string>()]
                : [];
        }

        public bool MentionsLevels { get; }

        public bool Raises { get; }

        /// <summary>The names of what is declared to raise.</summary>
        public ImmutableArray<string> Raisers { get; }

        private static string? NameOf(SyntaxNode? declaration) => declaration switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
            DelegateDeclarationSyntax type => type.Identifier.ValueText,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            _ => null,
        };
    }
}
