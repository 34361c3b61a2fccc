using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Host;

/// <summary>
/// The host's end of a service: offers versions when the channel opens, and then exchanges as many requests as it is asked to. The first request of an exchange
/// is sent by whoever asks; each batch of answers lets more follow.
/// </summary>
[ChannelCallbacks(MessageTypeOffset = IcHeader.MessageTypeOffset, MessageTypeSize = sizeof(ushort))]
internal abstract partial class HostService : IDisposable
{
    private static readonly IcVersion[] FrameworkVersions = [new(3, 0), new(1, 0)];

    private readonly IcVersion[] _messageVersions;
    private readonly int _window;
    private readonly ManualResetEventSlim _idle = new(initialState: false);
    private NegotiateResponse? _negotiated;

    // Of the exchange that runs. Written by whoever starts it while no answer is outstanding, and by the callbacks, which never overlap.
    private int _unsent;
    private int _outstanding;
    private ulong _sent;
    private ulong _answered;

    /// <param name="bus">The bus.</param>
    /// <param name="service">The service.</param>
    /// <param name="window">How many requests may be without answer at one time.</param>
    /// <param name="messageVersions">The versions of its messages that are offered.</param>
    protected HostService(VmbusBus bus, ServiceIdentity service, int window, IcVersion[] messageVersions)
    {
        Service = service;
        _window = window;
        _messageVersions = messageVersions;
        Channel = new VmbusChannel(bus, new VmbusChannelOptions
        {
            IsServer = true,
            InterfaceType = service.InterfaceType,
            InterfaceInstance = service.InterfaceInstance == Guid.Empty ? Guid.NewGuid() : service.InterfaceInstance,
            FriendlyName = $"{service.Name}, host",
            MaximumPacketSize = IcMessage.MaximumLength,
            CountHandlers = true,
        });
        Channel.SetCallbacks(this);
    }

    /// <summary>The service.</summary>
    public ServiceIdentity Service { get; }

    /// <summary>The server endpoint.</summary>
    public VmbusChannel Channel { get; }

    /// <summary>The versions of the service's messages that were offered.</summary>
    public IReadOnlyList<IcVersion> OfferedVersions => _messageVersions;

    /// <summary>What was agreed on; <see langword="null"/> before, and where there is no common version.</summary>
    public (IcVersion Framework, IcVersion Message)? Agreement
        => _negotiated is { FrameworkCount: 1, MessageCount: 1 } response ? (response.Framework, response.Message) : null;

    /// <summary>Requests sent and answers got, without the negotiation.</summary>
    public (ulong Sent, ulong Answered) Exchanged => (_sent, _answered);

    /// <summary>Answers that were not those that had to come.</summary>
    public long WrongAnswers { get; private set; }

    /// <summary>Why sending stopped, if it did.</summary>
    public NtStatus SendStatus { get; private set; }

    /// <summary>Sends the first of some requests; the answers let the others follow. Nothing may be outstanding. PASSIVE_LEVEL.</summary>
    public void Begin(int requests)
    {
        if (requests > 0)
        {
            _idle.Reset();
            _unsent = requests;
            SendOne(Channel);
        }
    }

    /// <summary>Waits until nothing is outstanding: the versions are negotiated, or all requests of an exchange are answered, or the channel was closed.</summary>
    /// <returns><see langword="false"/> after the time-out.</returns>
    [Blocks]
    public bool WaitUntilIdle(TimeSpan timeout) => _idle.Wait(timeout);

    /// <inheritdoc/>
    public void Dispose()
    {
        Channel.Dispose();
        _idle.Dispose();
    }

    /// <summary>Sends one request with this transaction id. DISPATCH_LEVEL or lower.</summary>
    [IrqlRequiresMax(Irql.Dispatch)]
    protected abstract NtStatus SendRequest(VmbusChannel channel, ulong transactionId);

    /// <summary>Sends one request that is no ordinary one; for exchanges of one.</summary>
    protected void BeginWith(ReadOnlySpan<byte> request)
    {
        _idle.Reset();
        _outstanding = 1;
        _sent++;
        Sent(Channel.Send(request, _sent));
    }

    /// <summary>An answer came. Answers come in the order of the requests, with their transaction ids.</summary>
    /// <param name="transactionId">The answer's.</param>
    /// <param name="header">The answer's.</param>
    /// <param name="isRight">Whether it says what it must.</param>
    [IrqlRequiresMax(Irql.Dispatch)]
    protected void Answered(ulong transactionId, in IcHeader header, bool isRight)
    {
        _outstanding--;
        _answered++;
        if (!isRight || transactionId != _answered || header.Flags != (IcFlags.Transaction | IcFlags.Response))
        {
            WrongAnswers++;
        }
    }

    /// <summary>The header of a request in the agreed versions.</summary>
    protected IcHeader CreateHeader(IcMessageType type, int bodyLength)
        => Agreement is { } agreed
            ? IcHeader.Request(agreed.Framework, type, agreed.Message, bodyLength)
            : throw new InvalidOperationException($"{Service.Name}: no versions are agreed on; wait for the negotiation.");

    /// <summary>The channel runs: offers the versions.</summary>
    [ChannelPostStarted]
    private void OnPostStarted(VmbusChannel channel)
    {
        _outstanding = 1;
        Sent(channel.Send(NegotiateRequest.Create(FrameworkVersions, _messageVersions)));
    }

    /// <summary>The guest chose.</summary>
    [ProcessPacket(IcMessageType.Negotiate)]
    private void OnNegotiated(PacketCompletion packet, in NegotiateResponse response)
    {
        _outstanding--;
        _negotiated = response;
        packet.Complete();
    }

    /// <summary>Nothing else is expected of a guest.</summary>
    [ProcessPacket]
    private void OnAnyOther(PacketCompletion packet) => packet.Fail();

    /// <summary>A batch of answers is through: sends as many requests as the window allows.</summary>
    [ProcessingComplete]
    private void OnAnswersProcessed(VmbusChannel channel, uint packetsProcessed)
    {
        while (_unsent > 0 && _outstanding < _window)
        {
            SendOne(channel);
        }

        if (_outstanding == 0)
        {
            _idle.Set();
        }
    }

    /// <summary>The guest closed: no answer will come any more.</summary>
    [ChannelSuspend]
    private void OnSuspend(VmbusChannel channel)
    {
        _unsent = 0;
        _idle.Set();
    }

    [IrqlRequiresMax(Irql.Dispatch)]
    private void SendOne(VmbusChannel channel)
    {
        // Before the request is out: its answer may come at once, on another thread.
        _unsent--;
        _outstanding++;
        _sent++;
        Sent(SendRequest(channel, _sent));
    }

    [IrqlRequiresMax(Irql.Dispatch)]
    private void Sent(NtStatus status)
    {
        if (!status.IsSuccess())
        {
            SendStatus = status;
            _unsent = 0;
            _outstanding = 0;
            _idle.Set();
        }
    }
}
