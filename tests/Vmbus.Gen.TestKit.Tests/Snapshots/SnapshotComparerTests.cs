using System.Text;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Snapshots.Engine;

namespace Vmbus.Gen.TestKit.Tests.Snapshots;

public sealed class SnapshotComparerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vmbus-snapshots-").FullName;

    private string TestSource => Path.Combine(_folder, "SomeTests.cs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Accepted_files_have_the_names_and_bytes_that_Verify_writes()
    {
        Accept("", new GeneratedSource("A.B.g.cs", "class A\r\n{\r\n}\r\n"));
        Accept("size=2_reply=InBand", new GeneratedSource("A.g.cs", "class B { }"));

        Assert.Equal(["SomeTests.Case#A.B.g.verified.cs", "SomeTests.Case_size=2_reply=InBand#A.g.verified.cs"], Files());
        Assert.Equal(
            [.. Encoding.UTF8.Preamble, .. "//HintName: A.B.g.cs\nclass A\n{\n}\n"u8],
            File.ReadAllBytes(Path.Combine(_folder, "SomeTests.Case#A.B.g.verified.cs")));
        Compare("", new GeneratedSource("A.B.g.cs", "class A\n{\n}\n"));
        Compare("size=2_reply=InBand", new GeneratedSource("A.g.cs", "class B { }"));
    }

    [Fact]
    public void A_difference_fails_with_a_diff_and_leaves_what_was_received()
    {
        Accept("", new GeneratedSource("A.g.cs", "one\ntwo\nthree\n"));

        string message = Fails("", new GeneratedSource("A.g.cs", "one\n2\nthree\n"));

        Assert.Contains("--- SomeTests.Case#A.g.verified.cs\n+++ SomeTests.Case#A.g.received.cs\n@@ -1,5 +1,5 @@\n //HintName: A.g.cs\n one\n-two\n+2\n three\n", message);
        Assert.Contains(SnapshotComparer.AcceptVariable, message);
        Assert.Contains("SomeTests.Case#A.g.received.cs", Files());

        Compare("", new GeneratedSource("A.g.cs", "one\ntwo\nthree\n"));
        Assert.DoesNotContain("SomeTests.Case#A.g.received.cs", Files());
    }

    [Fact]
    public void A_file_that_was_never_verified_fails()
    {
        Assert.Contains("does not exist", Fails("", new GeneratedSource("A.g.cs", "text")));
        Assert.Equal(["SomeTests.Case#A.g.received.cs"], Files());
    }

    [Fact]
    public void A_verified_file_that_is_not_generated_any_more_fails_and_goes_when_accepted()
    {
        Accept("", new GeneratedSource("A.g.cs", "text"), new GeneratedSource("B.g.cs", "text"));

        Assert.Contains("SomeTests.Case#B.g.verified.cs is verified, but no such file", Fails("", new GeneratedSource("A.g.cs", "text")));
        Accept("", new GeneratedSource("A.g.cs", "text"));
        Assert.Equal(["SomeTests.Case#A.g.verified.cs"], Files());
    }

    [Fact]
    public void The_version_of_the_generator_does_not_matter_and_everything_else_does()
    {
        Accept("", new GeneratedSource("A.g.cs", "[global::System.CodeDom.Compiler.GeneratedCode(\"Vmbus.Gen\", \"1.0.0\")]\n"));

        Compare("", new GeneratedSource("A.g.cs", "[global::System.CodeDom.Compiler.GeneratedCode(\"Vmbus.Gen\", \"2.0.0\")]\n"));
        Fails("", new GeneratedSource("A.g.cs", "[global::System.CodeDom.Compiler.GeneratedCode(\"Other\", \"1.0.0\")]\n"));
        Fails("", new GeneratedSource("A.g.cs", "[global::System.CodeDom.Compiler.GeneratedCode(\"Vmbus.Gen\", \"1.0.0\")]"));
    }

    [Fact]
    public void Files_of_no_test_are_orphans()
    {
        Write($"{nameof(SnapshotComparerTests)}.{nameof(Files_of_no_test_are_orphans)}#A.g.verified.cs");
        Write($"{nameof(SnapshotComparerTests)}.{nameof(With_parameter)}_size=2#A.g.verified.cs");
        SnapshotOrphans.Verify(GetType().Assembly, _folder);

        foreach (string orphan in new[]
        {
            $"{nameof(SnapshotComparerTests)}.Renamed#A.g.verified.cs",
            $"Renamed.{nameof(Files_of_no_test_are_orphans)}#A.g.verified.cs",
            $"{nameof(SnapshotComparerTests)}.{nameof(With_parameter)}_length=2#A.g.verified.cs",
            $"{nameof(SnapshotComparerTests)}.{nameof(With_parameter)}.verified.txt",
        })
        {
            string path = Write(orphan);
            Assert.Contains(orphan, Assert.Throws<VerificationFailedException>(() => SnapshotOrphans.Verify(GetType().Assembly, _folder)).Message);
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(2)]
    public void With_parameter(int size)
        => Assert.Equal(
            new SnapshotName("SomeTests", "With_parameter", $"size={size}_kind=a", "A.g"),
            SnapshotName.TryParse($"SomeTests.With_parameter_size={size}_kind=a#A.g.verified.cs"));

    private string Write(string name)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "");
        return path;
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private void Accept(string parameters, params GeneratedSource[] sources) => SnapshotComparer.Verify(sources, TestSource, "Case", parameters, accept: true);

    private void Compare(string parameters, params GeneratedSource[] sources) => SnapshotComparer.Verify(sources, TestSource, "Case", parameters, accept: false);

    private string Fails(string parameters, params GeneratedSource[] sources)
        => Assert.Throws<VerificationFailedException>(() => Compare(parameters, sources)).Message;
}
