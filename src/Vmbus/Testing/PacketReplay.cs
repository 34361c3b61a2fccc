namespace Vmbus;

/// <summary>
/// Delivers recorded packets to callbacks again and again, in batches as a channel does, without bus, ring or thread: for benchmarks, fuzzers and soak tests of
/// handlers. Delivering allocates nothing.
/// </summary>
/// <remarks>Callbacks run on the calling thread at its level; raise it with <see cref="KernelIrql.Raise"/> where they should see DISPATCH_LEVEL.</remarks>
public sealed class PacketReplay
{
    private readonly Source _source;

    /// <summary>Takes the packets over.</summary>
    /// <param name="packets">The bytes of each packet, copied; at least one.</param>
    /// <param name="order">The order of delivery, as indices into <paramref name="packets"/>, copied; empty: as they stand.</param>
    /// <param name="channel">The channel that the packets say they came on; <see langword="null"/>: a disabled one of its own.</param>
    /// <exception cref="ArgumentException">There are no packets, or the order names one that is not there.</exception>
    public PacketReplay(IReadOnlyList<ReadOnlyMemory<byte>> packets, ReadOnlySpan<int> order = default, VmbusChannel? channel = null)
    {
        ArgumentChecks.RequireNotNull(packets);
        if (packets.Count == 0)
        {
            throw new ArgumentException("A replay needs at least one packet.", nameof(packets)).With(NtStatus.InvalidParameter);
        }

        foreach (int index in order)
        {
            if ((uint)index >= (uint)packets.Count)
            {
                throw new ArgumentException($"The order names packet {index}; there are {packets.Count}.", nameof(order)).With(NtStatus.InvalidParameter);
            }
        }

        int[] sequence = order.IsEmpty ? [.. Enumerable.Range(0, packets.Count)] : order.ToArray();
        _source = new Source(channel ?? new VmbusChannel(VmbusBus.CreateInProcess(), new VmbusChannelOptions { FriendlyName = nameof(PacketReplay) }), packets, sequence);
    }

    /// <summary>Packets completed so far.</summary>
    public long Completed => _source.CompletedCount;

    /// <summary>Packets failed so far; unlike a channel the replay goes on.</summary>
    public long Failed => _source.FailedCount;

    /// <summary>Packets deferred so far; they are not delivered again.</summary>
    public long Deferred => _source.DeferredCount;

    /// <summary>Packets pended so far, completed since or not.</summary>
    public long Pended => _source.PendedCount;

    /// <summary>Packets whose callback returned without ending the duty (VMB101).</summary>
    public long Lost => _source.LostCount;

    /// <summary>Delivers packets, round and round.</summary>
    /// <param name="callbacks">Whom to.</param>
    /// <param name="count">How many; not negative.</param>
    /// <exception cref="InvalidOperationException">ProcessBatch returned before it had taken its packets.</exception>
    public void Run(IChannelCallbacks callbacks, long count)
    {
        ArgumentChecks.RequireNotNull(callbacks);
        ArgumentChecks.RequireRange(count, 0, long.MaxValue);
        _source.Run(callbacks, count);
    }

    private sealed class Source : PacketSource
    {
        /// <summary>As many as a channel delivers in one wake-up.</summary>
        private const int BatchSize = 256;

        private readonly byte[][] _bytes;
        private readonly IncomingPacket[] _places;
        private readonly int[] _order;
        private IncomingPacket? _current;
        private int _next;
        private int _left;
        private long _completed;
        private long _failed;

        public Source(VmbusChannel channel, IReadOnlyList<ReadOnlyMemory<byte>> packets, int[] order)
        {
            _order = order;
            Channel = channel;
            _bytes = [.. packets.Select(packet => packet.ToArray())];
            _places = [.. _bytes.Select(NewPlace)];
        }

        public override VmbusChannel Channel { get; }

        public override int MaximumCompletionPayload => Channel.Options.MaximumPacketSize;

        public long CompletedCount => Volatile.Read(ref _completed);

        public long FailedCount => Volatile.Read(ref _failed);

        public long DeferredCount { get; private set; }

        public long PendedCount { get; private set; }

        public long LostCount { get; private set; }

        public void Run(IChannelCallbacks callbacks, long count)
        {
            while (count > 0)
            {
                _left = (int)Math.Min(count, BatchSize);
                count -= _left;
                PacketBatch batch = new(Channel, this);
                callbacks.ProcessBatch(ref batch);
                EndCurrent();
                if (_left != 0)
                {
                    throw new InvalidOperationException($"{callbacks.GetType()}.ProcessBatch returned with {_left} packets left: call PacketBatch.MoveNext until it answers false.").With(NtStatus.InvalidDeviceRequest);
                }
            }
        }

        public override bool MoveNext(ref PacketBatch batch)
        {
            EndCurrent();
            if (_left == 0)
            {
                batch.SetEnd();
                return false;
            }

            _left--;
            int index = _order[_next];
            IncomingPacket place = _places[index];
            if (place.Duty == PacketDuty.Pended)
            {
                // Its pending packet still owns the place.
                place = _places[index] = NewPlace(_bytes[index]);
            }

            _next = _next + 1 == _order.Length ? 0 : _next + 1;
            _current = place;
            batch.SetCurrent(place, place.BeginAgain(), place.Bytes, place.Flags);
            return true;
        }

        public override void Completed(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline) => Count(ref _completed, inline);

        public override void Failed(IncomingPacket packet, bool inline, bool malformed) => Count(ref _failed, inline);

        public override void Deferred(IncomingPacket packet) => DeferredCount++;

        public override void Pended(IncomingPacket packet) => PendedCount++;

        // There is nobody to send it to.
        public override NtStatus ReplyInBand(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline) => NtStatus.Success;

        public override NtStatus GetExternalData(IncomingPacket packet, long generation, ExternalDataFlags flags, bool inline, out ExternalData data)
        {
            data = default;
            return NtStatus.InvalidParameter;
        }

        private static void Count(ref long counter, bool inline)
        {
            if (inline)
            {
                counter++;
            }
            else
            {
                // A pended packet ends on whatever thread its owner likes.
                Interlocked.Increment(ref counter);
            }
        }

        private void EndCurrent()
        {
            if (_current is { Duty: PacketDuty.Inline })
            {
                LostCount++;
            }

            _current = null;
        }

        private IncomingPacket NewPlace(byte[] bytes)
        {
            IncomingPacket place = new(this);
            bytes.CopyTo(place.Reserve(bytes.Length));
            place.BeginCopied(bytes.Length, transactionId: 1, isCompletionRequested: true, ProcessPacketFlags.None);
            place.Release();
            return place;
        }
    }
}
