using System.CommandLine;
using Vmbus.Ring;
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
        var root = new RootCommand("Looks into VMBus rings, and checks the ring engine against recorded vectors.")
        {
            new Command("ring", "Rings in files: a control page of 4096 bytes, then the data area.")
            {
                RingCheckCommand.Create(),
                RingShowCommand.Create(),
                RingSendCommand.Create(),
                RingReceiveCommand.Create(),
            },
            HeaderCommand.Create(),
        };
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        try
        {
            return root.Parse(arguments).Invoke(configuration);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or RingCorruptException)
        {
            error.WriteLine($"vmbus: {e.Message}");
            return ExitCode.Failure;
        }
    }
}
