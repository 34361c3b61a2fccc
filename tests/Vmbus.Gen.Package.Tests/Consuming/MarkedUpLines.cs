using Microsoft.CodeAnalysis.Text;
using Vmbus.Gen.TestKit.Markup;

namespace Vmbus.Gen.Package.Tests.Consuming;

/// <summary>What a marked-up source expects, as a build's log says it.</summary>
internal static class MarkedUpLines
{
    /// <summary>Each rule with its line, from 1.</summary>
    public static IEnumerable<(string Id, int Line)> LinesOfDiagnostics(this MarkedUpText source)
    {
        SourceText text = SourceText.From(source.Text);
        return source.Diagnostics.Select(d => (d.Id!, text.Lines.GetLineFromPosition(d.Span.Start).LineNumber + 1));
    }
}
