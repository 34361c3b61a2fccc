using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>All that runs when a function is called, in its order: for a constructor the initializers of its type first.</summary>
internal sealed class FunctionGraphs(MethodBodies bodies)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<ControlFlowGraph>> _graphs = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxNode, ControlFlowGraph?> _initializers = new();

    public ImmutableArray<ControlFlowGraph> Of(IMethodSymbol method, CancellationToken cancellation)
    {
        method = MethodBodies.Implementation(method);
        return _graphs.TryGetValue(method, out ImmutableArray<ControlFlowGraph> known) ? known : _graphs.GetOrAdd(method, Find(method, cancellation));
    }

    /// <summary>Whether the call of a method may run code of this compilation.</summary>
    public bool HasCode(IMethodSymbol method)
    {
        method = MethodBodies.Implementation(method);
        if (method.IsAbstract || method.IsExtern)
        {
            return false;
        }

        return method.MethodKind switch
        {
            MethodKind.Constructor or MethodKind.StaticConstructor => IsOwn(method.ContainingType),
            _ => method.DeclaringSyntaxReferences.Length > 0
                && (method.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction || MethodBodies.FindSyntax(method, CancellationToken.None) is not null)
                && bodies.Owns(method.DeclaringSyntaxReferences[0].SyntaxTree),
        };
    }

    /// <summary>The operation that initializes a field or property where it is declared.</summary>
    public IOperation? InitializerOf(ISymbol member)
    {
        if (member.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        EqualsValueClauseSyntax? clause = member.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => null,
        };
        return clause is not null && bodies.Owns(clause.SyntaxTree) ? bodies.ModelOf(clause.SyntaxTree).GetOperation(clause.Value) : null;
    }

    private bool IsOwn(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.Length > 0 && bodies.Owns(type.DeclaringSyntaxReferences[0].SyntaxTree);

    private ImmutableArray<ControlFlowGraph> Find(IMethodSymbol method, CancellationToken cancellation)
    {
        if (!HasCode(method))
        {
            return [];
        }

        ImmutableArray<ControlFlowGraph>.Builder graphs = ImmutableArray.CreateBuilder<ControlFlowGraph>();
        switch (method.MethodKind)
        {
            case MethodKind.AnonymousFunction or MethodKind.LocalFunction:
                if (FindNested(method, cancellation) is { } nested)
                {
                    graphs.Add(nested);
                }

                return graphs.ToImmutable();
            case MethodKind.Constructor or MethodKind.StaticConstructor when !CallsAnotherOfItsType(method):
                AddInitializers(method, graphs, cancellation);
                break;
        }

        if ((bodies.FindGraph(method, cancellation) ?? BaseCallOf(method, cancellation)) is { } body)
        {
            graphs.Add(body);
        }

        return graphs.ToImmutable();
    }

    /// <summary>What a primary constructor runs after the initializers: the constructor of the base class, with its arguments.</summary>
    private ControlFlowGraph? BaseCallOf(IMethodSymbol constructor, CancellationToken cancellation)
        => constructor is { MethodKind: MethodKind.Constructor, DeclaringSyntaxReferences: [var written] }
            && written.GetSyntax(cancellation) is TypeDeclarationSyntax { BaseList.Types: [PrimaryConstructorBaseTypeSyntax, ..] } type
            && bodies.ModelOf(type.SyntaxTree).GetOperation(type, cancellation) is IConstructorBodyOperation { Parent: null } operation
                ? ControlFlowGraph.Create(operation, cancellation)
                : null;

    private static bool CallsAnotherOfItsType(IMethodSymbol constructor)
        => constructor.DeclaringSyntaxReferences.Length > 0
            && constructor.DeclaringSyntaxReferences[0].GetSyntax() is ConstructorDeclarationSyntax { Initializer: { } initializer }
            && initializer.IsKind(SyntaxKind.ThisConstructorInitializer);

    private void AddInitializers(IMethodSymbol constructor, ImmutableArray<ControlFlowGraph>.Builder graphs, CancellationToken cancellation)
    {
        foreach (SyntaxReference reference in constructor.ContainingType.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation) is not TypeDeclarationSyntax type || !bodies.Owns(type.SyntaxTree))
            {
                continue;
            }

            foreach (MemberDeclarationSyntax member in type.Members)
            {
                if (member.Modifiers.Any(SyntaxKind.StaticKeyword) != constructor.IsStatic || member.Modifiers.Any(SyntaxKind.ConstKeyword))
                {
                    continue;
                }

                IEnumerable<EqualsValueClauseSyntax?> clauses = member switch
                {
                    BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(static v => v.Initializer),
                    PropertyDeclarationSyntax property => [property.Initializer],
                    _ => [],
                };
                foreach (EqualsValueClauseSyntax? clause in clauses)
                {
                    if (clause is not null && GraphOf(clause, cancellation) is { } graph)
                    {
                        graphs.Add(graph);
                    }
                }
            }
        }
    }

    private ControlFlowGraph? GraphOf(EqualsValueClauseSyntax initializer, CancellationToken cancellation)
        => _initializers.GetOrAdd(
            initializer,
            clause => bodies.ModelOf(clause.SyntaxTree).GetOperation(clause, cancellation) switch
            {
                IFieldInitializerOperation { Parent: null } field => ControlFlowGraph.Create(field, cancellation),
                IPropertyInitializerOperation { Parent: null } property => ControlFlowGraph.Create(property, cancellation),
                _ => null,
            });

    /// <summary>The graph of a lambda or local function, out of that of the member in which it is written.</summary>
    private ControlFlowGraph? FindNested(IMethodSymbol function, CancellationToken cancellation)
    {
        SyntaxNode syntax = function.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        ControlFlowGraph? root = null;
        for (SyntaxNode? node = syntax.Parent; node is not null && root is null; node = node.Parent)
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
                    when bodies.ModelOf(node.SyntaxTree).GetDeclaredSymbol(node, cancellation) is IMethodSymbol owner:
                    root = bodies.FindGraph(owner, cancellation);
                    break;
                case BasePropertyDeclarationSyntax property
                    when bodies.ModelOf(node.SyntaxTree).GetDeclaredSymbol(property, cancellation) is IPropertySymbol { GetMethod: { } getter }
                        && property is PropertyDeclarationSyntax { Initializer: null } or IndexerDeclarationSyntax:
                    root = bodies.FindGraph(getter, cancellation);
                    break;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } or PropertyDeclarationSyntax } clause:
                    root = GraphOf(clause, cancellation);
                    break;
                case TypeDeclarationSyntax:
                    return null;
            }
        }

        return root is null ? null : FindIn(root, syntax);
    }

    private static ControlFlowGraph? FindIn(ControlFlowGraph graph, SyntaxNode syntax)
    {
        foreach ((ControlFlowGraph nested, IMethodSymbol method) in NestedFunctions.Of(graph))
        {
            SyntaxReference? written = method.DeclaringSyntaxReferences.FirstOrDefault();
            if (written is null || written.SyntaxTree != syntax.SyntaxTree || !written.Span.Contains(syntax.Span))
            {
                continue;
            }

            return written.Span == syntax.Span ? nested : FindIn(nested, syntax);
        }

        return null;
    }
}
