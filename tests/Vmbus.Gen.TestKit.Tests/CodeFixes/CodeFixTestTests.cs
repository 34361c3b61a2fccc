using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;
using Vmbus.Gen.TestKit.Tests.Samples;

namespace Vmbus.Gen.TestKit.Tests.CodeFixes;

/// <summary>The verifier has to fail for each flaw that a code fix can have.</summary>
public sealed class CodeFixTestTests
{
    private static readonly TestProject Before = TestProject.Of(
        "class A { void {|KIT001:Bad|}() { } }\nclass B { void {|KIT001:Bad|}() { } }\n",
        "class C { void {|KIT001:Bad|}() { } }\n");

    private static readonly TestProject After = TestProject.Of(
        "class A { void Good() { } }\nclass B { void Good() { } }\n",
        "class C { void Good() { } }\n");

    [Fact]
    public Task A_sound_fix_passes_one_by_one_and_all_at_once() => CodeFixVerifier<NameAnalyzer, RenameFix>.VerifyAsync(Before, After);

    [Theory]
    [InlineData(nameof(FixFlaw.DoesNothing), "leaves 3 of 3 KIT001")]
    [InlineData(nameof(FixFlaw.BreaksCode), "brings")]
    [InlineData(nameof(FixFlaw.AddsDiagnostic), "leaves 3 of 3 KIT001")]
    [InlineData(nameof(FixFlaw.NoFixAll), "has no Fix All")]
    [InlineData(nameof(FixFlaw.BatchFixAll), "batch fixer")]
    [InlineData(nameof(FixFlaw.FixAllForgets), "Fix All in document leaves another text")]
    [InlineData(nameof(FixFlaw.NoKey), "has no equivalence key")]
    [InlineData(nameof(FixFlaw.SameKeys), "have the equivalence key 'Good'")]
    public async Task A_flaw_fails(string flaw, string reason)
    {
        CodeFixTest test = new(Before, After, new RenameFix(Enum.Parse<FixFlaw>(flaw)), new NameAnalyzer());

        Assert.Contains(reason, (await Assert.ThrowsAsync<VerificationFailedException>(() => test.RunAsync())).Message);
    }

    [Fact]
    public async Task Another_result_fails_with_the_difference()
    {
        VerificationFailedException failure = await Assert.ThrowsAsync<VerificationFailedException>(
            () => CodeFixVerifier<NameAnalyzer, RenameFix>.VerifyAsync("class A\n{\n    void {|KIT001:Bad|}() { }\n}\n", "class A\n{\n    void Best() { }\n}\n"));

        Assert.Contains("-    void Best() { }\n+    void Good() { }", failure.Message);
    }

    [Fact]
    public async Task An_action_is_chosen_by_key_by_index_and_by_title()
    {
        TestProject before = TestProject.Of("class A { void {|KIT001:Bad|}() { } }");
        TestProject after = TestProject.Of("class A { void Fine() { } }");

        await new CodeFixTest(before, after, new RenameFix(), new NameAnalyzer()) { EquivalenceKey = "Fine", Title = "Rename to 'Fine'" }.RunAsync();
        await new CodeFixTest(before, after, new RenameFix(), new NameAnalyzer()) { ActionIndex = 1 }.RunAsync();
        await Assert.ThrowsAsync<VerificationFailedException>(
            () => new CodeFixTest(before, after, new RenameFix(), new NameAnalyzer()) { ActionIndex = 1, Title = "Rename to 'Good'" }.RunAsync());
        await Assert.ThrowsAsync<VerificationFailedException>(
            () => new CodeFixTest(before, after, new RenameFix(), new NameAnalyzer()) { EquivalenceKey = "Missing" }.RunAsync());
    }

    [Fact]
    public async Task Diagnostics_that_stay_are_marked_in_the_result()
    {
        const string Before = "class A { void {|KIT001:Bad|}() { } } class Closed { void {|KIT001:Bad|}() { } }";
        TestProject fixedAll = TestProject.Of("class A { void Good() { } } class Closed { void Good() { } }");

        await new CodeFixTest(
            TestProject.Of(Before), TestProject.Of("class A { void Good() { } } class Closed { void {|KIT001:Bad|}() { } }"), new RenameFix(), new NameAnalyzer())
        {
            AfterFixAll = fixedAll,
        }.RunAsync();
        await Assert.ThrowsAsync<VerificationFailedException>(() => CodeFixVerifier<NameAnalyzer, RenameFix>.VerifyAsync(
            Before, "class A { void Good() { } } class Closed { void Bad() { } }"));
    }

    [Fact]
    public async Task A_fix_that_must_not_be_offered_is_found()
    {
        await CodeFixVerifier<NameAnalyzer, RenameFix>.VerifyNotOfferedAsync("class Closed { void {|KIT001:Bad|}() { } }");
        await Assert.ThrowsAsync<VerificationFailedException>(() => CodeFixVerifier<NameAnalyzer, RenameFix>.VerifyNotOfferedAsync("class A { void {|KIT001:Bad|}() { } }"));
        await Assert.ThrowsAsync<VerificationFailedException>(() => CodeFixVerifier<NameAnalyzer, RenameFix>.VerifyNotOfferedAsync("class Closed { }"));
    }

    [Fact]
    public Task Options_and_generated_members_are_there_in_the_workspace()
    {
        TestProject marked = TestProject
            .Of("class MarkedAttribute : System.Attribute { }\n[Marked] partial class A { string P => A.Name; void Bad() { } void {|KIT001:Worse|}() { } }\n")
            .WithGenerators(new SampleGenerator());
        TestProject before = marked with { EditorConfig = "kit.bad_name = Worse" };
        TestProject after = before.WithFile("Test0.cs", "class MarkedAttribute : System.Attribute { }\n[Marked] partial class A { string P => A.Name; void Bad() { } void Good() { } }\n");

        return CodeFixVerifier<NameAnalyzer, RenameFix>.VerifyAsync(before, after);
    }
}
