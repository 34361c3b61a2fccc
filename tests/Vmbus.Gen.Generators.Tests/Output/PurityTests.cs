using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Output;

/// <summary>The file of a class depends on the class alone.</summary>
public sealed class PurityTests
{
    private static readonly string[] Members =
    [
        "[ProcessPacket(3, 1)] private void OnB(PacketCompletion packet) => packet.Complete();",
        "[ProcessPacket(2)] private NtStatus OnA(in long payload) => NtStatus.Success;",
        "[ProcessPacket] private void OnOther(PacketCompletion packet) => packet.Fail();",
        "[ChannelClosed] private void OnClosed(VmbusChannel channel) { }",
        "[ChannelOpened] private void OnOpened(VmbusChannel channel) { }",
        "[ProcessingComplete] private void OnBatch(VmbusChannel channel, uint packetsProcessed) { }",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Neither_on_the_order_of_members_nor_on_the_files_they_stand_in(int seed)
    {
        string expected = Generate(TestProject.Of($"public partial class C {{ {string.Join("\n", Members)} }}"));
        Random random = new(seed);
        string[] shuffled = [.. Members];
        random.Shuffle(shuffled);
        TestProject project = TestProject.Empty;
        foreach ((string member, int index) in shuffled.Select(static (m, i) => (m, i)))
        {
            project = project.WithFile($"Part{random.Next(3)}{index}.cs", $"public partial class C\n{{\n    {member}\n}}\n");
        }

        Assert.Equal(expected, Generate(project));
    }

    [Fact]
    public void On_the_culture_of_the_thread_neither()
    {
        TestProject project = TestProject.Of("public partial class I { [ProcessPacket(-1, 0x7FFF_FFFF)] private void On(PacketCompletion packet) => packet.Complete(); }");
        string expected = Generate(project);
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo culture = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "~";
            System.Globalization.CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, Generate(project));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    private static string Generate(TestProject project)
        => (GeneratorVerifier<ChannelCallbacksGenerator>.For(project)).Run().TextOf();
}
