using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Vmbus.Diagnostics;

namespace Vmbus;

/// <summary>
/// One place for a delivered packet, used again for later ones: the state of the duty to complete it, its bytes, and who is told. A generation
/// tells the packets apart that live in one place one after the other, so that a late second completion never touches another packet.
/// </summary>
internal sealed unsafe partial class IncomingPacket(PacketOwner owner, int contextSize = 0) : IDataLifetime
{
    private const int StateBits = 3;
    private const long StateMask = (1 << StateBits) - 1;

    /// <summary>Generation and <see cref="PacketDuty"/> in one word, so that both change at once.</summary>
    private long _word;

    private readonly byte[] _context = contextSize == 0 ? [] : new byte[contextSize];
    private byte[] _storage = [];
    private byte* _inPlace;
    private int _length;
    private PendedHandling? _handling;

    public PacketOwner Owner { get; } = owner;

    public ulong TransactionId { get; private set; }

    public bool IsCompletionRequested { get; private set; }

    public ProcessPacketFlags Flags { get; private set; }

    /// <summary>What the library that owns the rings knows the packet by.</summary>
    public object? ForeignState { get; set; }

    /// <summary>What somebody who listens wants to know of the packet when it is done. The field is changed in place.</summary>
#pragma warning disable CA1051 // A structure that ends itself cannot be a property.
    public PacketTrace Trace;
#pragma warning restore CA1051

    /// <summary>The place that is free after this one, while this one is.</summary>
    public IncomingPacket? NextFree { get; set; }

    /// <summary>When the packet was delivered, as <see cref="TimeProvider.GetTimestamp"/>; set once the packet outlives its callback.</summary>
    public long OwedSince { get; set; }

    /// <summary>The handler that the packet was delivered to, for reports; set once the packet outlives its callback.</summary>
    public string? Handler { get; set; }

    /// <summary>Whether an asynchronous handler has been called, which may end by being cancelled.</summary>
    public bool IsHandledAsynchronously { get; set; }

    /// <summary>Whether the packet has given out or holds memory that must be let go before the place is used again.</summary>
    public bool NeedsRelease => Volatile.Read(ref _memory) is not null || Data is { IsObtained: true };

    public long Generation => Volatile.Read(ref _word) >> StateBits;

    public PacketDuty Duty => (PacketDuty)(Volatile.Read(ref _word) & StateMask);

    public int Length => _length;

    /// <summary>The user's context area of the packet.</summary>
    public Span<byte> Context(long generation)
    {
        RequireReadable(generation);
        return _context;
    }

    public bool IsAlive(long generation)
    {
        long word = Volatile.Read(ref _word);
        return word == Pack(generation, PacketDuty.Inline) || word == Pack(generation, PacketDuty.Pended);
    }

    /// <summary>Room of the packet's own for <paramref name="length"/> bytes.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_storage.Length < length)
        {
            _storage = GC.AllocateUninitializedArray<byte>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, 64)), pinned: true);
        }

        return _storage.AsSpan(0, length);
    }

    /// <summary>Begins the duty of a packet whose bytes were put into <see cref="Reserve"/>.</summary>
    /// <returns>The packet's generation.</returns>
    public long BeginCopied(int length, ulong transactionId, bool isCompletionRequested, ProcessPacketFlags flags)
        => Begin(null, length, transactionId, isCompletionRequested, flags);

    /// <summary>Begins the duty of a packet whose bytes stay where they are until the callback or the duty ends.</summary>
    /// <returns>The packet's generation.</returns>
    public long BeginInPlace(byte* bytes, int length, ulong transactionId, bool isCompletionRequested, ProcessPacketFlags flags)
        => Begin(bytes, length, transactionId, isCompletionRequested, flags);

    /// <summary>Delivers the same packet once more.</summary>
    /// <returns>The generation of the new delivery: what the earlier one handed out is void.</returns>
    public long BeginAgain()
    {
        long generation = Generation + 1;
        Volatile.Write(ref _word, Pack(generation, PacketDuty.Inline));
        return generation;
    }

    /// <summary>Makes the place free for another packet.</summary>
    public void Release()
    {
        _inPlace = null;
        Data?.Forget();
        if (_memory is not null)
        {
            _memory.Revoke();
            _memory = null;

            // Somebody may still read through a span of it: give the next packet other memory.
            _storage = [];
        }

        Volatile.Write(ref _word, Pack(Generation + 1, PacketDuty.None));
    }

    /// <summary>Whether the packet of this generation can still be looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RequireReadable(long generation)
    {
        if (!IsAlive(generation))
        {
            ThrowRetired(generation);
        }
    }

    /// <summary>What ends the packet when its handler does; kept for the next packet of this place that has a handler of the same kind.</summary>
    public T AsyncOperation<T>()
        where T : PendedHandling, new()
    {
        if (_handling is not T handling)
        {
            _handling = handling = new T();
        }

        return handling;
    }

    /// <summary>An asynchronous handler of a pended packet has ended with an exception.</summary>
    public void HandlerThrew(long generation, Exception exception)
    {
        if (Volatile.Read(ref _word) == Pack(generation, PacketDuty.Pended))
        {
            Owner.AsynchronousHandlerThrew(this, generation, exception);
        }
    }

    /// <remarks>
    /// Not inlined: it would be once for each handler of a switch, and take up what the JIT allows a method to inline after some thirty of them. Handlers themselves
    /// are worth more there.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Complete(long generation, PacketDuty from, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > Owner.MaximumCompletionPayload)
        {
            ThrowPayloadTooLarge("A completion payload", payload.Length);
        }

        End(generation, from, PacketDuty.Completed, "completed");
        Owner.Completed(this, payload, from == PacketDuty.Inline);
    }

    public void Fail(long generation, PacketDuty from, bool malformed = false)
    {
        End(generation, from, PacketDuty.Failed, "failed");
        Owner.Failed(this, from == PacketDuty.Inline, malformed);
    }

    public void Defer(long generation)
    {
        RequireOwed(generation, PacketDuty.Inline, "deferred");
        if (KernelIrql.Current == Irql.Passive)
        {
            throw new InvalidOperationException(
                "DeferToPassive was called at PASSIVE_LEVEL: the packet would come again at the same level. Put it behind 'if (KernelIrql.Current == Irql.Dispatch)'; the packet is still owed.").With(NtStatus.InvalidDeviceState);
        }

        End(generation, PacketDuty.Inline, PacketDuty.Deferred, "deferred");
        Owner.Deferred(this);
    }

    public PendingPacket Pend(long generation)
    {
        RequireOwed(generation, PacketDuty.Inline, "pended");
        Own();
        Owner.Pended(this);
        End(generation, PacketDuty.Inline, PacketDuty.Pended, "pended");
        return new PendingPacket(this, generation);
    }

    public void ReplyInBand(long generation, PacketDuty from, ReadOnlySpan<byte> payload)
    {
        RequireOwed(generation, from, "answered");
        if (payload.Length > Owner.MaximumCompletionPayload)
        {
            ThrowPayloadTooLarge("An in-band reply", payload.Length);
        }

        NtStatus status = Owner.ReplyInBand(this, payload, from == PacketDuty.Inline);

        // As with a completion: a channel that has closed or stopped meanwhile sends nothing, and says why itself.
        if (!status.IsSuccess() && status is not (NtStatus.DeviceRemoved or NtStatus.DataError))
        {
            throw new VmbusException(status, $"The in-band reply to packet {TransactionId} was not sent: {status}. The packet is still owed.");
        }
    }

    /// <summary>The callback has returned without ending the duty or taking it along.</summary>
    public void Lose() => Volatile.Write(ref _word, Pack(Generation, PacketDuty.Lost));

    private static long Pack(long generation, PacketDuty duty) => (generation << StateBits) | (long)duty;

    private long Begin(byte* inPlace, int length, ulong transactionId, bool isCompletionRequested, ProcessPacketFlags flags)
    {
        _inPlace = inPlace;
        _length = length;
        TransactionId = transactionId;
        IsCompletionRequested = isCompletionRequested;
        Flags = flags;
        IsHandledAsynchronously = false;
        if (_context.Length != 0)
        {
            Array.Clear(_context);
        }

        return BeginAgain();
    }

    private void RequireOwed(long generation, PacketDuty from, string what)
    {
        if (Volatile.Read(ref _word) != Pack(generation, from))
        {
            ThrowNotOwed(generation, what);
        }
    }

    /// <summary>
    /// Ends the duty, once: while the callback runs only its thread can reach the packet, later any thread may. What hears of the end afterwards may give the external data
    /// back to its sender; only a packet that is pended keeps it.
    /// </summary>
    private void End(long generation, PacketDuty from, PacketDuty to, string what)
    {
        long expected = Pack(generation, from);
        if (from == PacketDuty.Inline)
        {
            if (_word != expected)
            {
                ThrowNotOwed(generation, what);
            }

            Volatile.Write(ref _word, Pack(generation, to));
        }
        else if (Interlocked.CompareExchange(ref _word, Pack(generation, to), expected) != expected)
        {
            ThrowNotOwed(generation, what);
        }

        if (_data is { IsObtained: true } data && to != PacketDuty.Pended)
        {
            data.AwaitCopies();
        }
    }

    [DoesNotReturn]
    private void ThrowNotOwed(long generation, string what)
    {
        string now = Generation != generation ? "retired" : Duty switch
        {
            PacketDuty.Completed => "completed",
            PacketDuty.Failed => "failed",
            PacketDuty.Deferred => "deferred to PASSIVE_LEVEL",
            PacketDuty.Pended => "pended: its PendingPacket owes the completion",
            _ => "not owed here",
        };
        string message = $"The packet cannot be {what}: it is already {now}. A packet is completed, failed, deferred or pended exactly once (VMB102).";
        Owner.Misused(this, generation, isEnd: true, message);
        throw new InvalidOperationException(message).With(NtStatus.InvalidDeviceState);
    }

    [DoesNotReturn]
    private void ThrowRetired(long generation)
    {
        string now = Generation == generation && Duty == PacketDuty.Deferred ? "deferred" : "completed";
        string message = $"The packet was {now}: its members cannot be used any more. Copy what is needed before (VMB103).";
        Owner.Misused(this, generation, isEnd: false, message);
        throw new ObjectDisposedException(nameof(PacketCompletion), message).With(NtStatus.InvalidDeviceState);
    }

    [DoesNotReturn]
    private void ThrowPayloadTooLarge(string what, int length)
        => throw new ArgumentException($"{what} of {length} bytes is larger than the channel's maximum of {Owner.MaximumCompletionPayload} bytes. The packet is still owed.", "payload")
            .With(NtStatus.InvalidBufferSize);
}
