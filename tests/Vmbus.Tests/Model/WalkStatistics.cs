namespace Vmbus.Tests.Model;

/// <summary>What the walks of a run came by, so that a generator that leads nowhere does not go unnoticed.</summary>
internal sealed class WalkStatistics
{
    private long _steps;
    private long _openings;
    private long _refusals;
    private long _starts;
    private long _closings;
    private long _delivered;
    private long _done;
    private long _faults;
    private long _moves;
    private long _mappings;
    private long _queued;
    private long _cancelled;
    private long _withData;

    public void Step() => Interlocked.Increment(ref _steps);

    /// <summary>Adds what an endpoint has seen.</summary>
    public void Add(ObservedEndpoint endpoint)
    {
        string log = endpoint.Log;
        Interlocked.Add(ref _openings, log.Count(callback => callback == 'O'));
        Interlocked.Add(ref _refusals, log.Count(callback => callback is 'o' or 'F'));
        Interlocked.Add(ref _starts, log.Count(callback => callback == 'S'));
        Interlocked.Add(ref _closings, log.Count(callback => callback == 'C'));
        Interlocked.Add(ref _delivered, endpoint.Delivered.Count);
        Interlocked.Add(ref _done, endpoint.Outcomes.Count);
        ChannelCounters counters = endpoint.Channel.Counters;
        Interlocked.Add(ref _faults, counters.PacketsFailed + counters.HandlerExceptions);
        Interlocked.Add(ref _queued, counters.PacketsQueued);
        Interlocked.Add(ref _cancelled, endpoint.Outcomes.Values.Count(status => status == NtStatus.Cancelled));
        Interlocked.Add(ref _withData, endpoint.DataHandled);
    }

    /// <summary>Adds what a walk did beside.</summary>
    public void Add(int moves, int mappings)
    {
        Interlocked.Add(ref _moves, moves);
        Interlocked.Add(ref _mappings, mappings);
    }

    /// <summary>Fails if the walks did not get about.</summary>
    public void RequireVariety(int walks)
    {
        Assert.True(
            _openings > walks / 2 && _starts > walks / 2 && _closings > walks / 2 && _delivered > walks / 2 && _done > walks / 4 && _refusals > walks / 100 && _faults > walks / 100
                && _moves > walks / 100 && _mappings > walks / 100 && _queued > walks / 20 && _cancelled > walks / 100 && _withData > walks / 20,
            $"The walks lead nowhere: {this}");
    }

    public override string ToString()
        => $"{_steps} steps, {_openings} openings, {_refusals} refused, {_starts} starts, {_closings} closings, {_delivered} packets delivered, {_done} waited for and done, {_faults} failed or thrown, {_withData} with external data, "
            + $"{_queued} queued, {_cancelled} given up, {_mappings} GPADLs mapped, {_moves} servers saved and moved or gone on with";
}
