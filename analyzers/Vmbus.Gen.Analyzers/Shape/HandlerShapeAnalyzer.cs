using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Analyzers.Shape;

/// <summary>
/// VMB001 to VMB009: tells what <see cref="ClassReader"/>, by which the generator binds handlers, could not bind. VMB010 and VMB011: what is bound, and may not
/// be what was meant.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerShapeAnalyzer : DiagnosticAnalyzer
{
    /// <summary>By the number of the rule, from 1.</summary>
    private static readonly ImmutableArray<DiagnosticDescriptor> Descriptors =
    [
        ShapeDescriptors.NotPartial,
        ShapeDescriptors.DuplicateHandler,
        ShapeDescriptors.UnknownParameter,
        ShapeDescriptors.UnknownReturnType,
        ShapeDescriptors.PayloadNotUnmanaged,
        ShapeDescriptors.MessageTypeDoesNotFit,
        ShapeDescriptors.NothingToCompleteWith,
        ShapeDescriptors.AsyncShape,
        ShapeDescriptors.UnsupportedHandlerKind,
        ShapeDescriptors.LayoutNotExplicit,
        ShapeDescriptors.MembersWithoutHandler,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            WireFormatRule wireFormat = new();
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, wireFormat), SymbolKind.NamedType);
        });
        context.RegisterSyntaxNodeAction(AnalyzeFunction, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression);
    }

    private static void AnalyzeType(SymbolAnalysisContext context, WireFormatRule wireFormat)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        ReportNotPartial(context, type);
        if (ClassReader.Read(type) is not { } shape)
        {
            return;
        }

        foreach (ShapeProblem problem in shape.Problems)
        {
            Location location = ProblemLocator.Locate(problem, context.CancellationToken);
            Location[] additional = problem.First?.Locations is [var first, ..] ? [first] : [];
            context.ReportDiagnostic(Diagnostic.Create(Descriptors[(int)problem.Rule - 1], location, additional, [.. problem.Arguments]));
        }

        wireFormat.Report(context, shape);
        ReportMissingMembers(context, shape);
    }

    private static void ReportMissingMembers(SymbolAnalysisContext context, ClassShape shape)
    {
        const int Named = 3;
        if (EnumCoverage.Of(shape) is not { Missing: { IsEmpty: false } missing } coverage)
        {
            return;
        }

        string names = string.Join(", ", missing.Take(Named).Select(m => $"{coverage.Enum.Name}.{m.Name}"));
        string more = missing.Length > Named ? $" and {(missing.Length - Named).ToString(System.Globalization.CultureInfo.InvariantCulture)} more" : "";
        context.ReportDiagnostic(Diagnostic.Create(ShapeDescriptors.MembersWithoutHandler, shape.Type.Locations[0], shape.Type.Name, names + more));
    }

    /// <summary>A type that lacks the modifier is told once, where it is missing, whether it has handlers itself or a type in it does.</summary>
    private static void ReportNotPartial(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (Partiality.NonPartialDeclaration(type) is { } declaration && Partiality.FindCallbackClass(type) is { } callbackClass)
        {
            context.ReportDiagnostic(Diagnostic.Create(ShapeDescriptors.NotPartial, declaration.Identifier.GetLocation(), type.Name, callbackClass.Name));
        }
    }

    /// <summary>Local functions and lambdas are no members, so no class has them.</summary>
    private static void AnalyzeFunction(SyntaxNodeAnalysisContext context)
    {
        (SyntaxList<AttributeListSyntax> attributes, Location location) = context.Node switch
        {
            LocalFunctionStatementSyntax function => (function.AttributeLists, function.Identifier.GetLocation()),
            ParenthesizedLambdaExpressionSyntax lambda => (lambda.AttributeLists, lambda.ArrowToken.GetLocation()),
            _ => default,
        };
        if (attributes.Count == 0 || Symbol(context) is not { } method || !CallbackAttributes.IsAnnotated(method))
        {
            return;
        }

        string name = method.MethodKind == MethodKind.LocalFunction ? method.Name : "lambda";
        context.ReportDiagnostic(Diagnostic.Create(ShapeDescriptors.UnsupportedHandlerKind, location, name, MethodKinds.WhyNotCallable(method)));
    }

    private static IMethodSymbol? Symbol(SyntaxNodeAnalysisContext context)
        => context.Node is LocalFunctionStatementSyntax function
            ? context.SemanticModel.GetDeclaredSymbol(function, context.CancellationToken) as IMethodSymbol
            : context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol as IMethodSymbol;
}
