using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Architecture.Tests;

/// <summary>Holds the rooms of the run time to the table of docs/architecture.md.</summary>
public sealed class RoomTests
{
    private static readonly IReadOnlyDictionary<string, HashSet<string>> Allowed =
        MarkdownTable.Rows(Repository.Read("docs/architecture.md"), "room").ToDictionary(row => row[0], row => MarkdownTable.List(row[2]));

    [Fact]
    public void Every_folder_is_a_room_of_the_table_and_every_room_a_folder()
    {
        IEnumerable<string> folders = Repository.Sources(RunTime.Folder).Select(RunTime.Room).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), folders);
    }

    [Fact]
    public void No_room_uses_one_that_it_may_not_know()
    {
        CSharpCompilation compilation = RunTime.Compilation;
        List<string> violations = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length != 0))
        {
            string room = RunTime.Room(tree.FilePath);
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (model.GetSymbolInfo(name).Symbol is { } symbol and not INamespaceSymbol
                    && DeclaringFile(symbol) is { } file
                    && RunTime.Room(file) is var used
                    && used != room
                    && !Allowed[room].Contains(used))
                {
                    violations.Add($"{Path.GetRelativePath(Repository.Root, tree.FilePath)}({name.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {room} uses {symbol.ToDisplayString()} of {used}");
                }
            }
        }

        Assert.Empty(violations);
    }

    [Fact]
    public void The_table_allows_no_circle()
    {
        foreach (string room in Allowed.Keys)
        {
            Assert.DoesNotContain(room, Reachable(room));
        }

        static HashSet<string> Reachable(string room)
        {
            HashSet<string> found = [];
            Stack<string> open = new(Allowed[room]);
            while (open.TryPop(out string? next))
            {
                if (found.Add(next))
                {
                    foreach (string further in Allowed[next])
                    {
                        open.Push(further);
                    }
                }
            }

            return found;
        }
    }

    [Fact]
    public void The_ring_is_a_namespace_that_uses_no_other_of_the_run_time()
    {
        foreach (string file in Repository.Sources(RunTime.Folder).Where(file => RunTime.Room(file) == "Ring"))
        {
            Assert.Contains("namespace Vmbus.Ring;", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    private static string? DeclaringFile(ISymbol symbol)
        => (symbol is IMethodSymbol { ReducedFrom: { } original } ? original : symbol).OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath is { Length: > 0 } path ? path : null;
}
