using System.Buffers;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>Walks both endpoints one command after the other; after each, when nothing is under way any more, they must be where the model is.</summary>
internal sealed class SettledWalk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Walk _walk;
    private readonly ReferenceModel _model;
    private readonly WalkObserver _observer = new() { SparesFirstStart = true };
    private readonly BusEnds _ends;
    private readonly List<WalkCommand> _done = [];
    private readonly Guid _instance = Guid.NewGuid();
    private ObservedEndpoint _server;
    private ObservedEndpoint _client;
    private readonly SentInOpening _sentByServer = new();
    private readonly SentInOpening _sentByClient = new();
    private readonly WalkedGpadls _gpadls = new();
    private long _sequence;
    private int _moves;

    private SettledWalk(Walk walk)
    {
        _walk = walk;
        _ends = WalkRunner.Bus(walk.Configuration);
        _model = new ReferenceModel(walk.Configuration.Quota);
        _server = Create(server: true);
        _client = Create(server: false);
    }

    private ObservedEndpoint this[bool server] => server ? _server : _client;

    /// <exception cref="Xunit.Sdk.XunitException">The endpoints are not where the model is.</exception>
    public static void Run(Walk walk, WalkStatistics statistics)
    {
        SettledWalk settled = new(walk);
        foreach (WalkCommand command in walk.Threads[0])
        {
            settled.Do(command);
            statistics.Step();
        }

        settled.End();
        statistics.Add(settled._server);
        statistics.Add(settled._client);
        statistics.Add(settled._moves, settled._gpadls.Mapped);
    }

    private ObservedEndpoint Create(bool server)
        => new(_observer, _ends, _walk.Configuration, new VmbusChannelOptions { IsServer = server, InterfaceInstance = _instance }, triesForbiddenCalls: true);

    private void Do(WalkCommand command)
    {
        _done.Add(command);
        _sentByServer.Look(_server, _model.Server);
        _sentByClient.Look(_client, _model.Client);
        bool server = command.OnServer;
        ObservedEndpoint endpoint = this[server];
        ModelEndpoint model = _model[server];
        bool returns = command.Blocks && model.Owed == 0;
        switch (command.Action)
        {
            case WalkAction.Enable:
                Expect(_model.Enable(server), endpoint.Channel.Enable);
                break;
            case WalkAction.Start:
                Expect(_model.Start(server), endpoint.Channel.Start);
                break;
            case WalkAction.Pause:
                _model.Pause(server);
                endpoint.Pauses.Enqueue(returns ? Blocking(endpoint.Channel.Pause) : endpoint.Channel.PauseAsync());
                break;
            case WalkAction.Disable:
                _model.Disable(server);
                endpoint.Disables.Enqueue(returns ? Blocking(endpoint.Channel.Disable) : endpoint.Channel.DisableAsync());
                break;
            case WalkAction.Dispose when model.Owed == 0:
                Dispose(server, blocking: command.Blocks);
                break;
            case WalkAction.Send:
                long sequence = _sequence++;
                NtStatus expected = _model.Send(server, sequence, command.Send);
                NtStatus status = SendSettled(endpoint, sequence, command.Send, expected);
                Assert.True(status == expected, Describe($"Send answered {status} instead of {expected}"));
                break;
            case WalkAction.Cancel when model.UnderWay is { Count: > 0 } underWay:
                long given = underWay[command.Index % underWay.Count];
                Assert.True((server ? _sentByServer : _sentByClient).Await(endpoint, model), Describe("what waited for room has not moved into the ring"));
                bool canBe = _model.Cancel(server, given);
                Assert.True(canBe == endpoint.Cancel(given), Describe($"Cancel of packet {given} did not answer {canBe}"));
                break;
            case WalkAction.CompleteHeld or WalkAction.FailHeld when model.Held.Count > 0:
                bool fail = command.Action == WalkAction.FailHeld;
                _model.EndHeld(server, command.Index % model.Held.Count, fail);
                Assert.True(endpoint.EndHeld(command.Index, fail), Describe("nothing is held"));
                break;
            case WalkAction.Abandon:
                int lost = _model.Abandon(server);
                int abandoned = endpoint.Channel.AbandonLostPackets();
                Assert.True(lost == abandoned, Describe($"AbandonLostPackets gave up {abandoned} packets instead of {lost}"));
                break;

            case WalkAction.CreateGpadl:
                Gpadl? created = null;
                Expect(_model.CreateGpadl(), () => created = _client.CreateGpadl());
                if (created is not null)
                {
                    _gpadls.Add(_model.Gpadls[^1], created);
                }

                break;
            case WalkAction.MapGpadl when _model.Gpadls is { Count: > 0 } gpadls:
                ModelGpadl gpadl = gpadls[^(1 + (command.Index % gpadls.Count))];
                NtStatus mapping = _model.MapGpadl(gpadl);
                NtStatus mapped = _gpadls.Map(gpadl, _server);
                Assert.True(mapped == mapping, Describe($"MapGpadl answered {mapped} instead of {mapping}"));
                break;
            case WalkAction.UnmapGpadl when _model.Gpadls.FirstOrDefault(other => other.IsMapped) is { } toUnmap:
                _gpadls.Unmap(toUnmap);
                ReferenceModel.UnmapGpadl(toUnmap);
                break;
            case WalkAction.DeleteGpadl when _model.Gpadls.FirstOrDefault(other => !other.IsDeleted) is { } toDelete:
                _gpadls.Delete(toDelete);
                _model.DeleteGpadl(toDelete);
                break;
            case WalkAction.Save:
                Save();
                break;
            case WalkAction.Move when _model.NextMisbehaviour is not { OnServer: true, Callback: StateCallback.Opened }:
                Move();
                break;

            // PostStarted runs beside the queue: how much is delivered before it throws is no matter of the model.
            case WalkAction.Misbehave when command.Misbehaviour is { Callback: not StateCallback.PostStarted } misbehaviour:
                _model.Misbehave(misbehaviour);
                _observer.Misbehave(misbehaviour);
                break;
        }

        Settle();
    }

    /// <summary>
    /// Sends. That what waited for room has moved into the ring shows in nothing else that both can be compared by: an attempt that finds it still waiting, which
    /// changes nothing, is made again until it has moved, and no longer than this may take.
    /// </summary>
    private static NtStatus SendSettled(ObservedEndpoint endpoint, long sequence, PacketSend send, NtStatus expected)
    {
        Stopwatch time = Stopwatch.StartNew();
        SpinWait spin = default;
        NtStatus status;
        while ((status = endpoint.Send(sequence, send)) == NtStatus.BufferOverflow && expected == NtStatus.Success && time.Elapsed < WalkRunner.Patience(Patience))
        {
            spin.SpinOnce();
        }

        return status;
    }

    /// <summary>Saves the server, which sends nothing until it is started again.</summary>
    private void Save()
    {
        bool canBe = _model.Server.CanBeSaved;
        Expect(canBe ? null : NtStatus.InvalidDeviceState, () => _server.Channel.Save(new ArrayBufferWriter<byte>()));
        if (canBe)
        {
            NtStatus expected = _model.Server.Connection is null ? NtStatus.DeviceRemoved : NtStatus.InvalidDeviceState;
            NtStatus status = _server.Send(_sequence++, new PacketSend(PacketFate.Complete, SendForm.Packet, WantsCompletion: true, HasData: false, IsLarge: false));
            Assert.True(status == expected, Describe($"Send of a saved channel answered {status} instead of {expected}"));
            Expect(_model.Start(server: true), _server.Channel.Start);
        }
    }

    /// <summary>Saves the server and goes on with another one.</summary>
    private void Move()
    {
        bool canBe = _model.Server.CanBeSaved;
        ArrayBufferWriter<byte> state = new();
        Expect(canBe ? null : NtStatus.InvalidDeviceState, () => _server.Channel.Save(state));
        if (!canBe)
        {
            return;
        }

        ObservedEndpoint former = _server;
        List<long> moving = _model.Server.UnderWay;
        Blocking(former.Channel.Dispose);
        Assert.True(
            moving.All(sequence => former.Outcomes.TryGetValue(sequence, out NtStatus end) && end == NtStatus.DeviceRemoved),
            Describe($"of the packets {string.Join(",", moving)} not all ended at the saved server, which has {string.Join(",", former.Outcomes)}"));
        _model.Move();
        _server = Create(server: true);
        _sentByServer.Begin(_server, _model.Server);
        Assert.Equal(NtStatus.Success, _server.Channel.RestoreFromBuffer(state.WrittenSpan));
        _server.Channel.Enable();
        _moves++;
    }

    private void Dispose(bool server, bool blocking)
    {
        ObservedEndpoint endpoint = this[server];
        _model.Disable(server);
        if (blocking)
        {
            Blocking(endpoint.Channel.Dispose);
        }
        else
        {
            Assert.True(endpoint.Channel.DisposeAsync().AsTask().Wait(Patience), Describe("DisposeAsync did not end"));
        }

        endpoint.Disables.Enqueue(Task.CompletedTask);
        Settle();
        Assert.Throws<ObjectDisposedException>(endpoint.Channel.Enable);
        Assert.Throws<ObjectDisposedException>(endpoint.Channel.Start);
        Assert.Throws<ObjectDisposedException>(endpoint.Channel.Pause);
        endpoint.Channel.Dispose();
        _model.Replace(server);
        if (server)
        {
            _server = Create(server);
        }
        else
        {
            _client = Create(server);
        }
    }

    private Task Blocking(Action call)
    {
        Task task = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (!task.Wait(Patience))
        {
            Assert.Fail(Describe("a call that waits did not return"));
        }

        return task;
    }

    private void Expect(NtStatus? expected, Action call)
    {
        NtStatus? status = null;
        try
        {
            call();
        }
        catch (VmbusException exception)
        {
            status = exception.Status;
        }

        Assert.True(status == expected, Describe($"the call threw {status?.ToString() ?? "nothing"} instead of {expected?.ToString() ?? "nothing"}"));
    }

    /// <summary>Ends what is owed and leaves; then nothing may come late.</summary>
    private void End()
    {
        foreach (bool server in new[] { true, false })
        {
            while (_model[server].Held.Count > 0)
            {
                Do(new WalkCommand(WalkAction.CompleteHeld, server));
            }

            Do(new WalkCommand(WalkAction.Abandon, server));
            Do(new WalkCommand(WalkAction.Disable, server, Blocks: true));
        }

        foreach (bool server in new[] { true, false })
        {
            while (_model[server].Owed > 0)
            {
                Do(new WalkCommand(_model[server].Held.Count > 0 ? WalkAction.CompleteHeld : WalkAction.Abandon, server));
            }

            this[server].Channel.Dispose();
        }

        Assert.True(Difference() is null, Describe(Difference() ?? ""));
    }

    private void Settle()
    {
        // A callback that comes late, after both had met, shows at the next step.
        _model.Settle();
        Meet();

        // What one side has told the other may make no difference yet, and must not come as late as the next step.
        _ends.Flush();
        Meet();
        Assert.True(_observer.Violations.IsEmpty, Describe("a rule was broken"));
        _server.WatchClosing(_model.Server.Closings);
        _client.WatchClosing(_model.Client.Closings);
    }

    private void Meet()
    {
        Stopwatch time = Stopwatch.StartNew();
        SpinWait spin = default;
        while (Difference() is { } difference)
        {
            if (time.Elapsed > WalkRunner.Patience(Patience) || !_observer.Violations.IsEmpty)
            {
                Assert.Fail(Describe(difference));
            }

            spin.SpinOnce();
        }
    }

    private string? Difference() => Difference(_server, _model.Server) ?? Difference(_client, _model.Client)
        ?? (_gpadls.DeletionsEnded == _model.DeletionsEnded ? null : $"{_gpadls.DeletionsEnded} deletions of GPADLs have ended instead of {_model.DeletionsEnded}");

    private static string? Difference(ObservedEndpoint endpoint, ModelEndpoint model)
    {
        string side = model.IsServer ? "server" : "client";
        ChannelState state = endpoint.Channel.State;
        if (state != model.State)
        {
            return $"{side} is {state} instead of {model.State}";
        }

        string log = endpoint.Log;
        if (!Regex.IsMatch(log, $"^{model.Log}$", RegexOptions.IgnoreCase))
        {
            return $"{side} had the callbacks {log} instead of {model.Log}";
        }

        List<long> delivered = endpoint.Delivered;
        if (!delivered.SequenceEqual(model.Delivered))
        {
            return $"{side} got the packets {string.Join(",", delivered)} instead of {string.Join(",", model.Delivered)}";
        }

        // A packet is noted before it is completed, and its completion has its place in the ring after that.
        long completed = endpoint.Channel.Counters.PacketsCompleted;
        if (completed != model.Completed)
        {
            return $"{side} has completed {completed} packets instead of {model.Completed}";
        }

        Dictionary<long, NtStatus> outcomes = endpoint.Outcomes;
        if (outcomes.Keys.Any(sequence => !model.Outcomes.ContainsKey(sequence)) || model.Outcomes.Any(outcome => !Agrees(outcome.Key, outcome.Value)))
        {
            return $"{side}'s packets ended {string.Join(",", outcomes)} instead of {string.Join(",", model.Outcomes)}";
        }

        bool Agrees(long sequence, NtStatus expected)
            => outcomes.TryGetValue(sequence, out NtStatus status) && (status == expected || (status == NtStatus.DeviceRemoved && model.RacingOutcomes.Contains(sequence)));

        IReadOnlyList<OwedPacket> owed = endpoint.Channel.GetOwedPackets();
        if (owed.Count != model.Owed || owed.Count(packet => packet.IsLost) != model.Lost.Count || owed.Any(packet => packet.IsLost != (packet.Handler == nameof(PacketFate.Lose))))
        {
            return $"{side} owes {string.Join(",", owed)} instead of {model.Held.Count} held and {model.Lost.Count} lost packets";
        }

        if (endpoint.Pauses.Count(task => task.IsCompletedSuccessfully) is var pauses && pauses != model.PausesEnded)
        {
            return $"{pauses} Pauses of the {side} have ended instead of {model.PausesEnded} of {model.PausesAsked}";
        }

        if (endpoint.Disables.Count(task => task.IsCompletedSuccessfully) is var disables && disables != model.DisablesEnded)
        {
            return $"{disables} Disables of the {side} have ended instead of {model.DisablesEnded} of {model.DisablesAsked}";
        }

        ModelFault fault = endpoint.Channel.Fault switch
        {
            null => ModelFault.None,
            WalkException => ModelFault.CallbackThrew,
            VmbusException { Status: NtStatus.DataError } => ModelFault.PacketFailed,
            VmbusException => ModelFault.Refused,
            Exception other => throw new InvalidOperationException($"The {side} has a fault that no walk brings about.", other),
        };
        return fault != model.Fault ? $"{side}'s fault is {fault} instead of {model.Fault}" : endpoint.CheckClosing(model.Closings) is { } closing ? $"{side}: {closing}" : null;
    }

    private string Describe(string what)
        => $"{what}{Environment.NewLine}{_walk.Configuration}{Environment.NewLine}after {string.Join("; ", _done)}{Environment.NewLine}"
            + $"server {_server.Channel.State} {_server.Log} {_server.Channel.Fault?.Message} {_server.Channel.Counters}{Environment.NewLine}"
            + $"client {_client.Channel.State} {_client.Log} {_client.Channel.Fault?.Message} {_client.Channel.Counters}{Environment.NewLine}"
            + string.Join(Environment.NewLine, _observer.Violations);
}
