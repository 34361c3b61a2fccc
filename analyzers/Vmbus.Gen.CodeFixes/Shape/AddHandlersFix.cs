using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>VMB011: adds a handler for each member of the enum that has none. It fails its packets, as happened to them before, until somebody writes its body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddHandlersFix))]
[Shared]
public sealed class AddHandlersFix : EditingCodeFix
{
    private const string Indentation = "    ";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.MembersWithoutHandler];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<TypeDeclarationSyntax>(diagnostic) is not { OpenBraceToken.RawKind: not 0 } declaration
            || scope.Model.GetDeclaredSymbol(declaration, scope.Cancellation) is not { } type
            || ClassReader.Read(type) is not { } shape
            || EnumCoverage.Of(shape) is not { Missing: { IsEmpty: false } missing } coverage)
        {
            return null;
        }

        string lineEnd = StatementLayout.LineEndOf(scope.Root).ToString();
        string indentation = declaration.GetLeadingTrivia().LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } space ? space.ToString() : "";
        HashSet<string> used = [.. type.GetMembers().Select(static m => m.Name)];
        string enumName = coverage.Enum.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        StringBuilder text = new();
        foreach (IFieldSymbol member in missing)
        {
            // An empty line before each, also before the first where there is something to keep away from.
            text.Append(declaration.Members.Count > 0 || text.Length > 0 ? lineEnd : "")
                .Append(indentation).Append(Indentation).Append("[global::Vmbus.ProcessPacket(").Append(enumName).Append('.').Append(Identifiers.Escape(member.Name)).Append(")]").Append(lineEnd)
                .Append(indentation).Append(Indentation).Append("private ").Append(type.IsStatic ? "static " : "")
                .Append("void ").Append(FreeName("On" + member.Name, used)).Append("(global::Vmbus.PacketCompletion packet) => packet.Fail();").Append(lineEnd);
        }

        string count = missing.Length.ToString(CultureInfo.InvariantCulture);
        return new Fix(
            missing.Length == 1 ? $"Add a handler for {coverage.Enum.Name}.{missing[0].Name}" : $"Add handlers for {count} members of {coverage.Enum.Name}",
            [NodeEdit.Of(declaration, current => Add(current, text.ToString()))]);
    }

    private static string FreeName(string name, HashSet<string> used)
    {
        string free = name;
        for (int i = 2; !used.Add(free); i++)
        {
            free = name + i.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }

    private static TypeDeclarationSyntax Add(TypeDeclarationSyntax declaration, string members)
    {
        TypeDeclarationSyntax parsed = (TypeDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("class C\n{\n" + members + "}\n")!;
        return declaration.WithMembers(declaration.Members.AddRange(parsed.Members.Select(static m => m.ReplaceNodes(
            m.DescendantNodes().Where(static n => n is NameSyntax or MemberAccessExpressionSyntax),
            static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation)))));
    }
}
