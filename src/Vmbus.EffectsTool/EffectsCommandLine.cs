using System.CommandLine;
using Vmbus.EffectsTool.Commands;

namespace Vmbus.EffectsTool;

/// <summary>The command line, apart from the process, so that tests can run it.</summary>
internal static class EffectsCommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>0 if it was done, 1 if not.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Finds out from the IL of assemblies which of their members block.")
        {
            TableCommand.Create(),
            AssemblyCommand.Create(),
            ListCommand.Create(),
            SampleCommand.Create(),
            ExplainCommand.Create(),
            CodeCommand.Create(),
        };
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        try
        {
            return root.Parse(arguments).Invoke(configuration);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or BadImageFormatException)
        {
            error.WriteLine($"effects: {e.Message}");
            return 1;
        }
    }
}
