namespace Vmbus;

/// <summary>
/// A packet for calling one handler in a unit test: hand <see cref="Completion"/> in and ask afterwards what became of it. It needs no bus and no thread.
/// </summary>
/// <example><code>
/// TestPacket packet = TestPacket.Create([1, 0, 0, 0]);
/// handlers.OnPing(packet.Completion);
/// Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
/// </code></example>
public sealed class TestPacket
{
    private readonly IncomingPacket _packet;
    private readonly long _generation;
    private readonly Owner _owner;

    private TestPacket(ReadOnlySpan<byte> payload, ProcessPacketFlags flags, ulong transactionId, bool isCompletionRequested, VmbusChannel? channel, Memory<byte>? externalData)
    {
        _owner = new Owner(channel, externalData);
        _packet = new IncomingPacket(_owner);
        payload.CopyTo(_packet.Reserve(payload.Length));
        _generation = _packet.BeginCopied(payload.Length, transactionId, isCompletionRequested, flags);
    }

    /// <summary>The packet to hand to the handler.</summary>
    public PacketCompletion Completion => new(_packet, _generation);

    /// <summary>The packet's bytes, as a handler gets them.</summary>
    public ReadOnlySpan<byte> Buffer => Completion.Buffer;

    /// <summary>The packet's flags, as a handler gets them.</summary>
    public ProcessPacketFlags Flags => _packet.Flags;

    /// <summary>The channel that the packet says it came on: the one given to <see cref="Create"/>, or a disabled one of its own.</summary>
    public VmbusChannel Channel => _owner.Channel;

    /// <summary>What became of the packet.</summary>
    public TestPacketOutcome Outcome => _owner.Outcome;

    /// <summary>What the packet was completed with; empty where it was completed without payload or not yet.</summary>
    public ReadOnlyMemory<byte> Payload => _owner.Payload;

    /// <summary>What the packet was completed with, as a structure.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <returns>The first bytes of <see cref="Payload"/>.</returns>
    /// <exception cref="Testing.TestExpectationException">The packet was not completed, or with fewer bytes than the structure has; the message says what became of it.</exception>
    public T CompletedWith<T>()
        where T : unmanaged
        => Outcome == TestPacketOutcome.Completed
            ? new Testing.PeerResponse(NtStatus.Success, Payload).As<T>()
            : throw new Testing.TestExpectationException($"The packet was to be completed; its outcome is {Outcome}.");

    /// <summary>What was sent back in-band with the packet's transaction id before it was completed; empty where nothing was.</summary>
    public ReadOnlyMemory<byte> Reply => _owner.Reply;

    /// <summary>Makes a packet that is owed.</summary>
    /// <param name="payload">Its bytes, copied.</param>
    /// <param name="flags">The flags that the callback gets.</param>
    /// <param name="transactionId">The transaction id.</param>
    /// <param name="isCompletionRequested">Whether the sender asked for a completion packet.</param>
    /// <param name="channel">The channel that it says it came on.</param>
    /// <param name="externalData">
    /// The memory that it references, which GetExternalData gives; the flag <see cref="ProcessPacketFlags.ExternalData"/> is added. <see langword="null"/>: none.
    /// </param>
    /// <returns>The packet.</returns>
    public static TestPacket Create(
        ReadOnlySpan<byte> payload,
        ProcessPacketFlags flags = ProcessPacketFlags.None,
        ulong transactionId = 1,
        bool isCompletionRequested = true,
        VmbusChannel? channel = null,
        Memory<byte>? externalData = null)
        => new(payload, externalData is null ? flags : flags | ProcessPacketFlags.ExternalData, transactionId, isCompletionRequested, channel, externalData);

    /// <summary>Delivers the packet to a whole set of callbacks, as a channel would.</summary>
    /// <param name="callbacks">The callbacks.</param>
    public void Deliver(IChannelCallbacks callbacks)
    {
        ArgumentChecks.RequireNotNull(callbacks);
        PacketBatch batch = new(Channel, Completion, Buffer, Flags);
        callbacks.ProcessBatch(ref batch);
    }

    private sealed class Owner(VmbusChannel? channel, Memory<byte>? externalData) : PacketOwner
    {
        private VmbusChannel? _channel = channel;

        public override VmbusChannel Channel => _channel ??= new VmbusChannel(VmbusBus.CreateInProcess(), new VmbusChannelOptions { FriendlyName = nameof(TestPacket) });

        public override int MaximumCompletionPayload => VmbusChannelOptions.DefaultMaximumPacketSize;

        public TestPacketOutcome Outcome { get; private set; }

        public ReadOnlyMemory<byte> Payload { get; private set; }

        public ReadOnlyMemory<byte> Reply { get; private set; }

        public override void Completed(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline)
        {
            Payload = payload.ToArray();
            Outcome = TestPacketOutcome.Completed;
        }

        public override void Failed(IncomingPacket packet, bool inline, bool malformed) => Outcome = TestPacketOutcome.Failed;

        public override void Deferred(IncomingPacket packet) => Outcome = TestPacketOutcome.Deferred;

        public override void Pended(IncomingPacket packet) => Outcome = TestPacketOutcome.Pended;

        public override NtStatus ReplyInBand(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline)
        {
            Reply = payload.ToArray();
            return NtStatus.Success;
        }

        public override NtStatus GetExternalData(IncomingPacket packet, long generation, ExternalDataFlags flags, bool inline, out ExternalData data)
        {
            if (externalData is not { } memory)
            {
                data = default;
                return NtStatus.InvalidParameter;
            }

            IncomingData obtained = packet.MakeData();
            obtained.TryTakeOver([memory], packet, generation);
            data = obtained.Bind(packet, generation, flags.HasFlag(ExternalDataFlags.ReadOnly));
            return NtStatus.Success;
        }
    }
}
