using System.Buffers;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>
/// Walks both endpoints from several threads at a time, without waiting for anything to settle. The rules that hold at every instant are watched by
/// <see cref="ObservedEndpoint"/>; when the threads are done, everything that was asked for must come to its end, and the channel must open once more.
/// </summary>
internal sealed class ConcurrentWalk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // An opening that fails is written small.
    private static readonly Regex Grammar = new("^(o|F|O(SP?U)*C)*$");

    private readonly Walk _walk;
    private readonly WalkObserver _observer = new();
    private readonly ObservedEndpoint _server;
    private readonly ObservedEndpoint _client;

    /// <summary>The GPADLs that the client has created, and the mappings of the server, oldest first. One thread has to do with them.</summary>
    private readonly List<Gpadl> _created = [];
    private readonly Queue<Gpadl> _mappings = new();
    private readonly List<Task> _deletions = [];
    private int _mapped;
    private int _saved;

    /// <summary>The packets that each endpoint sent: sequence, and whether somebody is told of its end. One thread sends.</summary>
    private readonly Dictionary<bool, List<(long Sequence, bool IsTold)>> _sent = new() { [true] = [], [false] = [] };

    private ConcurrentWalk(Walk walk)
    {
        _walk = walk;
        BusEnds ends = WalkRunner.Bus(walk.Configuration);
        VmbusChannelOptions options = new() { InterfaceInstance = Guid.NewGuid() };
        _server = new ObservedEndpoint(_observer, ends, walk.Configuration, options with { IsServer = true }, triesForbiddenCalls: false);
        _client = new ObservedEndpoint(_observer, ends, walk.Configuration, options, triesForbiddenCalls: false);
    }

    private ObservedEndpoint this[bool server] => server ? _server : _client;

    /// <exception cref="Xunit.Sdk.XunitException">A rule was broken, or something did not come to its end.</exception>
    public static void Run(Walk walk, WalkStatistics statistics)
    {
        ConcurrentWalk concurrent = new(walk);
        concurrent.WalkThreads(statistics);
        concurrent.ComeToRest();
        concurrent.OpenOnceMore();
        concurrent.CheckHistory();
        statistics.Add(concurrent._server);
        statistics.Add(concurrent._client);
        statistics.Add(concurrent._saved, concurrent._mapped);
    }

    private void WalkThreads(WalkStatistics statistics)
    {
        // Threads of their own, so that the pool's are free for the channels.
        using Barrier start = new(_walk.Threads.Length);
        Task[] threads = [.. _walk.Threads.Select(commands => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                foreach (WalkCommand command in commands)
                {
                    Do(command);
                    statistics.Step();
                    Pace(command.Index);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Await(() => threads.All(thread => thread.IsCompleted), "the threads of the walk");
        foreach (Task thread in threads)
        {
            thread.GetAwaiter().GetResult();
        }
    }

    /// <summary>Commands take microseconds, what follows from them takes longer: without a pause now and then a walk would be over before the channel had opened.</summary>
    private static void Pace(int index)
    {
        switch (index)
        {
            case 0:
                Thread.SpinWait(500);
                break;
            case 1:
                Thread.Yield();
                break;
            case 2:
                Thread.Sleep(1);
                break;
        }
    }

    private void Do(WalkCommand command)
    {
        ObservedEndpoint endpoint = this[command.OnServer];
        switch (command.Action)
        {
            case WalkAction.Enable:
                MayThrow([NtStatus.InvalidDeviceState], endpoint.Channel.Enable);
                break;
            case WalkAction.Start:
                MayThrow([NtStatus.InvalidDeviceState], endpoint.Channel.Start);
                break;
            case WalkAction.Pause:
                endpoint.Pauses.Enqueue(endpoint.Channel.PauseAsync());
                break;
            case WalkAction.Disable:
                endpoint.Disables.Enqueue(endpoint.Channel.DisableAsync());
                break;
            case WalkAction.Send:
                Send(command.OnServer, command.Send);
                break;
            case WalkAction.Cancel:
                endpoint.CancelAny(command.Index);
                break;
            case WalkAction.CompleteHeld or WalkAction.FailHeld:
                endpoint.EndHeld(command.Index, command.Action == WalkAction.FailHeld);
                break;
            case WalkAction.Abandon:
                endpoint.Channel.AbandonLostPackets();
                break;
            case WalkAction.CreateGpadl:
                MayThrow([NtStatus.InvalidDeviceState, NtStatus.DeviceRemoved], () => _created.Add(_client.CreateGpadl()));
                break;
            case WalkAction.MapGpadl when _created.Count != 0:
                Map(_created[^(1 + (command.Index % _created.Count))].Handle);
                break;
            case WalkAction.UnmapGpadl when _mappings.TryDequeue(out Gpadl? mapping):
                mapping.Dispose();
                break;
            case WalkAction.DeleteGpadl when _created.Count != 0:
                Gpadl gpadl = _created[command.Index % _created.Count];
                _created.Remove(gpadl);
                _deletions.Add(gpadl.DisposeAsync().AsTask());
                break;
            case WalkAction.Save or WalkAction.Move:
                // What follows decides what becomes of it: a Start goes on, a Disable leaves the opening standing for a server that never comes.
                MayThrow([NtStatus.InvalidDeviceState], Save);
                break;
            case WalkAction.Misbehave:
                _observer.Misbehave(command.Misbehaviour);
                break;
        }
    }

    private void Map(uint handle)
    {
        NtStatus status = _server.Channel.MapGpadl(handle, GpadlFlags.None, out Gpadl? mapping);
        if (status == NtStatus.Success)
        {
            _mapped++;
            _mappings.Enqueue(mapping!);
        }
        else if (status is not (NtStatus.InvalidDeviceState or NtStatus.InvalidParameter3))
        {
            Assert.Fail(Describe($"MapGpadl answered {status}"));
        }
    }

    private void Save()
    {
        _server.Channel.Save(new ArrayBufferWriter<byte>());
        _saved++;
    }

    private NtStatus Send(bool server, PacketSend send)
    {
        List<(long Sequence, bool IsTold)> sent = _sent[server];
        long sequence = sent.Count;
        NtStatus status = this[server].Send(sequence, send);
        if (status.IsSuccess())
        {
            sent.Add((sequence, send.Form == SendForm.Packet));
        }
        else if (status is not (NtStatus.DeviceRemoved or NtStatus.DataError or NtStatus.BufferOverflow) && !(server && status == NtStatus.InvalidDeviceState))
        {
            Assert.Fail(Describe($"Send answered {status}"));
        }

        return status;
    }

    /// <summary>Ends what is owed, and leaves: every Pause and Disable that was asked for must end.</summary>
    private void ComeToRest()
    {
        _observer.IsCalm = true;
        Task[] disables = [_server.Channel.DisableAsync(), _client.Channel.DisableAsync()];
        IEnumerable<Task> all = [.. disables, .. _deletions, .. _server.Pauses, .. _client.Pauses, .. _server.Disables, .. _client.Disables];
        Await(
            () =>
            {
                foreach (ObservedEndpoint endpoint in new[] { _server, _client })
                {
                    while (endpoint.EndHeld(0, fail: false))
                    {
                    }

                    endpoint.Channel.AbandonLostPackets();
                }

                return all.All(task => task.IsCompleted);
            },
            "Pause and Disable, and deletions of GPADLs, to end");
        foreach (ObservedEndpoint endpoint in new[] { _server, _client })
        {
            Assert.True(endpoint.Channel.State == ChannelState.Disabled, Describe("an endpoint is not disabled"));
            Assert.True(endpoint.Channel.GetOwedPackets().Count == 0, Describe("packets are owed by a disabled endpoint"));
        }
    }

    /// <summary>Whatever was before, two good endpoints open, and packets go both ways.</summary>
    private void OpenOnceMore()
    {
        Task[] closed = [_server.Channel.WhenClosed, _client.Channel.WhenClosed];
        _server.Channel.Enable();
        _client.Channel.Enable();
        _server.Channel.Start();
        _client.Channel.Start();
        Await(() => _server.Channel.State == ChannelState.Active && _client.Channel.State == ChannelState.Active, "both endpoints to become active");
        Assert.Null(_server.Channel.Fault);
        Assert.Null(_client.Channel.Fault);
        foreach (bool server in new[] { true, false })
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(NtStatus.Success, Send(server, new PacketSend(PacketFate.Complete, SendForm.Packet, WantsCompletion: true, HasData: !server, IsLarge: false)));
            }

            ObservedEndpoint endpoint = this[server];
            long last = _sent[server][^1].Sequence;
            Await(() => endpoint.Outcomes.TryGetValue(last, out NtStatus status) && status == NtStatus.Success, "the last packet to be completed");
        }

        Task left = Task.WhenAll(_server.Channel.DisableAsync(), _client.Channel.DisableAsync(), closed[0], closed[1]);
        Await(() => left.IsCompleted, "the last Disable and WhenClosed");
    }

    private void CheckHistory()
    {
        foreach (ObservedEndpoint endpoint in new[] { _server, _client })
        {
            Assert.True(Grammar.IsMatch(endpoint.Log), Describe($"the callbacks of an endpoint came in the order {endpoint.Log}"));
            List<(long Sequence, bool IsTold)> sent = _sent[endpoint.IsServer];
            Dictionary<long, NtStatus> outcomes = endpoint.Outcomes;
            IEnumerable<long> waiting = sent.Where(packet => packet.IsTold).Select(packet => packet.Sequence);
            Assert.True(waiting.ToHashSet().SetEquals(outcomes.Keys), Describe($"packets that were sent and packets that were done differ: {string.Join(",", waiting)} and {string.Join(",", outcomes.Keys)}"));

            // Within one opening the receiver gets what was sent, one after the other: nothing twice, nothing left out but what was given up.
            long next = 0;
            foreach (List<long> opening in this[!endpoint.IsServer].DeliveredByOpening)
            {
                for (int i = 0; i < opening.Count; i++)
                {
                    long sequence = opening[i];
                    while (i != 0 && next < sequence && outcomes.TryGetValue(next, out NtStatus status) && status == NtStatus.Cancelled)
                    {
                        next++;
                    }

                    bool follows = i == 0 ? sequence >= next : sequence == next;
                    Assert.True(follows, Describe($"packets of an opening were delivered as {string.Join(",", opening)}, the first expected at {next}"));
                    next = sequence + 1;
                }
            }
        }

        Assert.True(_observer.Violations.IsEmpty, Describe("a rule was broken"));
    }

    private static void MayThrow(NtStatus[] statuses, Action call)
    {
        try
        {
            call();
        }
        catch (VmbusException exception) when (statuses.Contains(exception.Status))
        {
            // Another thread, or the other endpoint, was before.
        }
    }

    private void Await(Func<bool> condition, string what)
    {
        Stopwatch time = Stopwatch.StartNew();
        SpinWait spin = default;
        while (!condition())
        {
            if (time.Elapsed > WalkRunner.Patience(Patience))
            {
                Assert.Fail(Describe($"waited in vain for {what}"));
            }

            spin.SpinOnce();
        }
    }

    private string Describe(string what)
        => $"{what}{Environment.NewLine}{_walk}{Environment.NewLine}server {_server.Channel.State} {_server.Log} {_server.Channel.Fault?.Message} {_server.Channel.Counters}{Environment.NewLine}"
            + $"client {_client.Channel.State} {_client.Log} {_client.Channel.Fault?.Message} {_client.Channel.Counters}{Environment.NewLine}{string.Join(Environment.NewLine, _observer.Violations)}";
}
