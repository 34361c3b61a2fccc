using System.CommandLine;
using System.Text;

namespace Vmbus.Tool.Header;

/// <summary><c>vmbus header ASSEMBLY -o FILE</c>: the C header of native entry points.</summary>
internal static class HeaderCommand
{
    public static Command Create()
    {
        Argument<FileInfo> assembly = new("ASSEMBLY") { Description = "The assembly with the handlers. It is read and never loaded." };
        Option<FileInfo?> output = new("--output", "-o") { HelpName = "FILE", Description = "The header. Without it the header goes to standard output." };
        Command command = new("header", "Writes the C header of the native entry points of an assembly: those of classes with [ChannelCallbacks(NativeEntryPoints = true)].") { assembly, output };
        command.SetAction(result => Run(result.GetRequiredValue(assembly), result.GetValue(output), result.InvocationConfiguration));
        return command;
    }

    private static int Run(FileInfo assembly, FileInfo? output, InvocationConfiguration configuration)
    {
        IReadOnlyList<NativeClass> classes = NativeClassReader.Read(assembly.FullName);
        if (classes.Count == 0)
        {
            throw new InvalidDataException(
                $"{assembly.FullName} has no native entry points. Set NativeEntryPoints = true in [ChannelCallbacks] of a class, allow unsafe blocks in its project, and build.");
        }

        string header = HeaderWriter.Write(assembly.Name, classes);
        if (output is null)
        {
            configuration.Output.Write(header);
        }
        else if (!output.Exists || File.ReadAllText(output.FullName) != header)
        {
            // A header that is as it was keeps its time stamp, so that nothing in C is built again.
            File.WriteAllText(output.FullName, header, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        return ExitCode.Success;
    }
}
