using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vmbus.Diagnostics;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>Notes what is delivered to which handler: counts, traces, and the verifier's watch over the thread that holds the turn.</summary>
internal sealed class DeliveryObserver(VmbusChannel channel, IChannelCallbacks callbacks, ChannelVerifier? verifier)
{
    private readonly CounterSet _counters = channel.CounterSet;
    private VerifiedThread? _watched;
    private bool _traces;

    /// <summary>The verifier, where the channel is watched.</summary>
    public ChannelVerifier? Verifier => verifier;

    /// <summary>The thread that holds the turn begins to deliver.</summary>
    public CallbackFrame EnterDelivery()
    {
        _traces = PacketTrace.WantsProcessing;
        if (verifier is null)
        {
            return default;
        }

        _watched = VerifiedThread.Current;
        return _watched.Enter(verifier);
    }

    /// <summary>It has done so.</summary>
    public void ExitDelivery(in CallbackFrame outer)
    {
        if (_watched is { } watched)
        {
            watched.Exit(in outer);
            _watched = null;
        }
    }

    /// <summary>The callback of a packet is called next, for the first time.</summary>
    public void BeginPacket(IncomingPacket packet, ReadOnlySpan<byte> bytes)
    {
        _counters.PacketsReceived++;
        _counters.BytesReceived += bytes.Length;
        Begin(packet, bytes);
    }

    /// <summary>The callback of a packet that came before is called next.</summary>
    public void BeginAgain(IncomingPacket packet)
    {
        _counters.PacketsDeliveredAgain++;
        _counters.BytesDeliveredAgain += packet.Length;
        Begin(packet, packet.Bytes);
    }

    /// <summary>A callback has returned.</summary>
    public void EndCallback()
    {
        _watched?.End();
        if (_traces)
        {
            // The activity of a packet is current in its callback, also if it goes on afterwards.
            Activity.Current = null;
        }
    }

    /// <summary>A callback that concerns no packet is called next.</summary>
    public void BeginCallback(string name) => _watched?.Begin(name, null);

    /// <summary>The duty of a packet has ended.</summary>
    public void EndTrace(IncomingPacket packet, string? error)
    {
        if (packet.Trace.IsActive)
        {
            packet.Trace.End(channel.MeasuredIn, channel.Options.TimeProvider, error);
        }
    }

    /// <summary>A callback has returned without ending the duty, and the packet may be abandoned.</summary>
    public void Lost(string? handler, ulong transactionId)
    {
        _counters.PacketsLost++;
        verifier?.Lost(handler, transactionId);
    }

    /// <summary>The handler of a packet, for a report of the verifier; null where there is none to report to.</summary>
    public string? DescribeForVerifier(IncomingPacket packet) => verifier is null ? null : Describe(packet);

    /// <summary>The handler of a packet, for reports.</summary>
    public string Describe(IncomingPacket packet) => HandlerNames.Describe(callbacks, packet.Bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(IncomingPacket packet, ReadOnlySpan<byte> bytes)
    {
        if (_counters.ByHandler is { } byHandler)
        {
            byHandler.Count(HandlerNames.Find(callbacks, bytes));
        }

        if (_traces)
        {
            BeginTrace(packet, bytes);
        }

        _watched?.Begin(HandlerNames.Describe(callbacks, bytes), packet.TransactionId);
    }

    private void BeginTrace(IncomingPacket packet, ReadOnlySpan<byte> bytes)
    {
        if (packet.Trace.IsActive)
        {
            packet.Trace.ResumeProcessing();
        }
        else
        {
            packet.Trace.BeginProcessing(channel, channel.Options.TimeProvider, packet.TransactionId, bytes.Length);
            if (packet.Trace.WantsHandler)
            {
                packet.Trace.SetHandler(HandlerNames.Describe(callbacks, bytes));
            }
        }
    }
}
