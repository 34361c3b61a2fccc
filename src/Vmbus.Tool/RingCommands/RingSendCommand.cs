using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vmbus.Ring;
using Vmbus.Tool.Inspection;

namespace Vmbus.Tool.RingCommands;

/// <summary><c>vmbus ring send FILE</c>: writes one packet into the ring in a shared file.</summary>
internal static class RingSendCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A ring that others may have mapped, too: a control page of 4096 bytes, then the data area." };
        var type = new Option<PacketType>("--type")
        {
            HelpName = "T",
            Description = "The packet type: 0 to 65535, or a name such as DataInBand or Completion.",
            DefaultValueFactory = _ => PacketType.DataInBand,
            CustomParser = ParseType,
        };
        var flags = new Option<PacketFlags>("--flags")
        {
            HelpName = "F",
            Description = "The flags, 0 to 0xffff: 1 requests a completion.",
            DefaultValueFactory = _ => PacketFlags.None,
            CustomParser = result => (PacketFlags)ParseNumber(result, ushort.MaxValue),
        };
        var xid = new Option<ulong>("--xid")
        {
            HelpName = "X",
            Description = "The transaction id: decimal, or hexadecimal with 0x.",
            DefaultValueFactory = _ => 0UL,
            CustomParser = result => ParseNumber(result, ulong.MaxValue),
        };
        var header = new Option<byte[]>("--header")
        {
            HelpName = "HEX",
            Description = "The extended header between descriptor and payload, in hexadecimal: a multiple of 8 bytes.",
            DefaultValueFactory = _ => [],
            CustomParser = ParseHeader,
        };
        var payload = new Option<byte[]>("--payload")
        {
            HelpName = "HEX",
            Description = "The payload in hexadecimal; padded with zeros to a multiple of 8 bytes.",
            DefaultValueFactory = _ => [],
            CustomParser = ParseHex,
        };
        Option<bool> json = JsonOption.Create();
        var command = new Command("send", "Sends one packet. Ends with 2 if there is not enough room.") { file, type, flags, xid, header, payload, json };
        command.SetAction(result => Run(
            result.GetRequiredValue(file).FullName,
            new PacketDescriptor(result.GetValue(type), 0, 0, result.GetValue(flags), result.GetValue(xid)),
            result.GetValue(header) ?? [],
            result.GetValue(payload) ?? [],
            result.GetValue(json),
            result.InvocationConfiguration));
        return command;
    }

    private static int Run(string path, PacketDescriptor packet, byte[] header, byte[] payload, bool asJson, InvocationConfiguration configuration)
    {
        using RingMemory memory = RingFile.Map(path);
        using var writer = new RingWriter(memory);
        uint start = memory.ControlPage.WriteIndex;
        RingWriteStatus status = writer.TryWrite(packet.Type, packet.Flags, packet.TransactionId, header, payload);
        long footprint = RingSpace.Footprint(header.Length, payload.Length);
        switch (status)
        {
            case RingWriteStatus.Success:
                RingSendReport report = new(footprint, start, SignalReader: writer.Publish(), BytesFree: writer.AvailableToWrite);
                if (asJson)
                {
                    ToolJson.Write(configuration.Output, report, static json => json.RingSendReport);
                }
                else
                {
                    configuration.Output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"sent {report.Bytes} bytes at {report.Start}; free: {report.BytesFree}; signal the reader: {(report.SignalReader ? "yes" : "no")}"));
                }

                return ExitCode.Success;
            case RingWriteStatus.Full:
                configuration.Error.WriteLine($"vmbus: The ring is full: the packet takes {footprint} bytes, and less than the {writer.AvailableToWrite} that are free would fit.");
                return ExitCode.WouldBlock;
            case RingWriteStatus.TooLarge:
                throw new ToolException(
                    ExitCode.Failure,
                    $"The packet takes {footprint} bytes and can never fit: with this extended header the payload has at most {writer.GetMaximumPayloadLength(header.Length)} bytes.");
            default:
                throw new ToolException(ExitCode.Failure, writer.Corruption!.Message);
        }
    }

    private static PacketType ParseType(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        return text.Length > 0 && !char.IsAsciiDigit(text[0]) && Enum.TryParse(text, ignoreCase: true, out PacketType type)
            ? type
            : (PacketType)ParseNumber(result, ushort.MaxValue);
    }

    private static ulong ParseNumber(ArgumentResult result, ulong maximum)
    {
        string text = result.Tokens[0].Value;
        if (!HexNumber.TryParse(text, out ulong value) || value > maximum)
        {
            result.AddError($"\"{text}\" is not a number from 0 to {maximum} (decimal, or hexadecimal with 0x).");
        }

        return value;
    }

    private static byte[] ParseHeader(ArgumentResult result)
    {
        byte[] header = ParseHex(result);
        if (header.Length % RingSpace.Granularity != 0)
        {
            result.AddError($"An extended header is a multiple of {RingSpace.Granularity} bytes; this one has {header.Length}.");
        }

        return header;
    }

    private static byte[] ParseHex(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        byte[] bytes = new byte[text.Length / 2];
        if (text.Length % 2 != 0 || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            result.AddError($"\"{text}\" is not hexadecimal: two digits a byte, and nothing else.");
        }

        return bytes;
    }
}
