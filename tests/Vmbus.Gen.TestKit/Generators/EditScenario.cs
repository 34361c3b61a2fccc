using System.Collections.Immutable;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>An edit and what it may cost: data for a theory.</summary>
/// <param name="Name">Names the test case.</param>
/// <param name="Edit">From the project before to the project after.</param>
public sealed record EditScenario(string Name, Func<TestProject, TestProject> Edit)
{
    /// <summary>
    /// The reasons by tracking name, or by <c>SourceOutput</c> for what writes the files. A step that is not named has to be cached or unchanged,
    /// and an output cached.
    /// </summary>
    public ImmutableDictionary<string, StepExpectation> Expect { get; init; } = ImmutableDictionary<string, StepExpectation>.Empty;

    public EditScenario Expecting(string step, StepExpectation expectation) => this with { Expect = Expect.SetItem(step, expectation) };

    public override string ToString() => Name;
}
