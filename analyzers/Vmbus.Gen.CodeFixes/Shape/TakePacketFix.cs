using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>VMB007: lets the handler take the <c>PacketCompletion</c> that it completes its packet with.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TakePacketFix))]
[Shared]
public sealed class TakePacketFix : EditingCodeFix
{
    private const string PacketType = "PacketCompletion";
    internal const string UsualName = "packet";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.NothingToCompleteWith];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
    {
        // The parameters of an override, of an implementation and of the other half of a partial method are not for this method alone to choose.
        if (scope.NodeAt<MethodDeclarationSyntax>(diagnostic) is not { ExplicitInterfaceSpecifier: null } method
            || method.Modifiers.Any(SyntaxKind.PartialKeyword)
            || scope.Model.GetDeclaredSymbol(method, scope.Cancellation) is not { IsOverride: false } symbol
            || ImplementsInterfaceMember(symbol))
        {
            return null;
        }

        int index = symbol.Parameters is [var first, ..] && first.Type.IsVmbus("VmbusChannel") ? 1 : 0;
        string name = Identifiers.Free(UsualName, method);
        return new Fix(
            $"Take the packet as '{PacketType} {name}'",
            [NodeEdit.Of(method.ParameterList, list => Insert(list, index, name))]);
    }

    private static bool ImplementsInterfaceMember(IMethodSymbol method)
        => method.ContainingType.AllInterfaces
            .SelectMany(static i => i.GetMembers())
            .Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method));

    internal static ParameterListSyntax Insert(ParameterListSyntax list, int index, string name)
    {
        ParameterSyntax packet = SyntaxFactory.Parameter(SyntaxFactory.Identifier(name))
            .WithType(TypeNames.Of($"{VmbusSymbols.Namespace}.{PacketType}").WithTrailingTrivia(SyntaxFactory.Space));
        if (list.Parameters.Count == 0)
        {
            return list.WithParameters(SyntaxFactory.SingletonSeparatedList(packet));
        }

        // Where each parameter has a line of its own, the new one gets one, too.
        SyntaxTriviaList lead = list.Parameters[0].GetLeadingTrivia();
        SyntaxTriviaList afterComma = list.OpenParenToken.TrailingTrivia is { Count: > 0 } lineEnd ? lineEnd : SyntaxFactory.TriviaList(SyntaxFactory.Space);
        List<SyntaxNodeOrToken> items = [.. list.Parameters.GetWithSeparators()];
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(afterComma);
        if (index == 0)
        {
            items.Insert(0, packet.WithLeadingTrivia(lead));
            items.Insert(1, comma);
        }
        else
        {
            items.Insert(1, comma);
            items.Insert(2, packet.WithLeadingTrivia(list.OpenParenToken.TrailingTrivia.Count > 0 ? lead : default));
            if (items.Count > 3)
            {
                // The comma that stood behind the first parameter stands behind the new one now, with the line end that it had.
                items[1] = ((SyntaxToken)items[3]).WithLeadingTrivia();
            }
        }

        return list.WithParameters(SyntaxFactory.SeparatedList<ParameterSyntax>(items));
    }
}
