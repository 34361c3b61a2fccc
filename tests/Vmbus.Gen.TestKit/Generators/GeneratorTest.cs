using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>
/// The generators of a project over its sources. Every run is made twice; the second, over a cloned compilation, may do no work. What flows through the
/// named steps may reach no object of the compiler; the output has to compile, with every language version and nullable setting that users have.
/// </summary>
public sealed class GeneratorTest(TestProject project)
{
    private readonly TestProject _project = project.Generators.IsEmpty
        ? throw new ArgumentException("The project has no generator; use WithGenerators.", nameof(project))
        : project;

    /// <summary>The oldest language version that the sources of the test are written in.</summary>
    public LanguageVersion OldestLanguageVersion { get; init; } = LanguageVersion.CSharp12;

    /// <summary>Also compiles the output with every language version from <see cref="OldestLanguageVersion"/> on, and with nullable on and off.</summary>
    public bool CompileWithAllOptions { get; init; } = true;

    /// <summary>Set where the sources are meant not to compile, to see what is generated for them all the same.</summary>
    public bool AllowCompileErrors { get; init; }

    public GeneratorRun Run()
    {
        CSharpCompilation input = _project.CreateCompilation();
        GeneratorDriver first = CreateDriver(_project).RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        GeneratorDriverRunResult firstResult = Checked(first);
        GeneratorDriver second = first.RunGenerators(input.Clone());
        GeneratorDriverRunResult secondResult = Checked(second);

        ImmutableArray<string> names = TrackedSteps.NamesOf(_project.Generators);
        TrackedSteps steps = new(secondResult, names);
        steps.VerifyCached(hasOutput: firstResult.GeneratedTrees.Length > 0);
        new TrackedSteps(firstResult, names).VerifyModels();
        steps.VerifyModels();

        GeneratorRun run = new(_project, second, output, SourcesOf(firstResult));
        VerifySame(run.Sources, SourcesOf(secondResult), "the second run");
        VerifyFiles(run.Sources);
        if (!diagnostics.IsEmpty)
        {
            throw new VerificationFailedException("The generator reports diagnostics, which is the work of analyzers:\n  " + string.Join("\n  ", diagnostics));
        }

        if (!AllowCompileErrors)
        {
            GeneratedCompilation.Verify(output, [.. firstResult.GeneratedTrees], _project, "the options of the test");
            if (CompileWithAllOptions)
            {
                VerifyAllOptions();
            }
        }

        return run;
    }

    /// <summary>Runs the generators before and after an edit, on one driver, and holds the reasons of all steps to the scenario.</summary>
    /// <returns>The run after the edit. Its files are those that a fresh driver generates.</returns>
    public GeneratorRun RunEdit(EditScenario scenario)
    {
        CSharpCompilation before = _project.CreateCompilation();
        GeneratorDriver driver = CreateDriver(_project).RunGenerators(before);
        Checked(driver);

        TestProject edited = scenario.Edit(_project);
        driver = Update(driver, _project, edited).RunGeneratorsAndUpdateCompilation(edited.CreateCompilation(before), out Compilation output, out _);
        GeneratorDriverRunResult result = Checked(driver);
        new TrackedSteps(result, TrackedSteps.NamesOf(_project.Generators)).Verify($"The edit '{scenario.Name}'", scenario.Expect);

        GeneratorRun run = new(edited, driver, output, SourcesOf(result));
        VerifySame(SourcesOf(Checked(CreateDriver(edited).RunGenerators(edited.CreateCompilation()))), run.Sources, $"the driver after the edit '{scenario.Name}'");
        return run;
    }

    /// <summary>Makes edits one after the other on one driver; after each the files have to be those that a fresh driver generates.</summary>
    public void VerifyEdits(params ReadOnlySpan<Func<TestProject, TestProject>> edits)
    {
        TestProject project = _project;
        CSharpCompilation compilation = project.CreateCompilation();
        GeneratorDriver driver = CreateDriver(project, trackSteps: false).RunGenerators(compilation);
        for (int i = 0; i < edits.Length; i++)
        {
            TestProject edited = edits[i](project);
            compilation = edited.CreateCompilation(compilation);
            driver = Update(driver, project, edited).RunGenerators(compilation);
            project = edited;
            VerifySame(SourcesOf(Checked(CreateDriver(edited, trackSteps: false).RunGenerators(edited.CreateCompilation()))), SourcesOf(Checked(driver)), $"the driver after edit {i}");
        }
    }

    /// <summary>
    /// Fails if the driver holds on to the compilation before an edit. The edit has to leave the models equal (a comment, or nothing at all):
    /// only then is an old model, with whatever hides in it, kept in place of the new one.
    /// </summary>
    public void VerifyOldCompilationIsReleased(Func<TestProject, TestProject>? edit = null)
    {
        (GeneratorDriver driver, WeakReference old) = RunTwiceAndForgetTheFirst(edit?.Invoke(_project) ?? _project);
        for (int i = 0; i < 10 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        bool leaks = old.IsAlive;
        GC.KeepAlive(driver);
        if (leaks)
        {
            throw new VerificationFailedException("The driver keeps the compilation before the edit alive: a model carries something of it without comparing it.");
        }
    }

    /// <summary>In a frame of its own, so that no local of the caller holds the first driver or its compilation.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (GeneratorDriver Driver, WeakReference FirstCompilation) RunTwiceAndForgetTheFirst(TestProject edited)
    {
        CSharpCompilation first = _project.CreateCompilation();
        GeneratorDriver driver = CreateDriver(_project, trackSteps: false).RunGenerators(first);

        // The second compilation is parsed anew, so that nothing but the driver can connect the two.
        return (Update(driver, _project, edited).RunGenerators(edited.CreateCompilation()), new WeakReference(first));
    }

    private void VerifyAllOptions()
    {
        foreach (LanguageVersion version in GeneratedCompilation.LanguageVersionsFrom(OldestLanguageVersion))
        {
            foreach (NullableContextOptions nullable in new[] { NullableContextOptions.Enable, NullableContextOptions.Disable })
            {
                if (version == _project.LanguageVersion.MapSpecifiedToEffectiveVersion() && nullable == _project.Nullable)
                {
                    // Compiled already.
                    continue;
                }

                TestProject variant = _project with { LanguageVersion = version, Nullable = nullable };
                GeneratorDriver driver = CreateDriver(variant, trackSteps: false).RunGeneratorsAndUpdateCompilation(variant.CreateCompilation(), out Compilation output, out _);
                GeneratedCompilation.Verify(output, [.. Checked(driver).GeneratedTrees], variant, $"LangVersion {version.ToDisplayString()} and Nullable {nullable}");
            }
        }
    }

    private static GeneratorDriver CreateDriver(TestProject project, bool trackSteps = true)
        => CSharpGeneratorDriver.Create(
            project.Generators.Select(GeneratorExtensions.AsSourceGenerator),
            project.AdditionalFiles.Select(static f => f.ToAdditionalText()),
            project.CreateParseOptions(),
            project.CreateConfigOptionsProvider(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: trackSteps));

    /// <summary>Tells the driver what the edit has changed beside the sources, and nothing else, as hosts do.</summary>
    private static GeneratorDriver Update(GeneratorDriver driver, TestProject before, TestProject after)
    {
        if (!after.CreateParseOptions().Equals(before.CreateParseOptions()))
        {
            driver = driver.WithUpdatedParseOptions(after.CreateParseOptions());
        }

        if (!after.ConfigFiles().SequenceEqual(before.ConfigFiles()))
        {
            driver = driver.WithUpdatedAnalyzerConfigOptions(after.CreateConfigOptionsProvider());
        }

        return after.AdditionalFiles.SequenceEqual(before.AdditionalFiles)
            ? driver
            : driver.ReplaceAdditionalTexts([.. after.AdditionalFiles.Select(static f => f.ToAdditionalText())]);
    }

    private static GeneratorDriverRunResult Checked(GeneratorDriver driver)
    {
        GeneratorDriverRunResult result = driver.GetRunResult();
        CompiledProject.ThrowIfGeneratorThrew(result);
        return result;
    }

    private static ImmutableArray<GeneratedSource> SourcesOf(GeneratorDriverRunResult result)
        => [.. result.Results.SelectMany(static r => r.GeneratedSources).Select(static s => new GeneratedSource(s.HintName, s.SourceText.ToString()))];

    private static void VerifySame(ImmutableArray<GeneratedSource> expected, ImmutableArray<GeneratedSource> actual, string who)
    {
        if (!expected.OrderBy(static s => s.HintName, StringComparer.Ordinal).SequenceEqual(actual.OrderBy(static s => s.HintName, StringComparer.Ordinal)))
        {
            throw new VerificationFailedException($"A fresh driver and {who} generate different files:\n{Describe(expected)}\n--- and ---\n{Describe(actual)}");
        }

        static string Describe(ImmutableArray<GeneratedSource> sources) => string.Join("\n", sources.Select(static s => $"// {s.HintName}\n{s.Text}"));
    }

    private static void VerifyFiles(ImmutableArray<GeneratedSource> sources)
    {
        const int LongestHintName = 200;
        foreach (GeneratedSource source in sources)
        {
            if (source.HintName.Length > LongestHintName)
            {
                throw new VerificationFailedException($"The hint name {source.HintName} has {source.HintName.Length} characters; file systems take about {LongestHintName}.");
            }

            if (source.Text.Contains('\r'))
            {
                throw new VerificationFailedException($"{source.HintName} has carriage returns: it depends on the machine that generates it.");
            }
        }
    }
}
