using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;
using Vmbus.Gen.TestKit.Tests.Samples;

namespace Vmbus.Gen.TestKit.Tests.Generators;

/// <summary>The verifier has to fail for each flaw that a generator can have.</summary>
public sealed class GeneratorTestTests
{
    private static readonly TestProject Two = TestProject.Of(
        "class MarkedAttribute : System.Attribute { }\n[Marked] partial class A { }\n",
        "[Marked] partial class B { }\n",
        "class Other { }\n");

    [Fact]
    public void A_sound_generator_passes()
    {
        GeneratorRun run = GeneratorVerifier<SampleGenerator>.Run(Two);

        Assert.Equal(["A.g.cs", "B.g.cs"], run.Sources.Select(s => s.HintName));
        Assert.Contains("partial class B", run.TextOf("B.g.cs"));
        Assert.Contains("A.g.cs, B.g.cs", Assert.Throws<VerificationFailedException>(() => run.TextOf()).Message);
    }

    [Theory]
    [InlineData(nameof(Flaw.CarriesSymbol), "is an ISymbol")]
    [InlineData(nameof(Flaw.CarriesNodeInsideModel), "Carried[1] is a SyntaxNode")]
    [InlineData(nameof(Flaw.LeaksEqualModel), "is a Compilation")]
    [InlineData(nameof(Flaw.IsNeverEqual), "Model: expected all Cached or Unchanged, was Modified x2")]
    [InlineData(nameof(Flaw.ReportsDiagnostic), "KIT003")]
    [InlineData(nameof(Flaw.Throws), "the generator's own mistake")]
    [InlineData(nameof(Flaw.WarnsInOutput), "CS0169")]
    [InlineData(nameof(Flaw.NeedsNewLanguage), "LangVersion 12.0")]
    [InlineData(nameof(Flaw.NeedsNullable), "CS8669")]
    [InlineData(nameof(Flaw.CarriageReturns), "carriage returns")]
    [InlineData(nameof(Flaw.NamesNoStep), "does not use its tracking names")]
    public void A_flaw_fails(string flaw, string reason)
    {
        GeneratorTest test = new(Two.WithGenerators(new SampleGenerator(Enum.Parse<Flaw>(flaw))));

        Assert.Contains(reason, Assert.Throws<VerificationFailedException>(test.Run).Message);
    }

    [Fact]
    public void Sources_that_do_not_compile_fail_unless_that_is_allowed()
    {
        TestProject broken = Two.Append("Test2.cs", "class Broken : Missing { }");

        Assert.Contains("CS0246", Assert.Throws<VerificationFailedException>(() => GeneratorVerifier<SampleGenerator>.Run(broken)).Message);
        Assert.Equal(2, new GeneratorTest(broken.WithGenerators(new SampleGenerator())) { AllowCompileErrors = true }.Run().Sources.Length);
    }

    [Fact]
    public void Edits_are_held_to_the_reasons_of_each_step()
    {
        EditScenario unrelated = new("unrelated member", p => p.InsertAfter("Test2.cs", "{ ", "int F() => 1; "));
        EditScenario rename = new EditScenario("rename a class", p => p.Replace("Test1.cs", "class B", "class C"))
            .Expecting(TrackingNames.Model, StepExpectation.Exactly(unchanged: 1, modified: 1))
            .Expecting(TrackingNames.Names, IncrementalStepRunReason.Modified)
            .Expecting("SourceOutput", IncrementalStepRunReason.Modified);

        GeneratorVerifier<SampleGenerator>.RunEdit(Two, unrelated);
        GeneratorRun run = GeneratorVerifier<SampleGenerator>.RunEdit(Two, rename);
        Assert.Equal(["A.g.cs", "C.g.cs"], run.Sources.Select(s => s.HintName));

        string message = Assert.Throws<VerificationFailedException>(
            () => GeneratorVerifier<SampleGenerator>.RunEdit(Two, rename with { Expect = unrelated.Expect })).Message;
        Assert.Contains("'rename a class'", message);
        Assert.Contains("Model: expected all Cached or Unchanged, was Modified x1, Unchanged x1", message);
        Assert.Throws<VerificationFailedException>(() => GeneratorVerifier<SampleGenerator>.RunEdit(Two, unrelated with { Expect = rename.Expect }));
        Assert.Throws<ArgumentException>(() => GeneratorVerifier<SampleGenerator>.RunEdit(Two, unrelated.Expecting("Modle", IncrementalStepRunReason.New)));
    }

    [Fact]
    public void Output_that_is_stale_after_an_edit_fails()
    {
        // A model that calls itself equal to any other keeps the old name.
        GeneratorTest test = new(Two.WithGenerators(new SampleGenerator(Flaw.IgnoresChanges)));

        Assert.Contains(
            "generate different files",
            Assert.Throws<VerificationFailedException>(() => test.RunEdit(new EditScenario("rename", p => p.Replace("Test1.cs", "class B", "class C")))).Message);
    }

    [Fact]
    public void A_compilation_that_a_model_keeps_alive_is_found()
    {
        GeneratorVerifier<SampleGenerator>.VerifyOldCompilationIsReleased(Two);
        GeneratorVerifier<SampleGenerator>.VerifyOldCompilationIsReleased(Two, p => p.Prepend("Test1.cs", "// a comment\n"));
        Assert.Throws<VerificationFailedException>(
            () => new GeneratorTest(Two.WithGenerators(new SampleGenerator(Flaw.LeaksEqualModel))).VerifyOldCompilationIsReleased());
    }

    [Fact]
    public void Edits_have_to_name_one_place()
    {
        Assert.Throws<ArgumentException>(() => Two.Replace("Test1.cs", "nowhere", ""));
        Assert.Throws<ArgumentException>(() => Two.Replace("Test1.cs", "a", ""));
        Assert.Throws<ArgumentException>(() => Two.Replace("Test9.cs", "a", ""));
    }

    public static TheoryData<EditScenario> HarmlessEdits =>
    [
        new("toggle nullable", p => p.ToggleNullable()),
        new("add a reference", p => p.AddUnrelatedReference()),
        new("set a property", p => p.WithBuildProperty("X", "1")),
        new("add a file", p => p.WithFile("New.cs", "class New { }")),
        new("remove a file", p => p.WithoutFile("Test2.cs")),
        new("comment", p => p.Prepend("Test1.cs", "// comment\n")),
    ];

    [Theory]
    [MemberData(nameof(HarmlessEdits))]
    public void Harmless_edits_compile_and_cost_nothing(EditScenario edit)
        => Assert.DoesNotContain(GeneratorVerifier<SampleGenerator>.RunEdit(Two, edit).Compilation.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);

    [Fact]
    public void An_added_reference_can_be_used()
        => GeneratorVerifier<SampleGenerator>.Run(Two.AddUnrelatedReference().Append("Test2.cs", "class UsesIt : Unrelated.Reference { }"));

    [Fact]
    public void The_output_is_loaded_and_run()
    {
        using LoadedAssembly assembly = GeneratorVerifier<SampleGenerator>.Run(Two.Append("Test0.cs", "static class Program { static string Run(int n) => A.Name + B.Name + n; }")).Load();

        Assert.Equal("AB7", assembly.Invoke("Program", "Run", 7));
        Assert.Equal("B", assembly.Create<object>("B").GetType().Name);
        Assert.Contains("it has", Assert.Throws<VerificationFailedException>(() => assembly.TypeOf("Missing")).Message);
    }

    [Fact]
    public Task Analyzers_see_generated_members()
        => new AnalyzerTest(
            Two.Append("Test2.cs", "class UsesIt { string P => A.Name + B.Name; void {|KIT001:Bad|}() { } }").WithGenerators(new SampleGenerator()),
            new NameAnalyzer()).RunAsync();
}
