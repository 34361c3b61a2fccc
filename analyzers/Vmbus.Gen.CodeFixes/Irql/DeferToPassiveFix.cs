using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.CodeFixes.Shape;

namespace Vmbus.Gen.CodeFixes.Irql;

/// <summary>VMB201, VMB202, VMB206: lets a handler that owes its packet begin with a guard that defers it, so that the rest runs at PASSIVE_LEVEL.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeferToPassiveFix))]
[Shared]
public sealed class DeferToPassiveFix : EditingCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.BlocksAtDispatch, RuleIds.RequiresLower, RuleIds.MonitorAtDispatch];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
        => HandlerOf.Find(scope, diagnostic) is { Method.Body: not null, Symbol.ReturnsVoid: true, Packet: { } packet } handler
            ? new Fix("Defer the packet to PASSIVE_LEVEL first", [NodeEdit.Of(handler.Method.Body, body => Guard(body, packet.Name))])
            : null;

    private static BlockSyntax Guard(BlockSyntax body, string packet)
    {
        StatementSyntax guard = SyntaxFactory.ParseStatement(
            $"if (global::Vmbus.KernelIrql.Current == global::Vmbus.Irql.Dispatch)\n{{\n{SyntaxFactory.Identifier(packet).Text}.DeferToPassive();\nreturn;\n}}\n")
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
        return body.WithStatements(body.Statements.Insert(0, guard));
    }
}
