using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Irql;

/// <summary>VMB201, VMB206: a wait with a time-out whose answer is looked at becomes an attempt that does not wait.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ZeroTimeoutFix))]
[Shared]
public sealed class ZeroTimeoutFix : EditingCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.BlocksAtDispatch, RuleIds.MonitorAtDispatch];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
    {
        // Whose answer nobody looks at meant to wait.
        if (scope.NodeAt<InvocationExpressionSyntax>(diagnostic) is not { Parent: not ExpressionStatementSyntax } call
            || call.Span != diagnostic.Location.SourceSpan
            || scope.Model.GetSymbolInfo(call, scope.Cancellation).Symbol is not IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean, DeclaringSyntaxReferences.Length: 0 } method)
        {
            return null;
        }

        foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
        {
            int index = call.ArgumentList.Arguments.IndexOf(argument);
            IParameterSymbol? parameter = argument.NameColon is { } name
                ? method.Parameters.FirstOrDefault(p => p.Name == name.Name.Identifier.ValueText)
                : index < method.Parameters.Length ? method.Parameters[index] : null;
            if (parameter is not null && Zero(parameter) is { } zero)
            {
                return new Fix("Try without waiting", [NodeEdit.Of(argument, a => a.WithExpression(zero.WithTriviaFrom(a.Expression)))]);
            }
        }

        return null;
    }

    private static ExpressionSyntax? Zero(IParameterSymbol parameter)
        => parameter.Type is { Name: "TimeSpan", ContainingNamespace.Name: "System" } ? TypeNames.MemberOf("System.TimeSpan", "Zero")
            : parameter.Type.SpecialType is SpecialType.System_Int32 && parameter.Name.IndexOf("timeout", StringComparison.OrdinalIgnoreCase) >= 0
                ? SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0))
                : null;
}
