using System.CommandLine;
using Vmbus.Tool.Golden;

namespace Vmbus.Tool.RingCommands;

/// <summary><c>vmbus ring check DIR</c>: replays recorded vectors against the ring engine.</summary>
internal static class RingCheckCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = new("DIR") { Description = "The folder with the vectors: NNN-name.json and NNN-name.bin." };
        Option<bool> json = JsonOption.Create();
        Command command = new("check", "Replays every golden vector of a folder against the ring engine. Ends with 0 only if none failed.") { folder, json };
        command.SetAction(result => Run(result.GetRequiredValue(folder).FullName, result.GetValue(json), result.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string folder, bool asJson, TextWriter output)
    {
        RingCheckReport report = Check(folder);
        if (asJson)
        {
            ToolJson.Write(output, report, static json => json.RingCheckReport);
        }
        else
        {
            foreach (GoldenFailure failure in report.Failures)
            {
                output.WriteLine($"FAILED {failure}");
            }

            foreach (string expectation in report.NotChecked)
            {
                output.WriteLine($"not checked, because the format does not define it: {expectation}");
            }

            output.WriteLine(FormattableString.Invariant($"{report.Passed} passed, {report.Failed} failed"));
        }

        return report.Failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static RingCheckReport Check(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ToolException(ExitCode.NoInput, File.Exists(folder)
                ? $"{folder} is a file; name the folder with the vectors."
                : $"There is no folder {folder}. Name the folder with the vectors.");
        }

        IReadOnlyList<string> files = Find(folder);
        List<GoldenFailure> failures = [];
        List<string> notChecked = [];
        int passed = 0;
        foreach (string file in files)
        {
            GoldenOutcome outcome = GoldenReplay.Run(file);
            passed += outcome.Passed ? 1 : 0;
            failures.AddRange(outcome.Failures);
            notChecked.AddRange(outcome.Unchecked);
        }

        return new RingCheckReport(passed, files.Count - passed, failures, notChecked);
    }

    private static IReadOnlyList<string> Find(string folder)
    {
        IReadOnlyList<string> files;
        try
        {
            files = GoldenVector.Find(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.NoInput, $"{folder} cannot be read: {e.Message}", e);
        }

        return files.Count != 0
            ? files
            : throw new ToolException(ExitCode.DataError, $"There is no golden vector (NNN-name.json) in {folder}. Name the folder that holds them itself.");
    }
}
