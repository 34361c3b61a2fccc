using System.CommandLine;
using Vmbus.Ring;
using Vmbus.Tool.Inspection;
using Vmbus.Tool.Presentation;

namespace Vmbus.Tool.RingCommands;

/// <summary><c>vmbus ring show FILE</c>: control page, packets and free space, as text, as JSON, or as a page with a picture.</summary>
internal static class RingShowCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A ring: a control page of 4096 bytes, then the data area." };
        Option<FileInfo?> html = new("--html") { HelpName = "OUT", Description = "Writes a page that needs nothing else, with a picture of the ring and a table of its packets." };
        Option<bool> json = JsonOption.Create();
        Command command = new("show", "Shows the ring in a file: control page, free space, packets. Changes nothing. Ends with 1 if the ring is corrupt.") { file, html, json };
        command.SetAction(result => Run(result.GetRequiredValue(file), result.GetValue(html), result.GetValue(json), result.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(FileInfo file, FileInfo? html, bool asJson, TextWriter output)
    {
        using RingMemory memory = RingFile.LoadCopy(file.FullName);
        RingSnapshot ring = RingInspector.Inspect(file.Name, memory);
        if (html is not null)
        {
            ToolFiles.Write(html.FullName, RingPage.Write(ring));
        }

        if (asJson)
        {
            ToolJson.Write(output, ring, static json => json.RingSnapshot);
        }
        else if (html is null)
        {
            RingText.Write(ring, output);
        }

        return ring.Corruption is null ? ExitCode.Success : ExitCode.Failure;
    }
}
