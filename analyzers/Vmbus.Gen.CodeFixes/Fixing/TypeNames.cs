using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Names that mean the same wherever they are written; the host shortens them to what the usings of the file allow.</summary>
internal static class TypeNames
{
    public static TypeSyntax Of(string fullName) => SyntaxFactory.ParseTypeName("global::" + fullName).WithAdditionalAnnotations(Simplifier.Annotation);

    public static ExpressionSyntax MemberOf(string fullTypeName, string member)
        => SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.ParseExpression("global::" + fullTypeName), SyntaxFactory.IdentifierName(member))
            .WithAdditionalAnnotations(Simplifier.Annotation);
}
