using System.CommandLine;
using System.Globalization;
using Vmbus.Ring;
using Vmbus.Tool.Inspection;

namespace Vmbus.Tool.RingCommands;

/// <summary><c>vmbus ring receive FILE</c>: takes one packet out of the ring in a shared file.</summary>
internal static class RingReceiveCommand
{
    public static Command Create()
    {
        Argument<FileInfo> file = new("FILE") { Description = "A ring that others may have mapped, too: a control page of 4096 bytes, then the data area." };
        Option<bool> json = JsonOption.Create();
        Command command = new("receive", "Receives one packet and frees its room. Ends with 2 if the ring is empty.") { file, json };
        command.SetAction(result => Run(result.GetRequiredValue(file).FullName, result.GetValue(json), result.InvocationConfiguration));
        return command;
    }

    private static int Run(string path, bool asJson, InvocationConfiguration configuration)
    {
        using RingMemory memory = RingFile.Map(path);
        using RingReader reader = new(memory, RingReadChecks.None);
        switch (reader.TryRead(out RingPacket packet))
        {
            case RingReadStatus.Success:
                // Everything is taken out of the ring before its room is given back.
                PacketSnapshot received = RingInspector.Inspect(0, packet);
                RingReceiveReport report = new(received, reader.PublishRead());
                if (asJson)
                {
                    ToolJson.Write(configuration.Output, report, static json => json.RingReceiveReport);
                }
                else
                {
                    configuration.Output.Write(Describe(report));
                }

                return ExitCode.Success;
            case RingReadStatus.Empty:
                configuration.Error.WriteLine("vmbus: The ring is empty.");
                return ExitCode.WouldBlock;
            default:
                throw new ToolException(ExitCode.Failure, reader.Corruption!.Message);
        }
    }

    private static string Describe(RingReceiveReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        received {report.Packet.Bytes} bytes at {report.Packet.Start}
        type: {report.Packet.DescribeType()}
        flags: {report.Packet.DescribeFlags()}
        xid: {report.Packet.TransactionId}
        extended header: {report.Packet.ExtendedHeader}
        payload: {report.Packet.Payload}
        signal the writer: {(report.SignalWriter ? "yes" : "no")}

        """);
}
