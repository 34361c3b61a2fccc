using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;
using Vmbus.Gen.TestKit.Tests.Samples;

namespace Vmbus.Gen.TestKit.Tests.Analyzers;

/// <summary>The verifier has to fail wherever the code under test differs from what the test says.</summary>
public sealed class AnalyzerTestTests
{
    [Fact]
    public Task Agreement_passes()
        => AnalyzerVerifier<NameAnalyzer>.VerifyAsync("class C { void {|KIT001:Bad|}() { } void Good() { } }");

    [Fact]
    public async Task A_diagnostic_that_is_not_expected_fails_with_its_line()
    {
        VerificationFailedException failure = await Fails("class C\n{\n    void Bad() { }\n}\n");

        Assert.Contains("0 missing, 1 unexpected", failure.Message);
        Assert.Contains("Test0.cs(3,10)", failure.Message);
        Assert.Contains("'Bad' is a bad name", failure.Message);
        Assert.Contains("void Bad() { }", failure.Message);
        Assert.Contains("~~~", failure.Message);
    }

    [Fact]
    public async Task A_missing_diagnostic_fails()
        => Assert.Contains("1 missing, 0 unexpected", (await Fails("class C { void {|KIT001:Good|}() { } }")).Message);

    [Fact]
    public async Task A_diagnostic_at_another_place_fails()
        => Assert.Contains("1 missing, 1 unexpected", (await Fails("class C { {|KIT001:void|} Bad() { } }")).Message);

    [Fact]
    public async Task One_diagnostic_does_not_answer_two_expectations()
        => Assert.Contains("1 missing", (await Fails("class C { void {|KIT001:{|KIT001:Bad|}|}() { } }")).Message);

    [Fact]
    public async Task A_compile_error_fails_and_a_declared_one_passes()
    {
        Assert.Contains("CS0246", (await Fails("class C { Missing _f; }")).Message);
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync("class C { {|CS0246:Missing|} {|CS0169:_f|}; }");
    }

    [Fact]
    public async Task A_declared_compile_error_that_does_not_come_fails()
        => Assert.Contains("1 missing", (await Fails("class C { {|CS0246:int|} P => 1; }")).Message);

    [Fact]
    public async Task Warnings_of_the_compiler_count_only_on_request()
    {
        const string Source = "class C { int _f; }";
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(Source);
        await Assert.ThrowsAsync<VerificationFailedException>(
            () => new AnalyzerTest(TestProject.Of(Source), new NameAnalyzer()) { CompilerWarnings = true }.RunAsync());
    }

    [Fact]
    public async Task An_analyzer_that_throws_fails()
    {
        VerificationFailedException failure = await Fails("class C { void Crash() { } }");

        Assert.Contains("An analyzer threw", failure.Message);
        Assert.Contains("the analyzer's own mistake", failure.Message);
    }

    [Fact]
    public async Task Numbered_locations_are_held_to_the_additional_locations()
    {
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync("class {|#0:C|} { void {|KIT001:Bad|}({|#1:int a|}) { } }");
        Assert.Contains("1 wrong", (await Fails("class {|#1:C|} { void {|KIT001:Bad|}({|#0:int a|}) { } }")).Message);
        Assert.Contains("1 wrong", (await Fails("class {|#0:C|} { void {|KIT001:Bad|}(int a) { } }")).Message);
        Assert.Contains("1 wrong", (await Fails("class C { void {|KIT001():Bad|}() { } }")).Message);
    }

    [Fact]
    public async Task Each_diagnostic_can_name_its_locations()
    {
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(
            "class {|#0:C|} { void {|KIT001(0):Bad|}() { } } class {|#1:D|} { void {|KIT001(1):Bad|}() { } }");
        Assert.Contains("2 wrong", (await Fails(
            "class {|#0:C|} { void {|KIT001(1):Bad|}() { } } class {|#1:D|} { void {|KIT001(0):Bad|}() { } }")).Message);
    }

    [Fact]
    public async Task Locations_that_no_diagnostic_claims_are_refused()
    {
        FormatException error = await Assert.ThrowsAsync<FormatException>(() => AnalyzerVerifier<NameAnalyzer>.VerifyAsync(
            "class {|#0:C|} { void {|KIT001:Bad|}() { } } class D { void {|KIT001:Bad|}() { } }"));
        Assert.Contains("say which diagnostic has which", error.Message);

        error = await Assert.ThrowsAsync<FormatException>(() => AnalyzerVerifier<NameAnalyzer>.VerifyAsync(
            "class {|#0:C|} { void {|KIT001(0):Bad|}({|#1:int a|}) { } }"));
        Assert.Contains("#1 is marked, but no", error.Message);

        error = await Assert.ThrowsAsync<FormatException>(() => AnalyzerVerifier<NameAnalyzer>.VerifyAsync("class C { void {|KIT001(7):Bad|}() { } }"));
        Assert.Contains("#7, which is marked nowhere", error.Message);
    }

    [Fact]
    public async Task Messages_are_compared_for_a_rule_and_for_one_of_its_diagnostics()
    {
        const string Source = "class C { void {|KIT001:Bad|}() { } }";
        await AnalyzerVerifier<NameAnalyzer>.VerifyMessageAsync(Source, "KIT001", "'Bad' is a bad name");

        VerificationFailedException failure = await Assert.ThrowsAsync<VerificationFailedException>(
            () => AnalyzerVerifier<NameAnalyzer>.VerifyMessageAsync(Source, "KIT001", "something else"));
        Assert.Contains("message expected: something else", failure.Message);

        failure = await Assert.ThrowsAsync<VerificationFailedException>(() => new AnalyzerTest(TestProject.Of(Source), new NameAnalyzer())
        {
            Messages = [new ExpectedMessage("KIT001", "'Bad' is a bad name", Index: 1)],
        }.RunAsync());
        Assert.Contains("but there are 1", failure.Message);
    }

    [Fact]
    public async Task Only_enabled_rules_run_and_the_default_id_is_the_enabled_one()
    {
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync("class C { void Odd() { } }");
        await AnalyzerVerifier<NameAnalyzer>.VerifyRuleAsync("KIT002", "class C { void [|Odd|]() { } void Bad() { } }");
        await Assert.ThrowsAsync<FormatException>(() => AnalyzerVerifier<NameAnalyzer>.VerifyAsync("class C { void [|Bad|]() { } }"));
    }

    [Fact]
    public async Task Several_files_are_one_project()
    {
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(TestProject.Of("partial class C { void {|KIT001:Bad|}() => Good(); }", "partial class C { void Good() { } }"));
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(TestProject.Of("class C { }", "class D { void {|KIT001:Bad|}() { } }"));
    }

    [Fact]
    public async Task Options_reach_the_analyzer_and_the_compiler()
    {
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(TestProject.Of("class C { void Bad() { } }") with { EditorConfig = "dotnet_diagnostic.KIT001.severity = none" });
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(TestProject.Of("class C { void Bad() { } void {|KIT001:Worse|}() { } }") with { EditorConfig = "kit.bad_name = Worse" });
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(TestProject.Of("#if KIT\nclass C { void {|KIT001:Bad|}() { } }\n#endif") with { PreprocessorSymbols = ["KIT"] });
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(TestProject.Of("class C{|CS9058:(int a)|} { int P => a; }") with { LanguageVersion = LanguageVersion.CSharp11 });
        await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(TestProject.Of("unsafe class C { void* P => null; }") with { AllowUnsafe = true });
        await Assert.ThrowsAsync<VerificationFailedException>(() => AnalyzerVerifier<NameAnalyzer>.VerifyAsync("unsafe class C { void* P => null; }"));
    }

    [Fact]
    public Task Suppressed_diagnostics_are_no_diagnostics()
        => AnalyzerVerifier<NameAnalyzer>.VerifyAsync("class C {\n#pragma warning disable KIT001\nvoid Bad() { }\n#pragma warning restore KIT001\nvoid {|KIT001:Bad|}(int a) { } }");

    [Fact]
    public async Task The_diagnostics_come_back_in_the_order_of_the_source()
    {
        IEnumerable<Diagnostic> diagnostics = await AnalyzerVerifier<NameAnalyzer>.VerifyAsync(TestProject.Of(
            string.Concat(Enumerable.Range(0, 50).Select(static i => $"class A{i} {{ void {{|KIT001:Bad|}}() {{ }} }}\n")),
            string.Concat(Enumerable.Range(0, 50).Select(static i => $"class B{i} {{ void {{|KIT001:Bad|}}() {{ }} }}\n"))));

        Assert.Equal(
            diagnostics.OrderBy(static d => d.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan.Start),
            diagnostics);
    }

    private static Task<VerificationFailedException> Fails(string markup)
        => Assert.ThrowsAsync<VerificationFailedException>(() => AnalyzerVerifier<NameAnalyzer>.VerifyAsync(markup));
}
