using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// Calls after which nothing runs: <c>[DoesNotReturn]</c>, the ends of the process, and methods of this compilation that cannot
/// be overridden and that throw, loop for ever or call another such method at the end of every path.
/// </summary>
internal sealed class NonReturningCalls(Compilation compilation, MethodBodies bodies)
{
    private const int MaximumDepth = 8;

    private readonly INamedTypeSymbol? _doesNotReturn = compilation.GetTypeByMetadataName("System.Diagnostics.CodeAnalysis.DoesNotReturnAttribute");
    private readonly INamedTypeSymbol? _environment = compilation.GetTypeByMetadataName("System.Environment");
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public bool IsNonReturning(IMethodSymbol method, CancellationToken cancellation) => IsNonReturning(method, 0, cancellation);

    private static bool IsOpen(IMethodSymbol method)
        => method.IsAbstract || (method.IsVirtual || method.IsOverride) && !(method.IsSealed || method.ContainingType.IsSealed);

    private bool IsNonReturning(IMethodSymbol method, int depth, CancellationToken cancellation)
    {
        method = MethodBodies.Implementation(method);
        if (_known.TryGetValue(method, out bool known))
        {
            return known;
        }

        if (method.DeclaringSyntaxReferences.Length == 0)
        {
            // What comes from metadata is cheaper to ask again than to remember, except that attributes must be decoded.
            return IsDeclaredNonReturning(method);
        }

        if (depth == MaximumDepth)
        {
            return false;
        }

        bool result = IsDeclaredNonReturning(method) || (!method.IsAsync && !IsOpen(method) && NeverReturns(method, depth, cancellation));
        return _known.GetOrAdd(method, result);
    }

    private bool IsDeclaredNonReturning(IMethodSymbol method)
    {
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, _environment))
        {
            return method.Name is "FailFast" or "Exit";
        }

        if (_doesNotReturn is null)
        {
            return false;
        }

        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _doesNotReturn))
            {
                return true;
            }
        }

        return false;
    }

    private bool NeverReturns(IMethodSymbol method, int depth, CancellationToken cancellation)
    {
        SyntaxNode? body = MethodBodies.FindSyntax(method, cancellation);
        switch (body)
        {
            case null:
                return false;
            case { } foreign when !compilation.ContainsSyntaxTree(foreign.SyntaxTree):
                return false;
            case ArrowExpressionClauseSyntax arrow:
                return !Completes(arrow.Expression, depth, cancellation);
            case BlockSyntax { Statements.Count: > 0 } block when MayBeNonReturning(block.Statements[block.Statements.Count - 1]):
                foreach (SyntaxNode node in block.DescendantNodes(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
                {
                    // A label may make any statement reachable again, a yield makes the call return at once.
                    if (node is ReturnStatementSyntax or LabeledStatementSyntax or YieldStatementSyntax)
                    {
                        return false;
                    }
                }

                return !Completes(block, depth, cancellation);
            default:
                return false;
        }
    }

    /// <summary>Dismisses most methods by their last statement, before anything is bound.</summary>
    private static bool MayBeNonReturning(StatementSyntax last)
        => last is ThrowStatementSyntax or WhileStatementSyntax or ForStatementSyntax or IfStatementSyntax or TryStatementSyntax or BlockSyntax
            or DoStatementSyntax or SwitchStatementSyntax or UsingStatementSyntax or LockStatementSyntax or CheckedStatementSyntax or UnsafeStatementSyntax or FixedStatementSyntax
            or ExpressionStatementSyntax { Expression: InvocationExpressionSyntax };

    private bool Completes(StatementSyntax statement, int depth, CancellationToken cancellation)
    {
        switch (statement)
        {
            case ThrowStatementSyntax:
                return false;
            case ExpressionStatementSyntax { Expression: { } expression }:
                return Completes(expression, depth, cancellation);
            case BlockSyntax block:
                foreach (StatementSyntax inner in block.Statements)
                {
                    if (!Completes(inner, depth, cancellation))
                    {
                        return false;
                    }
                }

                return true;
            case IfStatementSyntax { Else: { } otherwise } choice:
                return Completes(choice.Statement, depth, cancellation) || Completes(otherwise.Statement, depth, cancellation);
            case WhileStatementSyntax { Condition: LiteralExpressionSyntax literal } loop when literal.IsKind(SyntaxKind.TrueLiteralExpression):
                return Breaks(loop.Statement);
            case ForStatementSyntax { Condition: null } loop:
                return Breaks(loop.Statement);
            case DoStatementSyntax loop:
                return Breaks(loop.Statement) || (Completes(loop.Statement, depth, cancellation) && !loop.Condition.IsKind(SyntaxKind.TrueLiteralExpression));
            case SwitchStatementSyntax choice when choice.Sections.Any(static s => s.Labels.Any(SyntaxKind.DefaultSwitchLabel)):
                foreach (SwitchSectionSyntax section in choice.Sections)
                {
                    if (Breaks(section) || section.Statements.All(s => Completes(s, depth, cancellation)))
                    {
                        return true;
                    }
                }

                return false;
            case CheckedStatementSyntax scope:
                return Completes(scope.Block, depth, cancellation);
            case UnsafeStatementSyntax scope:
                return Completes(scope.Block, depth, cancellation);
            case FixedStatementSyntax scope:
                return Completes(scope.Statement, depth, cancellation);
            case UsingStatementSyntax scope:
                return Completes(scope.Statement, depth, cancellation);
            case LockStatementSyntax scope:
                return Completes(scope.Statement, depth, cancellation);
            case TryStatementSyntax attempt:
                if (attempt.Finally is { } last && !Completes(last.Block, depth, cancellation))
                {
                    return false;
                }

                if (Completes(attempt.Block, depth, cancellation))
                {
                    return true;
                }

                foreach (CatchClauseSyntax handler in attempt.Catches)
                {
                    if (Completes(handler.Block, depth, cancellation))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return true;
        }
    }

    private bool Completes(ExpressionSyntax expression, int depth, CancellationToken cancellation)
        => expression switch
        {
            ThrowExpressionSyntax => false,
            InvocationExpressionSyntax invocation
                => bodies.ModelOf(invocation.SyntaxTree).GetSymbolInfo(invocation, cancellation).Symbol is not IMethodSymbol method
                    || !IsNonReturning(method, depth + 1, cancellation),
            _ => true,
        };

    private static bool Breaks(SyntaxNode body)
    {
        foreach (SyntaxNode node in body.DescendantNodesAndSelf(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            // A break of an inner loop or switch counts too, and a continue: that only keeps the method returning.
            if (node is BreakStatementSyntax or GotoStatementSyntax || (node is ContinueStatementSyntax && body.Parent is DoStatementSyntax))
            {
                return true;
            }
        }

        return false;
    }
}
