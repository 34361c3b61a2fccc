using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Analyzers.Differential.Levels;
using Vmbus.Analyzers.Differential.Mutants;

namespace Vmbus.Analyzers.Differential;

/// <summary>The random programs show mistakes in the engine.</summary>
public sealed class MutantTests
{
    public static TheoryData<string> Names => [.. EngineMutants.All.Concat(LevelMutants.All).Select(static m => m.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutants_change_one_place(string name)
        => Assert.All(EngineMutants.All.Concat(LevelMutants.All).Where(m => m.Name == name), static m => Assert.Equal(1, MutantCompiler.Occurrences(m)));

    [Fact]
    [Trait("Category", "Long")]
    public void Every_mutant_is_caught() => Hold(PacketProof.Instance, EngineMutants.All);

    [Fact]
    [Trait("Category", "Long")]
    public void Every_mutant_of_the_levels_is_caught() => Hold(LevelProof.Instance, LevelMutants.All);

    private static void Hold(Proof proof, ImmutableArray<Mutant> mutants)
    {
        var campaign = new MutantCampaign(proof, seed: 20261125, programs: 2000);
        campaign.Prepare();
        Assert.Empty(mutants.Where(m => campaign.Catch(m) is null).Select(static m => m.Name));
    }
}
