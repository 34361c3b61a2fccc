using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>The steps of a run that their generator has named, and what they output.</summary>
internal sealed class TrackedSteps(GeneratorDriverRunResult result, ImmutableArray<string> trackingNames)
{
    private const string TrackingNamesType = "TrackingNames";

    /// <summary>The constants of the classes called <c>TrackingNames</c> in the assemblies of the generators.</summary>
    public static ImmutableArray<string> NamesOf(ImmutableArray<IIncrementalGenerator> generators)
    {
        ImmutableArray<string> names =
        [
            .. generators.Select(static g => g.GetType().Assembly).Distinct()
                .SelectMany(static a => a.GetTypes().Where(static t => t.Name == TrackingNamesType))
                .SelectMany(static t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(static f => f.IsLiteral && f.FieldType == typeof(string))
                .Select(static f => (string)f.GetRawConstantValue()!)
                .Order(StringComparer.Ordinal),
        ];
        return names.IsEmpty
            ? throw new VerificationFailedException($"No assembly of the generators has a class '{TrackingNamesType}' with string constants: none of their steps can be watched.")
            : names;
    }

    /// <summary>Fails if a step of a second run over an equal compilation did its work again.</summary>
    public void VerifyCached(bool hasOutput)
    {
        if (hasOutput && !trackingNames.Any(n => ReasonsOf(n).Count > 0))
        {
            throw new VerificationFailedException(
                $"Files were generated, but no step ran that is called {string.Join(", ", trackingNames)}: the pipeline does not use its tracking names.");
        }

        Verify("The second run over an equal compilation", ImmutableDictionary<string, StepExpectation>.Empty);
    }

    public void Verify(string occasion, ImmutableDictionary<string, StepExpectation> expectations)
    {
        ImmutableArray<string> outputs = [.. result.Results.SelectMany(static r => r.TrackedOutputSteps.Keys).Distinct().Order(StringComparer.Ordinal)];
        if (expectations.Keys.Except(trackingNames).Except(outputs).ToArray() is { Length: > 0 } unknown)
        {
            throw new ArgumentException(
                $"{occasion}: there is no step called {string.Join(", ", unknown)}; there are {string.Join(", ", trackingNames.Concat(outputs))}.", nameof(expectations));
        }

        List<string> wrong = [];
        foreach (string name in trackingNames)
        {
            Check(name, ReasonsOf(name), StepExpectation.CachedOrUnchanged);
        }

        foreach (string name in outputs)
        {
            Check(name, ReasonsOf(name), StepExpectation.All(IncrementalStepRunReason.Cached));
        }

        if (wrong.Count > 0)
        {
            StringBuilder all = new();
            foreach (string name in trackingNames.Concat(outputs))
            {
                all.Append("    ").Append(name).Append(": ").Append(StepExpectation.Describe(ReasonsOf(name))).Append('\n');
            }

            throw new VerificationFailedException($"{occasion} did other work than it may.\n  {string.Join("\n  ", wrong)}\n  all steps:\n{all}");
        }

        void Check(string name, IReadOnlyCollection<IncrementalStepRunReason> reasons, StepExpectation byDefault)
        {
            bool isExpected = expectations.TryGetValue(name, out StepExpectation? expectation);

            // A step that nothing flows into has no output; only one that is spoken of has to have some.
            if ((isExpected || reasons.Count > 0) && !(expectation ?? byDefault).Matches(reasons))
            {
                wrong.Add($"{name}: expected {expectation ?? byDefault}, was {StepExpectation.Describe(reasons)}");
            }
        }
    }

    /// <summary>Fails if a value that flows out of a named step, or into an output, reaches an object of the compiler.</summary>
    public void VerifyModels()
    {
        List<string> found = [];
        foreach (string name in trackingNames)
        {
            int index = 0;
            foreach (IncrementalGeneratorRunStep step in StepsOf(name))
            {
                foreach ((object value, _) in step.Outputs)
                {
                    found.AddRange(ObjectGraph.FindCompilerObjects(value, $"{name} #{index++}: {value?.GetType().Name}"));
                }
            }
        }

        foreach (IncrementalGeneratorRunStep output in result.Results.SelectMany(static r => r.TrackedOutputSteps.Values).SelectMany(static s => s))
        {
            foreach ((IncrementalGeneratorRunStep source, int outputIndex) in output.Inputs)
            {
                object value = source.Outputs[outputIndex].Value;
                found.AddRange(ObjectGraph.FindCompilerObjects(value, $"input of {output.Name}: {value?.GetType().Name}"));
            }
        }

        if (found.Count > 0)
        {
            throw new VerificationFailedException("A pipeline carries objects of the compiler:\n  " + string.Join("\n  ", found.Distinct()));
        }
    }

    /// <summary>The driver lists an output among the steps as well: it is counted once.</summary>
    private List<IncrementalStepRunReason> ReasonsOf(string name)
        => [.. result.Results
            .SelectMany(r => r.TrackedOutputSteps.TryGetValue(name, out ImmutableArray<IncrementalGeneratorRunStep> outputs) ? outputs : StepsOf(r, name))
            .SelectMany(static s => s.Outputs).Select(static o => o.Reason)];

    private IEnumerable<IncrementalGeneratorRunStep> StepsOf(string name)
        => result.Results.SelectMany(r => StepsOf(r, name));

    private static ImmutableArray<IncrementalGeneratorRunStep> StepsOf(GeneratorRunResult run, string name)
        => run.TrackedSteps.TryGetValue(name, out ImmutableArray<IncrementalGeneratorRunStep> steps) ? steps : [];
}
