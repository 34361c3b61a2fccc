using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>VMB101: ends the duty on the paths that leave with it: before a return, at the end, or in the branch that was taken.</summary>
public abstract class LeavingPathFix : CompletionFix
{
    /// <summary>The member of the packet that ends the duty.</summary>
    private protected abstract string Method { get; }

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(PacketDiagnostics.ExitProperty)
            || diagnostic.AdditionalLocations is not [.., { } exit]
            || scope.NodeAt<SyntaxNode>(exit) is not { } left
            || OwedPacket.Declared(scope, diagnostic) is not { } packet)
        {
            yield break;
        }

        StatementSyntax call = packet.Call(Method);
        SyntaxNode? function = Members.FunctionAround(left);
        if (left is ReturnStatementSyntax leaving && packet.IsHeldAt(leaving))
        {
            yield return Make(packet, "before the return", NodeEdit.InsertBefore(leaving, call));
        }
        else if (Members.BodyOf(function) is not { } body)
        {
            if (ArrowBody.WithBehind(function, call, scope) is { } edit)
            {
                yield return Make(packet, "at the end", edit);
            }

            yield break;
        }
        else
        {
            StatementSyntax end = packet.Home as StatementSyntax ?? body;
            if (end.SpanStart >= packet.From || end is BlockSyntax { Statements: [.., { } last] } && last.SpanStart >= packet.From - last.Span.Length)
            {
                yield return Make(packet, "at the end", Statements.Append(end, call));
            }
        }

        foreach (Location place in diagnostic.AdditionalLocations.Take(diagnostic.AdditionalLocations.Count - 1).Reverse())
        {
            foreach ((string where, NodeEdit edit) in scope.NodeAt<SyntaxNode>(place) is { } decided ? Branches.After(decided, call) : [])
            {
                if (packet.IsHeldAt(edit.Node) || packet.Home == edit.Node)
                {
                    yield return Make(packet, where, edit);
                }
            }
        }

        // What ran last says nothing where nothing ran: an empty catch.
        foreach (CatchClauseSyntax caught in function?.DescendantNodes().OfType<CatchClauseSyntax>() ?? [])
        {
            if (packet.IsHeldAt(caught.Block))
            {
                yield return Make(packet, "in the catch", Statements.Append(caught.Block, call));
            }
        }

        foreach (ReturnStatementSyntax other in function?.DescendantNodes().OfType<ReturnStatementSyntax>() ?? [])
        {
            if (other != left && packet.IsHeldAt(other))
            {
                yield return Make(packet, "before the return", NodeEdit.InsertBefore(other, call));
            }
        }
    }

    private Fix Make(OwedPacket packet, string where, NodeEdit edit)
        => new($"{Method} '{packet.Name}' {where}", [edit]) { TitleOfSeveral = $"{Method} '{packet.Name}' on each path that leaves it owed" };
}
