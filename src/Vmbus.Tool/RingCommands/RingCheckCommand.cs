using System.CommandLine;
using System.Globalization;
using Vmbus.Tool.Golden;

namespace Vmbus.Tool.RingCommands;

/// <summary><c>vmbus ring check DIR</c>: replays recorded vectors against the ring engine.</summary>
internal static class RingCheckCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The folder with the vectors: NNN-name.json and NNN-name.bin." };
        var command = new Command("check", "Replays every golden vector of a folder against the ring engine.") { folder };
        command.SetAction(result =>
        {
            InvocationConfiguration configuration = result.InvocationConfiguration;
            return Run(result.GetRequiredValue(folder).FullName, configuration.Output, configuration.Error);
        });
        return command;
    }

    private static int Run(string folder, TextWriter output, TextWriter error)
    {
        if (!Directory.Exists(folder))
        {
            error.WriteLine($"vmbus: There is no folder {folder}.");
            return ExitCode.Failure;
        }

        IReadOnlyList<string> files = GoldenVector.Find(folder);
        if (files.Count == 0)
        {
            error.WriteLine($"vmbus: There is no golden vector (NNN-name.json) in {folder}.");
            return ExitCode.Failure;
        }

        int passed = 0;
        foreach (string file in files)
        {
            GoldenOutcome outcome = GoldenReplay.Run(file);
            passed += outcome.Passed ? 1 : 0;
            foreach (GoldenFailure failure in outcome.Failures)
            {
                output.WriteLine($"FAILED {failure}");
            }

            foreach (string expectation in outcome.Unchecked)
            {
                output.WriteLine($"not checked, because the format does not define it: {expectation}");
            }
        }

        int failed = files.Count - passed;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed"));
        return failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
