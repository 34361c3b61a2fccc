using Vmbus.Diagnostics;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// Takes packets out of the ring: checks what the ring's reader does not know (sizes, types, the pipe header, references to external data), gives each a place,
/// and matches completions to what was sent. What breaks the protocol stops the channel.
/// </summary>
internal sealed class PacketIntake
{
    private readonly ChannelConnection _connection;
    private readonly OutgoingQueue _outgoing;
    private readonly PacketPlaces _places;
    private readonly CounterSet _counters;
    private readonly VmbusChannelOptions _options;
    private readonly bool _inPlace;
    private readonly bool _isPipe;
    private readonly int _largestPayload;
    private byte[] _scratch = [];

    public PacketIntake(ChannelConnection connection, OutgoingQueue outgoing, PacketPlaces places)
    {
        _connection = connection;
        _outgoing = outgoing;
        _places = places;
        _counters = connection.Channel.CounterSet;
        _options = connection.Channel.Options;
        _inPlace = connection.Channel.Reception == PacketReception.InPlace;
        _isPipe = _options.IsPipe;

        // What arrives is padded to a multiple of 8 and, on a pipe, has a header before it.
        _largestPayload = _options.MaximumPacketSize + 7 + (_isPipe ? PipeHeader.Length : 0);
    }

    /// <summary>Takes a packet.</summary>
    /// <param name="packet">What was read from the ring.</param>
    /// <param name="place">A free place, if there is one at hand; receives the place of a packet to deliver.</param>
    /// <param name="generation">The generation of a packet to deliver.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="flags">Its flags.</param>
    public IntakeResult Take(scoped in RingPacket packet, ref IncomingPacket? place, out long generation, out ReadOnlySpan<byte> bytes, out ProcessPacketFlags flags)
    {
        generation = 0;
        bytes = default;
        flags = ProcessPacketFlags.None;
        if (packet.PayloadLength > _largestPayload)
        {
            return Reject($"a packet of {packet.PayloadLength} bytes is larger than MaximumPacketSize, {_options.MaximumPacketSize}");
        }

        switch (packet.Type)
        {
            case PacketType.DataInBand:
                place ??= _places.Take();
                break;
            case PacketType.DataUsingGpaDirect:
                if (CheckExternalData(in packet, out Span<byte> header) is { } wrong)
                {
                    return Reject(wrong);
                }

                place ??= _places.Take();
                place.MakeData().Reference(header);
                flags = ProcessPacketFlags.ExternalData;
                break;
            case PacketType.Completion:
                return TakeCompletion(in packet);
            default:
                return Reject($"packets of type {packet.Type} ({(ushort)packet.Type}) are not known to a channel");
        }

        ulong transactionId = packet.TransactionId;
        bool isCompletionRequested = packet.IsCompletionRequested;
        if (_inPlace && !_isPipe && packet.TryGetContiguousPayload(out bytes))
        {
            unsafe
            {
                // The ring's memory does not move, and the connection holds it while callbacks run.
                fixed (byte* start = bytes)
                {
                    generation = place.BeginInPlace(start, bytes.Length, transactionId, isCompletionRequested, flags);
                }
            }

            return IntakeResult.Deliver;
        }

        Span<byte> copy = place.Reserve(packet.PayloadLength);
        packet.CopyPayloadTo(copy);
        if (_isPipe && packet.Type == PacketType.DataInBand && TakePipeHeader(ref copy) is { } reason)
        {
            return Reject(reason);
        }

        generation = place.BeginCopied(copy.Length, transactionId, isCompletionRequested, flags);
        bytes = copy;
        return IntakeResult.Deliver;
    }

    private IntakeResult TakeCompletion(in RingPacket packet)
    {
        Span<byte> payload = Scratch(packet.PayloadLength);
        packet.CopyPayloadTo(payload);
        OutstandingMatch match = _outgoing.Outstanding.Take(packet.TransactionId, out VmbusPacket? request);
        if (match == OutstandingMatch.Found)
        {
            _connection.Finish(request!, NtStatus.Success, payload);
            return IntakeResult.Consumed;
        }

        if (match == OutstandingMatch.Cancelled)
        {
            Interlocked.Increment(ref _counters.LateCompletions);
            return IntakeResult.Consumed;
        }

        Interlocked.Increment(ref _counters.UnexpectedCompletions);
        bool stops = _options.UnexpectedCompletion == UnexpectedCompletionPolicy.StopChannel;
        if (!stops && !VmbusEventSource.Log.IsEnabled())
        {
            return IntakeResult.Consumed;
        }

        string what = match == OutstandingMatch.Stale
            ? $"transaction {packet.TransactionId:X} was completed twice, or after its end"
            : $"it completed transaction {packet.TransactionId:X}, which was never begun";
        VmbusEventSource.Log.UnexpectedCompletion(_connection.Channel.ToString(), what);
        return stops ? Reject(what) : IntakeResult.Consumed;
    }

    /// <returns>What is wrong with the references, or null.</returns>
    private string? CheckExternalData(in RingPacket packet, out Span<byte> header)
    {
        header = Scratch(packet.ExtendedHeaderLength);
        packet.CopyExtendedHeaderTo(header);
        if (!GpaDirectHeader.TryParse(header, out GpaDirectHeader ranges, out RingCorruption? corruption))
        {
            return corruption.Message;
        }

        bool isTooMuch = (_options.MaximumExternalData != 0 && ranges.TotalBytes > _options.MaximumExternalData)
            || (_options.MaximumExternalDataChain != 0 && ranges.RangeCount > _options.MaximumExternalDataChain);
        return isTooMuch
            ? $"a packet references {ranges.TotalBytes} bytes of external data in {ranges.RangeCount} pieces, more than MaximumExternalData or MaximumExternalDataChain allows"
            : null;
    }

    /// <summary>Checks the pipe header in the copy and moves the data to the front.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    private static string? TakePipeHeader(ref Span<byte> copy)
    {
        if (copy.Length < PipeHeader.Length)
        {
            return $"a packet of {copy.Length} bytes is shorter than the pipe header";
        }

        if (PipeHeader.Check(copy, copy.Length - PipeHeader.Length, out int length) is { } wrong)
        {
            return wrong;
        }

        copy.Slice(PipeHeader.Length, length).CopyTo(copy);
        copy = copy[..length];
        return null;
    }

    private Span<byte> Scratch(int length)
        => (_scratch.Length >= length ? _scratch : _scratch = new byte[Math.Max(256, length)]).AsSpan(0, length);

    private IntakeResult Reject(string why)
    {
        _connection.Stop(new VmbusException(NtStatus.DataError, $"The peer of channel {_connection.Channel} broke the protocol: {why}."), close: true);
        return IntakeResult.Rejected;
    }
}
