using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Generators;

namespace Vmbus.Gen.TestKit.Tests.Generators;

public sealed class ObjectGraphTests
{
    private static readonly SyntaxTree Tree = CSharpSyntaxTree.ParseText("class C { }");

    private static readonly Compilation Compilation = CSharpCompilation.Create("T", [Tree]);

    private sealed record Node(object? Value, Node? Next = null);

    private sealed class Hidden(object value)
    {
        private readonly Func<string?> _closure = () => value.ToString();

        public override string? ToString() => _closure();
    }

    public static TheoryData<string> Kinds => [.. CompilerObjects().Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_compiler_object_is_found(string kind)
    {
        object value = CompilerObjects()[kind];

        Assert.Contains(kind, Assert.Single(ObjectGraph.FindCompilerObjects(value, "root")));
        Assert.Equal(
            $"root.Next.Value[1].Value is a{(kind[0] is 'I' or 'A' ? "n" : "")} {kind} ({value.GetType().Name})",
            Assert.Single(ObjectGraph.FindCompilerObjects(new Node(1, new Node(new object[] { "x", new Node(value) })), "root")));
    }

    [Fact]
    public void Closures_lists_and_dictionaries_hide_nothing()
    {
        Assert.NotEmpty(ObjectGraph.FindCompilerObjects(new Hidden(Tree), "root"));
        Assert.NotEmpty(ObjectGraph.FindCompilerObjects(new List<object> { Tree }, "root"));
        Assert.NotEmpty(ObjectGraph.FindCompilerObjects(new Dictionary<string, object> { ["x"] = Tree }, "root"));
    }

    [Fact]
    public void Values_and_cycles_are_fine()
    {
        object[] cycle = new object[2];
        cycle[0] = cycle;
        cycle[1] = new Node(DateTime.UtcNow, new Node(typeof(string), new Node(DayOfWeek.Friday, new Node(3.5m, new Node(new Version(1, 2))))));

        Assert.Empty(ObjectGraph.FindCompilerObjects(cycle, "root"));
        Assert.Empty(ObjectGraph.FindCompilerObjects(null, "root"));
    }

    private static Dictionary<string, object> CompilerObjects() => new()
    {
        ["ISymbol"] = Compilation.GetTypeByMetadataName("C")!,
        ["SyntaxNode"] = Tree.GetRoot(),
        ["SyntaxTree"] = Tree,
        ["SyntaxReference"] = Tree.GetReference(Tree.GetRoot()),
        ["Location"] = Tree.GetRoot().GetLocation(),
        ["Compilation"] = Compilation,
        ["SemanticModel"] = Compilation.GetSemanticModel(Tree),
        ["Diagnostic"] = Diagnostic.Create("KIT001", "Test", "message", DiagnosticSeverity.Warning, DiagnosticSeverity.Warning, true, 1),
    };
}
