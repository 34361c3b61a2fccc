using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;

namespace Vmbus.Tests.Model;

/// <summary>Thrown by the callbacks of a walk.</summary>
internal sealed class WalkException(string callback) : Exception($"{callback} throws, as the walk wants it.");

/// <summary>What both endpoints of a walk share: the next misbehaviour, and what no callback may ever see.</summary>
internal sealed class WalkObserver
{
    private Misbehaviour? _misbehaviour;

    /// <summary>What went against the rules.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Whether callbacks have stopped misbehaving and handlers complete whatever comes.</summary>
    public volatile bool IsCalm;

    /// <summary>
    /// Whether the server's Started behaves when it follows Opened: where the server leaves at once, the client may not even have heard that the channel was
    /// opened, so that it is a race whether it closes or waits on.
    /// </summary>
    public bool SparesFirstStart { get; init; }

    public void Misbehave(Misbehaviour? misbehaviour) => Volatile.Write(ref _misbehaviour, misbehaviour);

    /// <returns>What this call of the callback is to do; null: return well.</returns>
    public Misbehaviour? Take(bool server, StateCallback callback)
    {
        Misbehaviour? misbehaviour = Volatile.Read(ref _misbehaviour);
        return misbehaviour is not null && misbehaviour.OnServer == server && misbehaviour.Callback == callback
            && ReferenceEquals(Interlocked.CompareExchange(ref _misbehaviour, null, misbehaviour), misbehaviour) && !IsCalm
            ? misbehaviour
            : null;
    }
}

/// <summary>
/// A real endpoint with callbacks that do what the walk says, note what they were called with, and watch the rules that hold at every instant: which callbacks
/// may overlap, that nothing is delivered outside Started and Suspend, and that what the state model forbids inside a callback throws there.
/// </summary>
internal sealed class ObservedEndpoint : IChannelCallbacks
{
    private const int PayloadLength = 16;

    private readonly WalkObserver _observer;
    private readonly bool _triesForbiddenCalls;
    private readonly Lock _sync = new();
    private readonly StringBuilder _log = new();
    private readonly List<List<long>> _deliveredByOpening = [[]];
    private readonly List<PendingPacket> _held = [];
    private readonly Dictionary<long, NtStatus> _outcomes = [];
    private readonly List<(Task Task, int ClosingsBefore)> _whenClosed = [];

    private StateCallback? _inStateCallback;
    private bool _inProcessing;
    private bool _mayProcess;
    private uint _deliveredSinceComplete;
    private long _comesAgain = -1;
    private int _closings;
    private int _callbacks;

    public ObservedEndpoint(WalkObserver observer, VmbusBus bus, VmbusChannelOptions options, bool triesForbiddenCalls)
    {
        _observer = observer;
        _triesForbiddenCalls = triesForbiddenCalls;
        Channel = new VmbusChannel(bus, options);
        Channel.SetCallbacks(this);
    }

    public VmbusChannel Channel { get; }

    public bool IsServer => Channel.Options.IsServer;

    public ConcurrentQueue<Task> Pauses { get; } = new();

    public ConcurrentQueue<Task> Disables { get; } = new();

    public string Log
    {
        get
        {
            lock (_sync)
            {
                return _log.ToString();
            }
        }
    }

    public int HeldCount
    {
        get
        {
            lock (_sync)
            {
                return _held.Count;
            }
        }
    }

    public List<long> Delivered
    {
        get
        {
            lock (_sync)
            {
                return [.. _deliveredByOpening.SelectMany(opening => opening)];
            }
        }
    }

    public List<List<long>> DeliveredByOpening
    {
        get
        {
            lock (_sync)
            {
                return [.. _deliveredByOpening.Select(opening => opening.ToList())];
            }
        }
    }

    public Dictionary<long, NtStatus> Outcomes
    {
        get
        {
            lock (_sync)
            {
                return new Dictionary<long, NtStatus>(_outcomes);
            }
        }
    }

    /// <summary>Takes WhenClosed at a moment when nothing is under way and <paramref name="closings"/> closings have been.</summary>
    public void WatchClosing(int closings)
    {
        lock (_sync)
        {
            _whenClosed.Add((Channel.WhenClosed, closings));
        }
    }

    /// <returns>What is wrong with the tasks that <see cref="WatchClosing"/> took, after so many closings.</returns>
    public string? CheckClosing(int closings)
    {
        lock (_sync)
        {
            foreach ((Task task, int before) in _whenClosed)
            {
                if (task.IsCompleted != closings > before)
                {
                    return $"WhenClosed, taken after {before} closings, {(task.IsCompleted ? "has" : "has not")} ended after {closings}";
                }
            }

            return null;
        }
    }

    public NtStatus Send(long sequence, PacketFate fate, bool waits)
    {
        byte[] payload = new byte[PayloadLength];
        payload[0] = (byte)fate;
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(8), sequence);
        if (!waits)
        {
            return Channel.Send(payload, (ulong)sequence);
        }

        VmbusPacket packet = Channel.AllocatePacket();
        packet.CompletionRoutine = (done, status, answer) =>
        {
            done.Dispose();
            lock (_sync)
            {
                if (!_outcomes.TryAdd(sequence, status))
                {
                    Violate($"packet {sequence} was done twice: {_outcomes[sequence]}, {status}");
                }
            }

            if (status == NtStatus.Success && BinaryPrimitives.ReadInt64LittleEndian(answer) != sequence)
            {
                Violate($"packet {sequence} got the answer to packet {BinaryPrimitives.ReadInt64LittleEndian(answer)}");
            }
        };
        NtStatus status = packet.Send(payload, VmbusSendFlags.WaitForCompletion);
        if (!status.IsSuccess())
        {
            packet.Dispose();
        }

        return status;
    }

    /// <summary>Completes or fails a held packet.</summary>
    /// <returns>Whether there was one.</returns>
    public bool EndHeld(int index, bool fail)
    {
        PendingPacket packet;
        lock (_sync)
        {
            if (_held.Count == 0)
            {
                return false;
            }

            packet = _held[index % _held.Count];
            _held.RemoveAt(index % _held.Count);
        }

        if (fail)
        {
            packet.Fail();
        }
        else
        {
            packet.Complete(packet.Buffer[8..]);
        }

        try
        {
            packet.Complete();
            Violate("a held packet was completed twice");
        }
        catch (InvalidOperationException)
        {
            // As it must be.
        }

        return true;
    }

    void IChannelCallbacks.ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        PacketFate fate = _observer.IsCalm ? PacketFate.Complete : (PacketFate)buffer[0];
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(buffer[8..]);
        bool atPassive = KernelIrql.Current == Irql.Passive;
        using Region region = EnterProcessing();
        bool defers = fate == PacketFate.Defer && !atPassive;
        lock (_sync)
        {
            // A packet that comes again is no other one.
            _deliveredSinceComplete += sequence == _comesAgain ? 0u : 1u;
            _comesAgain = defers ? sequence : -1;
            if (!defers)
            {
                _deliveredByOpening[^1].Add(sequence);
            }
        }

        if (_triesForbiddenCalls && Interlocked.Increment(ref _callbacks) % 4 == 0)
        {
            TryForbidden("ProcessPacket", inStateChange: false);
        }

        switch (fate)
        {
            case PacketFate.Hold:
                lock (_sync)
                {
                    _held.Add(packet.Pend());
                }

                break;
            case PacketFate.Defer when defers:
                packet.DeferToPassive();
                break;
            case PacketFate.Lose:
                break;
            case PacketFate.Fail:
                packet.Fail();
                break;
            case PacketFate.Throw:
                throw new WalkException("ProcessPacket");
            default:
                packet.Complete(buffer[8..]);
                break;
        }
    }

    void IChannelCallbacks.ProcessingComplete(VmbusChannel channel, uint packetsProcessed)
    {
        using Region region = EnterProcessing();
        lock (_sync)
        {
            if (packetsProcessed != _deliveredSinceComplete)
            {
                Violate($"ProcessingComplete says {packetsProcessed}, but {_deliveredSinceComplete} packets were delivered");
            }

            _deliveredSinceComplete = 0;
        }
    }

    NtStatus IChannelCallbacks.Opened(VmbusChannel channel)
    {
        lock (_sync)
        {
            _deliveredByOpening.Add([]);
            _deliveredSinceComplete = 0;
        }

        if (_observer.SparesFirstStart && IsServer)
        {
            _observer.Take(server: true, StateCallback.Started);
        }

        return InStateCallback(StateCallback.Opened) ? NtStatus.Success : NtStatus.InsufficientResources;
    }

    void IChannelCallbacks.Started(VmbusChannel channel)
    {
        lock (_sync)
        {
            _mayProcess = true;
        }

        InStateCallback(StateCallback.Started);
    }

    void IChannelCallbacks.PostStarted(VmbusChannel channel) => InStateCallback(StateCallback.PostStarted);

    void IChannelCallbacks.Suspend(VmbusChannel channel)
    {
        lock (_sync)
        {
            _mayProcess = false;
        }

        InStateCallback(StateCallback.Suspend);
    }

    void IChannelCallbacks.Closed(VmbusChannel channel)
    {
        lock (_sync)
        {
            _closings++;
            if (_held.Count != 0)
            {
                Violate($"Closed was called while {_held.Count} packets are owed");
            }
        }

        InStateCallback(StateCallback.Closed);
    }

    void IChannelCallbacks.PnpFailure(VmbusChannel channel, NtStatus status) => InStateCallback(StateCallback.PnpFailure);

    string? IChannelCallbacks.DescribeHandler(ReadOnlySpan<byte> buffer) => buffer.IsEmpty ? "Empty" : ((PacketFate)buffer[0]).ToString();

    /// <returns>Whether the callback is to answer success.</returns>
    private bool InStateCallback(StateCallback callback)
    {
        Misbehaviour? misbehaviour = _observer.Take(IsServer, callback);
        lock (_sync)
        {
            if (_inStateCallback is { } other)
            {
                Violate($"{callback} was called while {other} runs");
            }

            if (_inProcessing && callback != StateCallback.PostStarted)
            {
                Violate($"{callback} was called while a packet is processed");
            }

            _inStateCallback = callback;

            // An Opened that fails is written small: no Closed follows.
            _log.Append(misbehaviour is not null && callback == StateCallback.Opened ? 'o' : (char)callback);
        }

        try
        {
            if (KernelIrql.Current != Irql.Passive)
            {
                Violate($"{callback} was called at {KernelIrql.Current}");
            }

            int callbacks = Interlocked.Increment(ref _callbacks);
            if (_triesForbiddenCalls && callbacks % 4 == 0)
            {
                TryForbidden(callback.ToString(), inStateChange: true);
            }
            else if (!_triesForbiddenCalls)
            {
                // Callbacks take their time, each another one, so that what other threads do falls into them.
                Thread.SpinWait(callbacks * 7919 % 3000);
            }

            if (misbehaviour is { Throws: true })
            {
                throw new WalkException(callback.ToString());
            }

            return misbehaviour is null;
        }
        finally
        {
            lock (_sync)
            {
                _inStateCallback = null;
            }
        }
    }

    private Region EnterProcessing()
    {
        lock (_sync)
        {
            if (_inProcessing)
            {
                Violate("two processing callbacks overlap");
            }

            if (_inStateCallback is { } callback && callback != StateCallback.PostStarted)
            {
                Violate($"a packet is processed while {callback} runs");
            }

            if (!_mayProcess)
            {
                Violate("a packet is processed before Started or after Suspend");
            }

            _inProcessing = true;
        }

        return new Region(this);
    }

    /// <summary>Calls everything that must throw at once inside a callback of the channel.</summary>
    private void TryForbidden(string callback, bool inStateChange)
    {
        Expect("SetCallbacks", () => Channel.SetCallbacks(this));
        Expect("Enable", Channel.Enable);
        Expect("Pause", Channel.Pause);
        Expect("Disable", Channel.Disable);
        Expect("Dispose", Channel.Dispose);
        if (inStateChange)
        {
            Expect("Start", Channel.Start);
            Expect("PauseAsync", () => _ = Channel.PauseAsync());
        }

        void Expect(string operation, Action call)
        {
            try
            {
                call();
                Violate($"{operation} inside {callback} did not throw");
            }
            catch (Exception exception) when (exception is VmbusException or IrqlViolationException or ObjectDisposedException)
            {
                // As it must be.
            }
        }
    }

    private void Violate(string what) => _observer.Violations.Enqueue($"{(IsServer ? "server" : "client")}: {what} (log {_log})");

    private readonly ref struct Region(ObservedEndpoint endpoint)
    {
        public void Dispose()
        {
            lock (endpoint._sync)
            {
                endpoint._inProcessing = false;
            }
        }
    }
}
