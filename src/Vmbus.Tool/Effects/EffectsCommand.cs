using System.CommandLine;
using Vmbus.EffectsTool.Effects;

namespace Vmbus.Tool.Effects;

/// <summary><c>vmbus effects ASSEMBLY... -o FILE</c>: how the public members of a library block, for the analyzers of those who use it.</summary>
internal static class EffectsCommand
{
    public static Command Create()
    {
        Argument<FileInfo[]> assemblies = new("ASSEMBLY") { Description = "The assemblies of the library. They are read and never loaded.", Arity = ArgumentArity.OneOrMore };
        Option<FileInfo?> output = new("--output", "-o") { HelpName = "FILE", Description = "The additional file, vmbus-effects.txt. Without it the lines go to standard output." };
        Option<FileSystemInfo[]> references = new("--reference") { HelpName = "PATH", Description = "An assembly that these call, or a folder of such; may be given more than once." };
        Option<DirectoryInfo?> framework = new("--framework") { HelpName = "DIR", Description = "The folder of a shared framework. Without it that of the run time that runs vmbus." };
        Command command = new("effects", "Writes how the public members of a library block: an additional file for the analyzers of those who use it.") { assemblies, output, references, framework };
        command.SetAction(result => Run(
            [.. result.GetRequiredValue(assemblies).Select(static a => a.FullName)],
            result.GetValue(output),
            [.. (result.GetValue(references) ?? []).Select(static r => r.FullName)],
            result.GetValue(framework)?.FullName ?? FrameworkFolder.Default,
            result.InvocationConfiguration));
        return command;
    }

    private static int Run(string[] assemblies, FileInfo? output, string[] references, string framework, InvocationConfiguration configuration)
    {
        Array.ForEach(assemblies, ToolFiles.Require);

        if (Array.Find(references, static r => !File.Exists(r) && !Directory.Exists(r)) is { } missing)
        {
            throw new ToolException(ExitCode.NoInput, $"There is no file and no folder {missing}. Name an assembly, or a folder of assemblies, with --reference.");
        }

        if (!Directory.Exists(framework))
        {
            throw new ToolException(ExitCode.NoInput, $"There is no folder {framework}. Name that of a shared framework, as 'dotnet --list-runtimes' prints them, with --framework.");
        }

        if (output is not null)
        {
            ToolFiles.RequireFolderOf(output.FullName);
        }

        string text = string.Concat(Analyze(assemblies, references, framework).Select(static l => l + "\n"));
        if (output is null)
        {
            configuration.Output.Write(text);
        }
        else
        {
            ToolFiles.Write(output.FullName, text);
        }

        return ExitCode.Success;
    }

    private static IReadOnlyList<string> Analyze(string[] assemblies, string[] references, string framework)
    {
        try
        {
            return LibraryEffects.Write(assemblies, references, framework);
        }
        catch (Exception e) when (e is InvalidDataException or BadImageFormatException)
        {
            throw new ToolException(ExitCode.DataError, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.NoInput, e.Message, e);
        }
    }
}
