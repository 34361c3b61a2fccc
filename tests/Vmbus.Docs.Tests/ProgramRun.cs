using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Docs.Tests;

/// <summary>Runs a compiled program in a process of its own, as its reader would.</summary>
internal static class ProgramRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<string> OutputOfAsync(TestProject project)
    {
        string folder = Directory.CreateTempSubdirectory("vmbus-docs-").FullName;
        try
        {
            string program = Path.Combine(folder, "Program.dll");
            ProjectImage.WriteTo(program, project with { AssemblyName = "Program" });
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Vmbus.dll"), Path.Combine(folder, "Vmbus.dll"));
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Vmbus.Docs.Tests.runtimeconfig.json"), Path.Combine(folder, "Program.runtimeconfig.json"));
            return await RunAsync(folder, program);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string folder, string program)
    {
        (int exitCode, string output, string error) = await DotnetProcess.RunAsync(DotnetProcess.Prepare(folder, program), Patience);
        return exitCode == 0 ? output : throw new InvalidOperationException($"The program ended with {exitCode}:\n{output}{error}");
    }
}
