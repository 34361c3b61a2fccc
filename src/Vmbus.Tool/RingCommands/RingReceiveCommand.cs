using System.CommandLine;
using System.Globalization;
using Vmbus.Ring;

namespace Vmbus.Tool.RingCommands;

/// <summary><c>vmbus ring receive FILE</c>: takes one packet out of the ring in a shared file.</summary>
internal static class RingReceiveCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A ring that others may have mapped, too: a control page of 4096 bytes, then the data area." };
        var command = new Command("receive", "Receives one packet and frees its room. Ends with 2 if the ring is empty.") { file };
        command.SetAction(result => Run(result.GetRequiredValue(file).FullName, result.InvocationConfiguration));
        return command;
    }

    private static int Run(string path, InvocationConfiguration configuration)
    {
        using RingMemory memory = RingMemory.MapFile(path);
        using var reader = new RingReader(memory, RingReadChecks.None);
        switch (reader.TryRead(out RingPacket packet))
        {
            case RingReadStatus.Success:
                // Everything is taken out of the ring before its room is given back.
                string description = Describe(packet);
                bool signal = reader.PublishRead();
                configuration.Output.Write(description);
                configuration.Output.WriteLine($"signal the writer: {(signal ? "yes" : "no")}");
                return ExitCode.Success;
            case RingReadStatus.Empty:
                configuration.Error.WriteLine("vmbus: The ring is empty.");
                return ExitCode.WouldBlock;
            default:
                configuration.Error.WriteLine($"vmbus: {reader.Corruption!.Message}");
                return ExitCode.Failure;
        }
    }

    private static string Describe(RingPacket packet) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        received {packet.BytesConsumed} bytes at {packet.StartIndex}
        type: {PacketText.Type(packet.Type)}
        flags: {PacketText.Flags(packet.Flags)}
        xid: 0x{packet.TransactionId:x}
        extended header: {PacketText.ExtendedHeader(packet)}
        payload: {PacketText.PayloadStart(packet, int.MaxValue)}

        """);
}
