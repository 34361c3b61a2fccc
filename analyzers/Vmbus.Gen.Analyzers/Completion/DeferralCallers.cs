using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Whether a method that defers its packet without a test is called only where the level was tested.</summary>
internal sealed class DeferralCallers(CompletionModel model, CancellationToken cancellation)
{
    private readonly HashSet<IMethodSymbol> _visiting = new(SymbolEqualityComparer.Default);

    /// <summary>Whether every call of the method, here or further out, excludes PASSIVE_LEVEL. A method that nobody calls is not tested for.</summary>
    public bool Test(IMethodSymbol method)
    {
        method = MethodBodies.Implementation(method);
        if (model.Levels.LevelsOf(method) is not null || !_visiting.Add(method))
        {
            return false;
        }

        bool isCalled = false;
        foreach (IMethodSymbol? caller in CallersOf(method))
        {
            if (caller is null || !IsTestedIn(caller, method))
            {
                return false;
            }

            isCalled = true;
        }

        return isCalled;
    }

    private bool IsTestedIn(IMethodSymbol caller, IMethodSymbol callee)
        => model.Flow.Bodies.FindGraph(caller, cancellation) is { } graph
            && (!new CompletionAnalysis(model, cancellation).CallsAtPassive(graph, caller, callee) || Test(caller));

    /// <summary>The methods that call it; null for a use of another kind.</summary>
    private HashSet<IMethodSymbol?> CallersOf(IMethodSymbol method)
    {
        var callers = new HashSet<IMethodSymbol?>(SymbolEqualityComparer.Default);
        foreach (SimpleNameSyntax name in model.Flow.Identifiers.Find(method.Name, null, cancellation))
        {
            SemanticModel semantics = model.Flow.Bodies.ModelOf(name.SyntaxTree);
            if (semantics.GetSymbolInfo(name, cancellation).Symbol is not IMethodSymbol named || !SymbolEqualityComparer.Default.Equals(MethodBodies.Implementation(named), method)
                || name.Ancestors().Any(static a => a is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }))
            {
                continue;
            }

            bool isCall = name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && call.Expression.Span.Contains(name.Span)
                && semantics.GetOperation(call, cancellation) is IInvocationOperation { TargetMethod: { } target }
                && SymbolEqualityComparer.Default.Equals(MethodBodies.Implementation(target), method);
            ISymbol? around = semantics.GetEnclosingSymbol(name.SpanStart, cancellation);
            while (around is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            {
                around = around.ContainingSymbol;
            }

            callers.Add(isCall ? around as IMethodSymbol : null);
        }

        return callers;
    }
}
