using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.TestKit.Tests.Samples;

internal enum FixFlaw
{
    None,
    DoesNothing,
    BreaksCode,
    AddsDiagnostic,
    NoFixAll,
    BatchFixAll,
    FixAllForgets,
    NoKey,
    SameKeys,
}

/// <summary>Renames a method that KIT001 is reported for to <c>Good</c>, or as a second choice to <c>Fine</c>; not in a class called <c>Closed</c>.</summary>
internal sealed class RenameFix(FixFlaw flaw) : CodeFixProvider
{
    public RenameFix()
        : this(FixFlaw.None)
    {
    }

    public override ImmutableArray<string> FixableDiagnosticIds => ["KIT001"];

    public override FixAllProvider? GetFixAllProvider() => flaw switch
    {
        FixFlaw.NoFixAll => null,
        FixFlaw.BatchFixAll => WellKnownFixAllProviders.BatchFixer,
        _ => FixAllProvider.Create(async (context, document, diagnostics)
            => await RenameAsync(document, flaw == FixFlaw.FixAllForgets ? diagnostics[..1] : diagnostics, context.CodeActionEquivalenceKey!, context.CancellationToken)),
    };

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken))!;
        if (root.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { Identifier.Text: "Closed" })
        {
            return;
        }

        Register(context, "Good", flaw == FixFlaw.NoKey ? null : "Good");
        Register(context, "Fine", flaw == FixFlaw.SameKeys ? "Good" : "Fine");
    }

    private void Register(CodeFixContext context, string name, string? key)
        => context.RegisterCodeFix(CodeAction.Create($"Rename to '{name}'", token => RenameAsync(context.Document, context.Diagnostics, name, token), key), context.Diagnostics);

    private async Task<Document> RenameAsync(Document document, ImmutableArray<Diagnostic> diagnostics, string name, CancellationToken cancellationToken)
    {
        string newName = flaw switch { FixFlaw.DoesNothing => "Bad", FixFlaw.BreaksCode => "1x", _ => name };
        string addition = flaw == FixFlaw.AddsDiagnostic ? "() { } void Bad" : "";
        SourceText text = await document.GetTextAsync(cancellationToken);
        return document.WithText(text.WithChanges(diagnostics.Select(d => new TextChange(d.Location.SourceSpan, newName + addition))));
    }
}
