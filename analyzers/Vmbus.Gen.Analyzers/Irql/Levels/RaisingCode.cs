using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Levels;

/// <summary>
/// Which code may change the level or say something of it, so that it must be looked at although no contract begins there. Asked of
/// the text of its file, which is remembered as long as the file is not edited, and of the names that other files give to what raises.
/// </summary>
internal sealed class RaisingCode
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileFacts> FactsOfTrees = new();

    private readonly Lazy<ImmutableArray<string>> _names;
    private readonly ConcurrentDictionary<SyntaxTree, bool> _usesNames = new();

    private readonly Lazy<bool> _requiresMore;

    public RaisingCode(Compilation compilation, IAssemblySymbol runtime)
    {
        _names = new(() => [.. compilation.SyntaxTrees.SelectMany(static t => Facts(t).Names).Distinct(StringComparer.Ordinal).OrderBy(static n => n, StringComparer.Ordinal)]);
        _requiresMore = new(() => compilation.SyntaxTrees.Any(static t => Facts(t).RequiresMore)
            || compilation.SourceModule.ReferencedAssemblySymbols.Any(a => a.Modules.Any(m => m.ReferencedAssemblies.Contains(runtime.Identity))));
    }

    /// <summary>
    /// Whether anything in sight may require a level above PASSIVE_LEVEL. What runs on other threads is wrong only then: nothing else is, at PASSIVE_LEVEL.
    /// </summary>
    public bool IsMoreRequired => _requiresMore.Value;

    /// <summary>Whether a file raises, lowers, or has contracts on functions inside others.</summary>
    public bool IsIn(SyntaxTree tree) => Facts(tree).MentionsLevels || UsesNames(tree);

    /// <summary>Whether a file may raise.</summary>
    public bool RaisesIn(SyntaxTree tree) => Facts(tree).Raises || UsesNames(tree);

    private bool UsesNames(SyntaxTree tree) => !_names.Value.IsEmpty && _usesNames.GetOrAdd(tree, t => SourceWords.HasAny(t, _names.Value));

    private static FileFacts Facts(SyntaxTree tree) => FactsOfTrees.GetValue(tree, static t => new FileFacts(t));

    private sealed class FileFacts
    {
        public FileFacts(SyntaxTree tree)
        {
            bool declares = SourceWords.HasAny(tree, ["IrqlRaises"]);
            Raises = declares || SourceWords.HasAny(tree, ["KernelIrql.Raise"]);
            MentionsLevels = declares || SourceWords.HasAny(tree, ["KernelIrql", "IrqlRequires", "IrqlScope"]);
            RequiresMore = MentionsLevels && SourceWords.HasAny(tree, ["IrqlRequires(", "IrqlRequiresMin", "IrqlRequiresAttribute"]);
            Names = !MentionsLevels ? []
                : [.. tree.GetRoot().DescendantNodes(n => declares || n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).SelectMany(NamesIn)];
        }

        public bool MentionsLevels { get; }

        public bool Raises { get; }

        public bool RequiresMore { get; }

        /// <summary>How what raises may be written in any file: what is declared to raise, and what a using directive makes of KernelIrql.</summary>
        public ImmutableArray<string> Names { get; }

        private static IEnumerable<string> NamesIn(SyntaxNode node) => node switch
        {
            AttributeSyntax attribute when attribute.Name.ToString().IndexOf("IrqlRaises", StringComparison.Ordinal) >= 0 && NameOf(attribute.Parent?.Parent) is { } name => [name],
            UsingDirectiveSyntax { StaticKeyword.RawKind: (int)SyntaxKind.StaticKeyword } directive when IsKernelIrql(directive.NamespaceOrType) => ["Raise(", "Lower("],
            UsingDirectiveSyntax { Alias.Name.Identifier.ValueText: { } alias } directive when IsKernelIrql(directive.NamespaceOrType) => [alias + ".Raise", alias + ".Lower"],
            _ => [],
        };

        private static bool IsKernelIrql(TypeSyntax type)
            => (type switch { QualifiedNameSyntax qualified => qualified.Right, AliasQualifiedNameSyntax qualified => qualified.Name, _ => type }) is IdentifierNameSyntax { Identifier.ValueText: "KernelIrql" };

        private static string? NameOf(SyntaxNode? declaration) => declaration switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
            DelegateDeclarationSyntax type => type.Identifier.ValueText,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            _ => null,
        };
    }
}
