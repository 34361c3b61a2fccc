using System.Collections.Concurrent;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Guest;

/// <summary>The guest's end of a service: chooses the versions and answers each request by sending the same message back.</summary>
[ChannelCallbacks(MessageTypeOffset = IcHeader.MessageTypeOffset, MessageTypeSize = sizeof(ushort), Reply = PacketReply.InBand)]
internal abstract partial class GuestService : IDisposable
{
    /// <summary>Three pages for data each way, as Linux has it.</summary>
    private const int RingSize = 3 * 4096;

    private static readonly IcVersion[] FrameworkVersions = [new(3, 0), new(1, 0)];

    private readonly IcVersion[] _messageVersions;

    /// <summary>Where answers are put together. Callbacks of one channel never overlap, so that one will do.</summary>
    private readonly byte[] _answer = new byte[IcMessage.MaximumLength];

    private readonly ConcurrentQueue<string> _journal = new();

    /// <param name="bus">The bus.</param>
    /// <param name="service">The service.</param>
    /// <param name="messageVersions">The versions of its messages that this end knows, the highest first.</param>
    protected GuestService(VmbusBus bus, ServiceIdentity service, params IcVersion[] messageVersions)
    {
        Service = service;
        _messageVersions = messageVersions;
        Channel = new VmbusChannel(bus, new VmbusChannelOptions
        {
            InterfaceType = service.InterfaceType,
            InterfaceInstance = service.InterfaceInstance,
            FriendlyName = $"{service.Name}, guest",
            MaximumPacketSize = IcMessage.MaximumLength,
            IncomingRingSize = RingSize,
            OutgoingRingSize = RingSize,
            CountHandlers = true,
            OwedPacketReportTime = TimeSpan.FromMilliseconds(200),
        });
        Channel.SetCallbacks(this);
        Channel.OwedPacketsReported += GiveUpLostPackets;
    }

    /// <summary>The service.</summary>
    public ServiceIdentity Service { get; }

    /// <summary>The client endpoint.</summary>
    public VmbusChannel Channel { get; }

    /// <summary>What happened beside the ordinary.</summary>
    public IReadOnlyCollection<string> Journal => _journal;

    /// <inheritdoc/>
    public void Dispose() => Channel.Dispose();

    /// <summary>Notes something beside the ordinary.</summary>
    protected void Note(string what) => _journal.Enqueue(what);

    /// <summary>Where an answer that is as long as its request is put together; valid until the callback returns.</summary>
    protected Span<byte> CopyForAnswer(ReadOnlySpan<byte> message)
    {
        Span<byte> answer = _answer.AsSpan(0, message.Length);
        message.CopyTo(answer);
        return answer;
    }

    /// <summary>Sends an answer with the transaction id of its request.</summary>
    protected void SendAnswer(VmbusChannel channel, ReadOnlySpan<byte> answer, ulong transactionId)
    {
        NtStatus status = channel.Send(answer, transactionId);
        if (!status.IsSuccess())
        {
            Note($"the answer to transaction {transactionId} could not be sent: {status}");
        }
    }

    /// <summary>Returns what goes back: generated code sends it in-band with the request's transaction id and completes the request.</summary>
    [ProcessPacket(IcMessageType.Negotiate)]
    private NegotiateResponse OnNegotiate(in NegotiateRequest request, [Remainder] ReadOnlySpan<byte> versions)
    {
        if (request.TryTakeVersions(versions, out ReadOnlySpan<IcVersion> framework, out ReadOnlySpan<IcVersion> messages)
            && Choose(FrameworkVersions, framework) is { } chosenFramework
            && Choose(_messageVersions, messages) is { } chosenMessage)
        {
            return NegotiateResponse.Create(request.Ic, (chosenFramework, chosenMessage));
        }

        Note($"no common version: this guest knows {string.Join(", ", _messageVersions)}");
        return NegotiateResponse.Create(request.Ic, null);
    }

    /// <summary>A message of no known type is answered as not supported; what is no message at all stops the channel.</summary>
    [ProcessPacket]
    private void OnAnyOther(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        if (!IcMessage.TryTakeExact(buffer, out ReadOnlySpan<byte> message))
        {
            packet.Fail();
            return;
        }

        Span<byte> answer = CopyForAnswer(message);
        ref IcMessage headers = ref System.Runtime.InteropServices.MemoryMarshal.AsRef<IcMessage>(answer);
        headers = headers with { Ic = headers.Ic.Answer(IcStatus.NotSupported) };
        SendAnswer(channel, answer, packet.TransactionId);
        packet.Complete();
    }

    /// <summary>The highest of the own versions that is offered.</summary>
    private static IcVersion? Choose(ReadOnlySpan<IcVersion> own, ReadOnlySpan<IcVersion> offered)
    {
        foreach (IcVersion version in own)
        {
            if (offered.Contains(version))
            {
                return version;
            }
        }

        return null;
    }

    /// <summary>Closing waits for owed packets. Those that nobody can complete any more are named and given up, so that the guest can shut down.</summary>
    private void GiveUpLostPackets(object? sender, OwedPacketsEventArgs owed)
    {
        foreach (OwedPacket packet in owed.Packets)
        {
            Note(packet.IsLost
                ? $"{packet.Handler} returned without completing transaction {packet.TransactionId} (VMB101); given up"
                : $"{packet.Handler} still owes transaction {packet.TransactionId}");
        }

        Channel.AbandonLostPackets();
    }
}
