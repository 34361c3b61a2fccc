using System.CommandLine;

namespace Vmbus.Tool.Header;

/// <summary><c>vmbus header ASSEMBLY -o FILE</c>: the C header of native entry points.</summary>
internal static class HeaderCommand
{
    public static Command Create()
    {
        Argument<FileInfo> assembly = new("ASSEMBLY") { Description = "The assembly with the handlers. It is read and never loaded." };
        Option<FileInfo?> output = new("--output", "-o") { HelpName = "FILE", Description = "The header. Without it the header goes to standard output." };
        Option<bool> json = JsonOption.Create();
        Command command = new("header", "Writes the C header of the native entry points of an assembly: those of classes with [ChannelCallbacks(NativeEntryPoints = true)].") { assembly, output, json };
        command.SetAction(result => Run(result.GetRequiredValue(assembly), result.GetValue(output), result.GetValue(json), result.InvocationConfiguration));
        return command;
    }

    private static int Run(FileInfo assembly, FileInfo? output, bool asJson, InvocationConfiguration configuration)
    {
        IReadOnlyList<NativeClass> classes = ToolFiles.Read(assembly.FullName, NativeClassReader.Read);
        if (classes.Count == 0)
        {
            throw new ToolException(
                ExitCode.DataError,
                $"{assembly.FullName} has no native entry points. Set NativeEntryPoints = true in [ChannelCallbacks] of a class, allow unsafe blocks in its project, and build.");
        }

        string header = HeaderWriter.Write(assembly.Name, classes);
        if (output is not null)
        {
            ToolFiles.Write(output.FullName, header);
        }

        if (asJson)
        {
            ToolJson.Write(configuration.Output, new HeaderReport(assembly.Name, output?.FullName, classes), static json => json.HeaderReport);
        }
        else if (output is null)
        {
            configuration.Output.Write(header);
        }

        return ExitCode.Success;
    }
}
