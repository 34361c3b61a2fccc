using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Incrementality;

/// <summary>Edits that concern no handler, in projects with few and many classes: every step of the pipeline is cached or finds what it found.</summary>
public sealed class ScaleTests
{
    private static readonly (string Name, Func<TestProject, TestProject> Edit)[] HarmlessEdits =
    [
        ("type in an unrelated file", static p => p.Append("Unrelated.cs", "public class Another;\n")),
        ("comment in the same file", static p => p.Prepend("Class0.cs", "// Requests.\n")),
        ("comment above a handler", static p => p.InsertBefore("Class0.cs", "    [ProcessPacket(1)]", "    // Requests.\n")),
        ("body of a handler", static p => p.Replace("Class0.cs", "_count++;", "_count += 2;")),
        ("body of a method in an unrelated file", static p => p.Replace("Unrelated.cs", "=> 1", "=> 2")),
        ("name of a parameter", static p => p.Replace("Class0.cs", "in Request request)", "in Request message)")),
        ("order of files", static p => p.ReverseFiles()),
        ("order of handlers", static p => p.Replace("Class0.cs", Second, "").InsertBefore("Class0.cs", "    [ProcessPacket(1)]", Second)),
        (MovedToNewFile, static p => p.Replace("Class0.cs", Second, "").WithFile("Class0b.cs", $"namespace Demo;\n\npublic sealed partial class Class0\n{{\n{Second}}}\n")),
        ("nullable", static p => p.ToggleNullable()),
        ("reference", static p => p.AddUnrelatedReference()),
        ("option", static p => p.WithBuildProperty("Anything", "else")),
        ("new file", static p => p.WithFile("New.cs", "namespace Demo;\n\npublic class New;\n")),
        ("removed file", static p => p.WithoutFile("Unrelated.cs")),
    ];

    private const string MovedToNewFile = "handler moves to a new part";

    private const string Second = "    [ProcessPacket(2)]\n    private Response OnQuery(PacketCompletion packet) => default;\n";

    public static TheoryData<int> Edits => [.. Enumerable.Range(0, HarmlessEdits.Length)];

    [Theory]
    [MemberData(nameof(Edits))]
    public void Nothing_is_made_again(int edit) => Verify(1, edit);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nothing_is_made_again_among_a_hundred_classes(int edit) => Verify(100, edit);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Edits))]
    public void Nothing_is_made_again_in_large_projects(int edit)
    {
        Verify(100, edit);
        Verify(1000, edit);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void A_renamed_handler_makes_its_class_alone(int classes)
    {
        int others = classes - 1;
        EditScenario edit = new EditScenario("rename", static p => p.Replace("Class0.cs", "OnQuery", "OnAsk"))
            .Expecting("Model", StepExpectation.Exactly(unchanged: others, modified: 1))
            .Expecting("SortedModels", StepExpectation.Exactly(modified: 1))
            .Expecting("Classes", StepExpectation.Exactly(unchanged: others, modified: 1))
            .Expecting("SourceOutput", StepExpectation.Exactly(cached: others, modified: 1));
        GeneratorVerifier<ChannelCallbacksGenerator>.RunEdit(Project(classes), edit);
    }

    /// <summary>After a thousand edits the first compilations are gone, though every model is still equal to the first.</summary>
    [Fact]
    public void Old_compilations_can_be_collected_after_many_edits()
    {
        (GeneratorDriver driver, CSharpCompilation current, List<WeakReference> old) = EditManyTimes();
        for (int i = 0; i < 10 && old.Any(static r => r.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, old.Count(static r => r.IsAlive));
        GC.KeepAlive(driver);
        GC.KeepAlive(current);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, CSharpCompilation Current, List<WeakReference> Old) EditManyTimes()
    {
        TestProject project = Project(5);
        CSharpCompilation compilation = project.CreateCompilation();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new ChannelCallbacksGenerator()).RunGenerators(compilation);
        List<WeakReference> old = [];
        for (int i = 0; i < 1000; i++)
        {
            old.Add(new WeakReference(compilation));
            old.Add(new WeakReference(compilation.SyntaxTrees[i % 2 == 0 ? 0 : ^2]));
            int n = i;
            project = n % 2 == 0
                ? project.WithFile("Class0.cs", ClassText(0).Replace("_count++;", $"_count += {n};", StringComparison.Ordinal))
                : project.WithFile("Unrelated.cs", $"namespace Demo;\n\npublic class Unrelated {{ public int Value{n} => {n}; }}\n");
            compilation = project.CreateCompilation(compilation);
            driver = driver.RunGenerators(compilation);
        }

        // What the last state shares with the ones before it stays alive with it.
        old.RemoveAll(r => r.Target is SyntaxTree tree && compilation.ContainsSyntaxTree(tree));
        return (driver, compilation, old);
    }

    private static void Verify(int classes, int edit)
    {
        (string name, Func<TestProject, TestProject> change) = HarmlessEdits[edit];
        EditScenario scenario = new(name, change);
        if (name == MovedToNewFile)
        {
            // Where files come and go beside an edited one, the driver tells what it finds again as new. Nothing comes of it.
            scenario = scenario.Expecting("Model", StepExpectation.Exactly(unchanged: classes - 1, @new: 1, removed: 1));
        }

        GeneratorVerifier<ChannelCallbacksGenerator>.RunEdit(Project(classes), scenario);
    }

    private static TestProject Project(int classes)
    {
        TestProject project = TestProject.Empty;
        for (int i = 0; i < classes; i++)
        {
            project = project with { Sources = project.Sources.Add(new TestFile(TestProject.FullPath($"Class{i}.cs"), ClassText(i))) };
        }

        return project
            .WithFile("Messages.cs", "namespace Demo;\n\npublic struct Request { public uint Type, Value; }\n\npublic struct Response { public uint Type, Value; }\n")
            .WithFile("Unrelated.cs", "namespace Demo;\n\npublic class Unrelated { public int Value => 1; }\n");
    }

    private static string ClassText(int index)
        => $"namespace Demo;\n\npublic sealed partial class Class{index}\n{{\n    private int _count;\n\n    [ProcessPacket(1)]\n    private void OnRequest(PacketCompletion packet, in Request request)\n    {{\n        _count++;\n        packet.Complete();\n    }}\n\n{Second}}}\n";
}
