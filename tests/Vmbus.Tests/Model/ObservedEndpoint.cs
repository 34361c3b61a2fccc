using System.Collections.Concurrent;
using System.Text;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>
/// A real endpoint with callbacks that do what the walk says, note what they were called with, and watch the rules that hold at every instant: which callbacks
/// may overlap, that nothing is delivered outside Started and Suspend, and that what the state model forbids inside a callback throws there.
/// </summary>
internal sealed partial class ObservedEndpoint : IChannelCallbacks
{
    private readonly WalkObserver _observer;
    private readonly bool _triesForbiddenCalls;
    private readonly Lock _sync = new();
    private readonly StringBuilder _log = new();
    private readonly List<List<long>> _deliveredByOpening = [[]];
    private readonly List<PendingPacket> _held = [];
    private readonly Dictionary<long, NtStatus> _outcomes = [];
    private readonly List<(Task Task, int ClosingsBefore)> _whenClosed = [];

    private readonly CallbackRules _rules;
    private readonly Memory<byte> _guestMemory;
    private int _closings;
    private int _callbacks;

    /// <param name="observer">What both endpoints share.</param>
    /// <param name="ends">The bus.</param>
    /// <param name="walk">How the endpoints of the walk are configured.</param>
    /// <param name="options">What this one is.</param>
    /// <param name="triesForbiddenCalls">Whether callbacks call what must throw inside them; else they take their time.</param>
    public ObservedEndpoint(WalkObserver observer, BusEnds ends, WalkConfiguration walk, VmbusChannelOptions options, bool triesForbiddenCalls)
    {
        _observer = observer;
        _triesForbiddenCalls = triesForbiddenCalls;
        _rules = new CallbackRules(Violate);
        _guestMemory = options.IsServer ? default : ends.Allocate(GuestMemoryLength);
        Channel = new VmbusChannel(options.IsServer ? ends.Server : ends.Client, options with
        {
            FriendlyName = options.IsServer ? "server" : "client",
            TransactionQuota = walk.Quota,
            IncomingProcessingAtPassive = options.IsServer ? walk.ServerAtPassive : walk.ClientAtPassive,
            Reception = walk.InPlace ? PacketReception.InPlace : PacketReception.Copied,
            IncomingRingSize = WalkConfiguration.RingSize,
            OutgoingRingSize = WalkConfiguration.RingSize,
        });
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
            packet.Complete(packet.Buffer.Slice(8, PacketSend.AnswerLength));
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

    NtStatus IChannelCallbacks.Opened(VmbusChannel channel)
    {
        lock (_sync)
        {
            _deliveredByOpening.Add([]);
        }

        if (_observer.SparesFirstStart && IsServer)
        {
            _observer.Take(server: true, StateCallback.Started);
        }

        return InStateCallback(StateCallback.Opened) ? NtStatus.Success : NtStatus.InsufficientResources;
    }

    void IChannelCallbacks.Started(VmbusChannel channel) => InStateCallback(StateCallback.Started);

    void IChannelCallbacks.PostStarted(VmbusChannel channel) => InStateCallback(StateCallback.PostStarted);

    void IChannelCallbacks.Suspend(VmbusChannel channel) => InStateCallback(StateCallback.Suspend);

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
        _rules.EnterStateCallback(callback);
        lock (_sync)
        {
            // An Opened that fails is written small: no Closed follows.
            _log.Append(misbehaviour is not null && callback == StateCallback.Opened ? 'o' : (char)callback);
        }

        try
        {
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
            _rules.ExitStateCallback();
        }
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
}
