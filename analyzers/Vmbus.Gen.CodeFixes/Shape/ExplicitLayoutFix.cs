using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>VMB010: writes the layout down (<c>Pack = 1</c>, so without padding) and gives bool and char fields the types that have their size on the wire, here and where the file uses them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExplicitLayoutFix))]
[Shared]
public sealed class ExplicitLayoutFix : EditingCodeFix
{
    private const string StructLayout = "System.Runtime.InteropServices.StructLayout";
    private const string LayoutKind = "System.Runtime.InteropServices.LayoutKind";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.LayoutNotExplicit];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<TypeDeclarationSyntax>(diagnostic) is not { } declaration
            || scope.Model.GetDeclaredSymbol(declaration, scope.Cancellation) is not { } structure)
        {
            return null;
        }

        AttributeData? attribute = structure.GetAttributes().FirstOrDefault(static a => a.AttributeClass is { Name: "StructLayoutAttribute" });
        bool hasOffsets = attribute is { ConstructorArguments: [{ Value: { } kind }] } && Convert.ToInt32(kind, System.Globalization.CultureInfo.InvariantCulture) == 2;
        ImmutableArray<NodeEdit>.Builder edits = ImmutableArray.CreateBuilder<NodeEdit>();
        foreach (IFieldSymbol field in structure.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic))
        {
            if (WireType(field) is not { } wire)
            {
                continue;
            }

            // What starts with a value of the old type, or is written elsewhere, is not for this fix to rewrite.
            if (TypeOf(field, scope) is not { } type)
            {
                return null;
            }

            edits.Add(NodeEdit.Of(type, old => SyntaxFactory.PredefinedType(SyntaxFactory.Token(wire)).WithTriviaFrom(old)));
            if (!field.IsFixedSizeBuffer)
            {
                edits.AddRange(WireTypeUses.Rewrite(field.AssociatedSymbol ?? field, wire == SyntaxKind.ByteKeyword, scope));
            }
        }

        if (hasOffsets)
        {
            // Bytes between fields that lie where they were put: only the author knows what is meant there.
            return edits.Count == 0 ? null : new Fix("Give the fields types of fixed size", edits.ToImmutable());
        }

        if (attribute is null)
        {
            edits.Add(NodeEdit.Of(declaration, AddLayout));
        }
        else if (attribute.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == scope.Root.SyntaxTree)
        {
            edits.Add(NodeEdit.Of((AttributeSyntax)reference.GetSyntax(scope.Cancellation), SetPack));
        }
        else
        {
            return null;
        }

        return new Fix($"Make the layout of '{structure.Name}' explicit", edits.ToImmutable());
    }

    private static SyntaxKind? WireType(IFieldSymbol field)
        => (field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol buffer } ? buffer.PointedAtType : field.Type).SpecialType switch
        {
            SpecialType.System_Boolean => SyntaxKind.ByteKeyword,
            SpecialType.System_Char => SyntaxKind.UShortKeyword,
            _ => null,
        };

    private static TypeSyntax? TypeOf(IFieldSymbol field, FixScope scope)
    {
        ISymbol written = field.AssociatedSymbol ?? field;
        if (written.DeclaringSyntaxReferences is not [{ } reference, ..] || reference.SyntaxTree != scope.Root.SyntaxTree)
        {
            return null;
        }

        return reference.GetSyntax(scope.Cancellation) switch
        {
            VariableDeclaratorSyntax { Initializer: null, Parent: VariableDeclarationSyntax { Variables: var all, Type: var type } } when all.All(static v => v.Initializer is null) => type,
            PropertyDeclarationSyntax { Initializer: null, Type: var type } => type,
            ParameterSyntax { Default: null, Type: { } type } => type,
            _ => null,
        };
    }

    private static TypeDeclarationSyntax AddLayout(TypeDeclarationSyntax declaration)
    {
        SyntaxTriviaList lead = declaration.GetLeadingTrivia();
        SyntaxTriviaList indentation = lead is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } last] ? SyntaxFactory.TriviaList(last) : default;
        SyntaxTrivia lineEnd = declaration.SyntaxTree?.GetRoot().DescendantTrivia().FirstOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found
            ? found
            : SyntaxFactory.LineFeed;
        AttributeSyntax attribute = SyntaxFactory.Attribute(
            (NameSyntax)TypeNames.Of(StructLayout),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(
            [
                SyntaxFactory.AttributeArgument(TypeNames.MemberOf(LayoutKind, "Sequential")),
                SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space),
                Pack(),
            ])));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).WithLeadingTrivia(lead).WithTrailingTrivia(lineEnd);
        declaration = declaration.WithLeadingTrivia(indentation);
        return declaration.WithAttributeLists(declaration.AttributeLists.Insert(0, list));
    }

    private static AttributeSyntax SetPack(AttributeSyntax attribute)
    {
        AttributeArgumentListSyntax list = attribute.ArgumentList!;
        if (list.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == "Pack") is { } present)
        {
            return attribute.ReplaceNode(present, Pack().WithTriviaFrom(present));
        }

        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return attribute.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>([.. list.Arguments.GetWithSeparators(), comma, Pack()])));
    }

    private static AttributeArgumentSyntax Pack()
        => SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(1)))
            .WithNameEquals(SyntaxFactory.NameEquals(
                SyntaxFactory.IdentifierName("Pack").WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)));
}
