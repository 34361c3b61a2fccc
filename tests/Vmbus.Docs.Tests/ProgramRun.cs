using System.Diagnostics;
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
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource timeout = new(Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end within {Patience}. It has written:\n{await output}{await error}");
        }

        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"The program ended with {process.ExitCode}:\n{await output}{await error}");
    }
}
