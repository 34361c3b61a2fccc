using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Analyzers.Differential.Mutants;

namespace Vmbus.Analyzers.Differential;

/// <summary>The random programs show mistakes in the engine.</summary>
public sealed class MutantTests
{
    public static TheoryData<string> Names => [.. EngineMutants.All.Select(static m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutants_change_one_place(string name)
        => Assert.Equal(1, MutantCompiler.Occurrences(EngineMutants.All.Single(m => m.Name == name)));

    [Fact]
    [Trait("Category", "Long")]
    public void Every_mutant_is_caught()
    {
        var campaign = new MutantCampaign(PacketProof.Instance, seed: 20261125, programs: 2000);
        campaign.Prepare();
        Assert.Empty(EngineMutants.All.Where(m => campaign.Catch(m) is null).Select(static m => m.Name));
    }
}
