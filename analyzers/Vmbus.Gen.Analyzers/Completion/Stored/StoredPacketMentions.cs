using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.Completion.Stored;

/// <summary>What the mention of a field is likely to do with the packets in it, by its syntax alone.</summary>
internal static class StoredPacketMentions
{
    /// <summary>The order in which mentions are looked at: those that may take a packet out or complete it come before those that only put one in.</summary>
    public static int Rank(SimpleNameSyntax name)
    {
        ExpressionSyntax place = PlaceOf(name);
        return place.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Complete" or "Fail" } => 0,
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Complete" or "Fail" } } } => 0,
            MemberAccessExpressionSyntax member when member.Expression == place && PacketTransfers.OnlyStores(member.Name.Identifier.ValueText) => 3,
            AssignmentExpressionSyntax assignment when assignment.Left == place => 3,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "IsEmpty" or "Length" or "Clear" } => 2,
            IsPatternExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => 2,
            _ => 1,
        };
    }

    /// <summary>Whether the accessors of a property do no more with the keyword <c>field</c> than to hand on what is in it, and to put in what is set.</summary>
    public static bool OnlyPassOn(IPropertySymbol property)
        => property.DeclaringSyntaxReferences.SelectMany(static r => r.GetSyntax().DescendantTokens())
            .All(static t => t.ValueText != "field" || t.Parent is not ExpressionSyntax field || field.Parent switch
            {
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: IdentifierNameSyntax { Identifier.ValueText: "value" } } set => set.Left == field,
                ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
                _ => false,
            });

    /// <summary>The field with what it is reached through, and the element that is meant of it.</summary>
    private static ExpressionSyntax PlaceOf(SimpleNameSyntax name)
    {
        ExpressionSyntax place = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        while (place.Parent is ElementAccessExpressionSyntax element && element.Expression == place)
        {
            place = element;
        }

        return place;
    }
}
