using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.Text;

namespace Vmbus.Architecture.Tests;

/// <summary>
/// The public surface of the run time stands in src/Vmbus/PublicApi.txt, so that a change of it is seen where changes are reviewed. With
/// <c>VMBUS_ACCEPT_SNAPSHOTS=1</c> in the environment the file is written anew.
/// </summary>
public sealed class PublicApiTests
{
    private const string File = "src/Vmbus/PublicApi.txt";

    [Fact]
    public void The_surface_is_the_one_that_was_reviewed()
    {
        string present = string.Concat(PublicApi.List().Select(static l => l + "\n"));
        if (Environment.GetEnvironmentVariable("VMBUS_ACCEPT_SNAPSHOTS") == "1")
        {
            System.IO.File.WriteAllText(Path.Combine(Repository.Root, File), present);
            return;
        }

        string reviewed = Repository.Read(File).ReplaceLineEndings("\n");
        if (present != reviewed)
        {
            throw new VerificationFailedException(
                "The public surface of Vmbus is not the one of " + File + ". If the change is meant, run this test with VMBUS_ACCEPT_SNAPSHOTS=1 in the environment and commit the file.\n"
                + UnifiedDiff.Create(File, reviewed, "Vmbus.dll", present));
        }
    }
}
