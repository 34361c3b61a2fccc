using System.CommandLine;
using System.CommandLine.Help;
using Vmbus.Ring;
using Vmbus.Tool.Effects;
using Vmbus.Tool.Header;
using Vmbus.Tool.RingCommands;

namespace Vmbus.Tool;

/// <summary>The command line of <c>vmbus</c>, apart from the process, so that tests can run it.</summary>
internal static class VmbusCommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        // A RootCommand would call itself by the assembly, which cannot be named like the command.
        Command root = new("vmbus", "Looks into VMBus rings, checks the ring engine against recorded vectors, and writes C headers of native entry points and what blocks in a library.")
        {
            new Command("ring", "Rings in files: a control page of 4096 bytes, then the data area.")
            {
                RingCheckCommand.Create(),
                RingShowCommand.Create(),
                RingSendCommand.Create(),
                RingReceiveCommand.Create(),
            },
            HeaderCommand.Create(),
            EffectsCommand.Create(),
            new HelpOption(),
            new VersionOption(),
        };
        InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        ParseResult parsed = root.Parse(arguments);
        try
        {
            int code = parsed.Invoke(configuration);
            return parsed.Errors.Count == 0 ? code : ExitCode.Usage;
        }
        catch (ToolException e)
        {
            error.WriteLine($"vmbus: {e.Message}");
            return e.ExitCode;
        }
        catch (RingCorruptException e)
        {
            error.WriteLine($"vmbus: {e.Message}");
            return ExitCode.Failure;
        }
    }
}
