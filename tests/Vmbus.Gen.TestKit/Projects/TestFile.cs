using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>A file of the project under test.</summary>
/// <param name="Path">Absolute, as the compiler sees it; see <see cref="TestProject.Root"/>.</param>
/// <param name="Text">The content; it may hold markup.</param>
public sealed record TestFile(string Path, string Text)
{
    internal AdditionalText ToAdditionalText() => new InMemoryAdditionalText(Path, Text);

    private sealed class InMemoryAdditionalText(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
