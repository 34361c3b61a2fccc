using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Where statements can go.</summary>
internal static class Statements
{
    /// <summary>Lets a statement run last in another one: behind all of a block, but before what leaves it.</summary>
    public static NodeEdit Append(StatementSyntax statement, StatementSyntax added) => statement switch
    {
        BlockSyntax { Statements: [.., { } last] } => Append(last, added),
        BlockSyntax empty => NodeEdit.Of(empty, block => BlockOf(added).WithTriviaFrom(block)),
        _ when Leaves(statement) => NodeEdit.InsertBefore(statement, added),
        _ => NodeEdit.InsertBehind(statement, added),
    };

    /// <summary>The statements of a block or of a section of a switch; null for other nodes.</summary>
    public static SyntaxList<StatementSyntax>? ListOf(SyntaxNode? node) => node switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        _ => null,
    };

    public static bool Leaves(StatementSyntax statement)
        => statement is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax
            || (statement is YieldStatementSyntax && statement.IsKind(SyntaxKind.YieldBreakStatement));

    /// <summary>A block that the host lays out.</summary>
    public static BlockSyntax BlockOf(params StatementSyntax[] statements)
        => SyntaxFactory.Block(statements.Select(static s => s.WithLeadingTrivia(SyntaxFactory.ElasticMarker).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)))
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
}
