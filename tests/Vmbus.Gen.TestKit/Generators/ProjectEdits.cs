using Microsoft.CodeAnalysis;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>Edits as a person makes them.</summary>
public static class ProjectEdits
{
    extension(TestProject project)
    {
        /// <summary>Replaces a text that has to occur exactly once.</summary>
        public TestProject Replace(string path, string oldText, string newText)
        {
            string text = project.TextOf(path);
            int first = text.IndexOf(oldText, StringComparison.Ordinal);
            return first < 0 ? throw new ArgumentException($"{path} does not hold '{oldText}'.", nameof(oldText))
                : text.IndexOf(oldText, first + 1, StringComparison.Ordinal) >= 0 ? throw new ArgumentException($"{path} holds '{oldText}' more than once.", nameof(oldText))
                : project.WithFile(path, text[..first] + newText + text[(first + oldText.Length)..]);
        }

        public TestProject InsertBefore(string path, string anchor, string text) => project.Replace(path, anchor, text + anchor);

        public TestProject InsertAfter(string path, string anchor, string text) => project.Replace(path, anchor, anchor + text);

        public TestProject Prepend(string path, string text) => project.WithFile(path, text + project.TextOf(path));

        public TestProject Append(string path, string text) => project.WithFile(path, project.TextOf(path) + text);

        /// <summary>The sources in the opposite order.</summary>
        public TestProject ReverseFiles() => project with { Sources = [.. project.Sources.Reverse()] };

        public TestProject ToggleNullable()
            => project with { Nullable = project.Nullable == NullableContextOptions.Enable ? NullableContextOptions.Disable : NullableContextOptions.Enable };

        /// <summary>A reference to an assembly that holds one unrelated class.</summary>
        public TestProject AddUnrelatedReference()
        {
            MetadataReference reference = (TestProject.Of("namespace Unrelated; public class Reference { }") with { AssemblyName = "Unrelated" })
                .CreateCompilation().ToMetadataReference();
            return project with { References = project.References.Add(reference) };
        }
    }
}
