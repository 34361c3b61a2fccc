using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The bodies of the compilation's own methods, as syntax and as graphs, on demand.</summary>
internal sealed class MethodBodies(Compilation compilation)
{
    /// <summary>The graphs that somebody still uses, null for a method without a body: a graph is large, and asked for again seldom.</summary>
    private readonly ConcurrentDictionary<IMethodSymbol, WeakReference<ControlFlowGraph>?> _graphs = new(SymbolEqualityComparer.Default);

    /// <summary>The body that a call of <paramref name="method"/> runs, where it is written in this compilation; else null.</summary>
    public static SyntaxNode? FindSyntax(IMethodSymbol method, CancellationToken cancellation)
    {
        method = Implementation(method);
        if (method.DeclaringSyntaxReferences.Length == 0)
        {
            return null;
        }

        SyntaxNode declaration = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        return declaration switch
        {
            BaseMethodDeclarationSyntax d => (SyntaxNode?)d.Body ?? d.ExpressionBody,
            AccessorDeclarationSyntax d => (SyntaxNode?)d.Body ?? d.ExpressionBody,
            LocalFunctionStatementSyntax d => (SyntaxNode?)d.Body ?? d.ExpressionBody,
            ArrowExpressionClauseSyntax d => d,
            _ => null,
        };
    }

    public static IMethodSymbol Implementation(IMethodSymbol method)
    {
        method = Declared(method).OriginalDefinition;
        return method.PartialImplementationPart ?? method;
    }

    /// <summary>The method as it is written, of whose parameters a call may pass one as its receiver.</summary>
    public static IMethodSymbol Declared(IMethodSymbol method) => ExtensionBlocks.MemberOf(method.ReducedFrom ?? method);

    /// <summary>Whether a file belongs to this compilation, and not to one that it refers to.</summary>
    public bool Owns(SyntaxTree tree) => compilation.ContainsSyntaxTree(tree);

    public SemanticModel ModelOf(SyntaxTree tree)
    {
        // The callee may stand in another file than the block being analyzed; the compiler keeps one model per tree for the whole
        // run, so this asks for what exists already.
#pragma warning disable RS1030
        return compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
    }

    /// <summary>The type of delegate that a lambda becomes; null if it becomes none.</summary>
    public ITypeSymbol? DelegateTypeOf(IMethodSymbol lambda)
        => lambda.DeclaringSyntaxReferences.Length == 1
            && lambda.DeclaringSyntaxReferences[0].GetSyntax() is AnonymousFunctionExpressionSyntax syntax
            && Owns(syntax.SyntaxTree)
                ? ModelOf(syntax.SyntaxTree).GetTypeInfo(syntax).ConvertedType
                : null;

    /// <summary>The graph of the method that is being analyzed: the one that its callers asked for before, or the compiler's, which they get from now on.</summary>
    public ControlFlowGraph GraphOf(IMethodSymbol method, IOperation block, OperationBlockAnalysisContext context)
    {
        method = Implementation(method);
        if (_graphs.TryGetValue(method, out WeakReference<ControlFlowGraph>? kept) && kept is not null && kept.TryGetTarget(out ControlFlowGraph? known)
            && known.OriginalOperation.Syntax == RootOf(block).Syntax)
        {
            return known;
        }

        ControlFlowGraph graph = context.GetControlFlowGraph(block);
        _graphs[method] = new WeakReference<ControlFlowGraph>(graph);
        return graph;
    }

    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>The graph of a method, constructor or accessor of this compilation; null without a body.</summary>
    public ControlFlowGraph? FindGraph(IMethodSymbol method, CancellationToken cancellation)
    {
        method = Implementation(method);
        if (_graphs.TryGetValue(method, out WeakReference<ControlFlowGraph>? kept))
        {
            if (kept is null)
            {
                return null;
            }

            if (kept.TryGetTarget(out ControlFlowGraph? known))
            {
                return known;
            }
        }

        ControlFlowGraph? graph = null;
        if (method.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction)
            && FindSyntax(method, cancellation) is { Parent: { } declaration } body
            && compilation.ContainsSyntaxTree(body.SyntaxTree))
        {
            SyntaxNode root = declaration is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax ? declaration : body;
            graph = ModelOf(body.SyntaxTree).GetOperation(root, cancellation) switch
            {
                IMethodBodyOperation { Parent: null } operation => ControlFlowGraph.Create(operation, cancellation),
                IConstructorBodyOperation { Parent: null } operation => ControlFlowGraph.Create(operation, cancellation),
                IBlockOperation { Parent: null } operation => ControlFlowGraph.Create(operation, cancellation),
                _ => null,
            };
        }

        _graphs[method] = graph is null ? null : new WeakReference<ControlFlowGraph>(graph);
        return graph;
    }
}
