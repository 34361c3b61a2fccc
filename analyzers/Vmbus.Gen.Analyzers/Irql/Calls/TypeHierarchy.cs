using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// Which types of the compilation derive from or implement which. Asked by the names that base lists are written with, which are
/// remembered for each file as long as it is not edited; so a keystroke costs one file, not all.
/// </summary>
internal sealed class TypeHierarchy
{
    private static readonly ConditionalWeakTable<SyntaxTree, BaseLists> ListsOfTrees = new();

    private readonly Compilation _compilation;
    private readonly MethodBodies _bodies;
    private readonly Lazy<ILookup<string, TypeDeclarationSyntax>> _byBaseName;
    private readonly Lazy<ILookup<string, string>> _aliases;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<INamedTypeSymbol>> _derived = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _implementations = new(SymbolEqualityComparer.Default);

    public TypeHierarchy(Compilation compilation, MethodBodies bodies)
    {
        _compilation = compilation;
        _bodies = bodies;
        _byBaseName = new(() => _compilation.SyntaxTrees.SelectMany(static t => Lists(t).Declarations).ToLookup(static d => d.Base, static d => d.Type, StringComparer.Ordinal));
        _aliases = new(() => _compilation.SyntaxTrees.SelectMany(static t => Lists(t).Aliases).ToLookup(static a => a.Target, static a => a.Alias, StringComparer.Ordinal));
    }

    /// <summary>The methods that a call of <paramref name="member"/>, virtual or of an interface, may run, where its type is written here.</summary>
    public ImmutableArray<IMethodSymbol> Implementations(IMethodSymbol member) => _implementations.GetOrAdd(member.OriginalDefinition, FindImplementations);

    private static BaseLists Lists(SyntaxTree tree) => ListsOfTrees.GetValue(tree, static t => new BaseLists(t));

    private ImmutableArray<IMethodSymbol> FindImplementations(IMethodSymbol member)
    {
        if (member.ContainingType.DeclaringSyntaxReferences.Length == 0)
        {
            return member.IsAbstract ? [] : [member];
        }

        var found = new List<IMethodSymbol>();
        if (!member.IsAbstract)
        {
            found.Add(member);
        }

        foreach (INamedTypeSymbol type in Derived(member.ContainingType))
        {
            if (member.ContainingType.TypeKind == TypeKind.Interface)
            {
                foreach (INamedTypeSymbol implemented in type.AllInterfaces)
                {
                    if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, member.ContainingType)
                        && implemented.GetMembers(member.Name).OfType<IMethodSymbol>().FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, member)) is { } constructed
                        && type.FindImplementationForInterfaceMember(constructed) is IMethodSymbol implementation)
                    {
                        found.Add(implementation.OriginalDefinition);
                    }
                }
            }
            else
            {
                found.AddRange(type.GetMembers(member.Name).OfType<IMethodSymbol>().Where(m => Overrides(m, member)));
            }
        }

        return [.. found.Where(static m => !m.IsAbstract).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default).OrderBy(static m => m.ToDisplayString(), StringComparer.Ordinal)];
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol member)
    {
        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, member))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The types of the compilation below a type, at any depth.</summary>
    private ImmutableArray<INamedTypeSymbol> Derived(INamedTypeSymbol type) => _derived.GetOrAdd(type.OriginalDefinition, FindDerived);

    private ImmutableArray<INamedTypeSymbol> FindDerived(INamedTypeSymbol type)
    {
        var found = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>();
        pending.Push(type.Name);
        while (pending.Count > 0)
        {
            string name = pending.Pop();
            if (!names.Add(name))
            {
                continue;
            }

            foreach (string alias in _aliases.Value[name])
            {
                pending.Push(alias);
            }

            foreach (TypeDeclarationSyntax declaration in _byBaseName.Value[name])
            {
                if (_bodies.ModelOf(declaration.SyntaxTree).GetDeclaredSymbol(declaration) is INamedTypeSymbol candidate && IsBelow(candidate, type))
                {
                    found.Add(candidate);
                    pending.Push(candidate.Name);
                }
            }
        }

        return [.. found.OrderBy(static t => t.ToDisplayString(), StringComparer.Ordinal)];
    }

    private static bool IsBelow(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (INamedTypeSymbol? t = type.BaseType; t is not null; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, ancestor))
            {
                return true;
            }
        }

        return type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, ancestor));
    }

    /// <summary>What one file says of bases, by the last name of each.</summary>
    private sealed class BaseLists
    {
        public BaseLists(SyntaxTree tree)
        {
            var declarations = new List<(string, TypeDeclarationSyntax)>();
            var aliases = new List<(string, string)>();
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
            {
                switch (node)
                {
                    case TypeDeclarationSyntax { BaseList.Types: var bases } type:
                        foreach (BaseTypeSyntax listed in bases)
                        {
                            declarations.Add((LastName(listed.Type), type));
                        }

                        break;
                    case UsingDirectiveSyntax { Alias.Name.Identifier.ValueText: { } alias, NamespaceOrType: TypeSyntax target }:
                        aliases.Add((LastName(target), alias));
                        break;
                }
            }

            Declarations = [.. declarations];
            Aliases = [.. aliases];
        }

        public ImmutableArray<(string Base, TypeDeclarationSyntax Type)> Declarations { get; }

        public ImmutableArray<(string Target, string Alias)> Aliases { get; }

        private static string LastName(TypeSyntax type) => type switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
    }
}
