using System.Diagnostics;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>
/// How many packets an endpoint has put into the ring of its present opening. What waits for room moves there when the other side's signal comes, which shows in nothing else: a packet that
/// is given up before is withdrawn, and afterwards it is not.
/// </summary>
internal sealed class SentInOpening
{
    private ModelConnection? _connection;

    /// <summary>Whether the counts before the opening are known: not where one step has ended an opening and begun the next.</summary>
    private bool _isKnown;
    private long _before;
    private int _modelBefore;

    /// <summary>Before each step, with nothing under way.</summary>
    public void Look(ObservedEndpoint endpoint, ModelEndpoint model)
    {
        if (model.Connection is null)
        {
            Begin(endpoint, model);
        }
        else if (_connection is not null && !ReferenceEquals(_connection, model.Connection))
        {
            _isKnown = false;
        }

        _connection = model.Connection;
    }

    /// <summary>The endpoint has sent nothing in the opening that follows, or that it was restored into.</summary>
    public void Begin(ObservedEndpoint endpoint, ModelEndpoint model)
        => (_isKnown, _before, _modelBefore) = (true, endpoint.Channel.Counters.PacketsSent, model.Sent);

    /// <summary>Waits until as much is in the ring as the model has there. Of what an endpoint sends that has stopped, or whose other side has left, nothing is certain.</summary>
    public bool Await(ObservedEndpoint endpoint, ModelEndpoint model)
        => !_isKnown || model.Connection is null || model.Fault != ModelFault.None || model.IsPeerGone
            || SpinUntil(() => endpoint.Channel.Counters.PacketsSent - _before >= model.Sent - _modelBefore);

    private static bool SpinUntil(Func<bool> condition)
    {
        Stopwatch time = Stopwatch.StartNew();
        SpinWait spin = default;
        while (!condition())
        {
            if (time.Elapsed > WalkRunner.Patience(ChannelPair.Patience))
            {
                return false;
            }

            spin.SpinOnce();
        }

        return true;
    }
}
