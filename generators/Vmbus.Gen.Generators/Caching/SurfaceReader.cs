using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Generators.Caching;

/// <summary>Reads what a file shows from its tokens. No symbol is looked at.</summary>
internal sealed class SurfaceReader
{
    private readonly ImmutableSortedDictionary<int, TypeSurface>.Builder _types = ImmutableSortedDictionary.CreateBuilder<int, TypeSurface>();
    private readonly HashSet<ulong> _names = [];
    private readonly HashSet<ulong> _usingIdentifiers = [];
    private Text _usings = new(null);
    private Text _globals = new(null);
    private bool _hasGlobalAlias;

    public static TreeSurface Read(SyntaxNode root)
    {
        SurfaceReader reader = new();
        if (root is CompilationUnitSyntax unit)
        {
            reader.ReadUsings(unit.Usings, unit.Externs);
            reader.ReadMembers(unit.Members, []);
        }

        return new TreeSurface(reader._types.ToImmutable(), [.. reader._names], reader._usings.Hash, reader._globals.Hash, reader._hasGlobalAlias);
    }

    private void ReadUsings(SyntaxList<UsingDirectiveSyntax> usings, SyntaxList<ExternAliasDirectiveSyntax> externs)
    {
        foreach (ExternAliasDirectiveSyntax directive in externs)
        {
            _usings.Append(directive, _usingIdentifiers);
        }

        foreach (UsingDirectiveSyntax directive in usings)
        {
            if (directive.GlobalKeyword.IsKind(SyntaxKind.None))
            {
                _usings.Append(directive, _usingIdentifiers);
            }
            else
            {
                _globals.Append(directive, null);
                _hasGlobalAlias |= directive.Alias is not null;
            }
        }
    }

    /// <param name="members">The members of a file, a namespace or a type.</param>
    /// <param name="path">The names of the namespaces and types around them.</param>
    private void ReadMembers(SyntaxList<MemberDeclarationSyntax> members, ImmutableArray<string> path)
    {
        foreach (MemberDeclarationSyntax member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    ImmutableArray<string> inner = path;
                    foreach (string name in space.Name.ToString().Split('.'))
                    {
                        inner = inner.Add(name.Trim());
                        _names.Add(NameHash.Of(name.Trim()));
                    }

                    ReadUsings(space.Usings, space.Externs);
                    ReadMembers(space.Members, inner);
                    break;
                case TypeDeclarationSyntax type:
                    ReadType(type, type.Identifier, path);
                    ReadMembers(type.Members, path.Add(type.Identifier.ValueText));
                    break;
                case EnumDeclarationSyntax type:
                    ReadType(type, type.Identifier, path);
                    break;
                case DelegateDeclarationSyntax type:
                    ReadType(type, type.Identifier, path);
                    break;
            }
        }
    }

    private void ReadType(MemberDeclarationSyntax type, SyntaxToken identifier, ImmutableArray<string> path)
    {
        HashSet<ulong> identifiers = [.. _usingIdentifiers];
        Text text = new(type);
        foreach (string name in path)
        {
            text.Append(name);
            identifiers.Add(NameHash.Of(name));
        }

        text.Append(type, identifiers);
        _types[type.SpanStart] = new TypeSurface(NameHash.Of(identifier.ValueText), text.Hash, [.. identifiers.OrderBy(static i => i)], text.HasConstants);
    }

    /// <summary>A text that grows, as two hashes.</summary>
    private struct Text(SyntaxNode? self)
    {
        private ulong _first = NameHash.Start;
        private ulong _second = NameHash.OtherStart;

        public readonly (ulong, ulong) Hash => (_first, _second);

        public bool HasConstants { get; private set; } = self is EnumDeclarationSyntax;

        public void Append(string text)
        {
            _first = NameHash.Append(_first, text);
            _second = NameHash.Append(_second, text);
        }

        public void Append(SyntaxNode node, HashSet<ulong>? identifiers)
        {
            SyntaxNode? owner = self;
            foreach (SyntaxToken token in node.DescendantTokens(n => IsShown(n, owner)))
            {
                if (token.IsKind(SyntaxKind.IdentifierToken))
                {
                    identifiers?.Add(NameHash.Of(token.ValueText));
                }

                HasConstants |= token.IsKind(SyntaxKind.ConstKeyword);
                Append(token.Text);
            }
        }

        /// <summary>Bodies show nothing, and a type in the type is told by itself; what its header alone leaves is the same for all of them.</summary>
        private static bool IsShown(SyntaxNode node, SyntaxNode? owner)
            => node is not (BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax)
                && (node is not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) || node == owner);
    }
}
