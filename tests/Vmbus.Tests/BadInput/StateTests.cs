using System.Buffers;
using System.Reflection;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.BadInput;

/// <summary>Every call in every state: what it answers, and that a refusal changes nothing.</summary>
public sealed class StateTests
{
    private const string Done = "done";

    /// <summary>The states of a channel whose other side is there, or, for those not open, is not. "Thrown" is stopped and closed, by a handler's exception.</summary>
    private static readonly string[] ServerStates = ["Disabled", "Enabled", "Active", "Paused", "Stopped", "Disposed", "Started", "Opened", "Closed", "Thrown"];

    /// <summary>A client runs as soon as it is open, and is disabled as soon as it has closed.</summary>
    private static readonly string[] ClientStates = ["Disabled", "Enabled", "Active", "Paused", "Stopped", "Disposed", "Thrown"];

    private static readonly (string Name, Func<VmbusChannel, object> Call, string Server, string Client)[] Calls =
    [
        ("SetCallbacks", Run(channel => channel.SetCallbacks(new ScriptedCallbacks())), "done _1 _1 _1 _1 disposed _1 _1 _1 done", "done _1 _1 _1 _1 disposed done"),
        ("Enable", Run(channel => channel.Enable()), "done state state state state disposed state state state done", "done state state state state disposed done"),
        ("Start", Run(channel => channel.Start()), "state done done done done disposed done done done state", "state done done done done disposed state"),
        ("Pause", Run(channel => channel.Pause()), "done done done done done disposed done done done done", "done done done done done disposed done"),
        ("Disable", Run(channel => channel.Disable()), "done done done done done disposed done done done done", "done done done done done disposed done"),
        ("Dispose", Run(channel => channel.Dispose()), "done done done done done done done done done done", "done done done done done done done"),
        ("SetTransactionQuota", Run(channel => channel.SetTransactionQuota(9)), "done done done done done done done done done done", "done done done done done done done"),
        ("SetInterruptLatency", Run(channel => channel.SetInterruptLatency(TimeSpan.Zero)), "state state done done done state state done state state", "state state done done done state state"),
        ("Send", channel => channel.Send([1]), "removed removed Success Success removed removed removed Success removed removed", "removed removed Success Success removed removed removed"),
        ("TrySend", channel => channel.TrySend([1]), "removed removed Success Success removed removed removed Success removed removed", "removed removed Success Success removed removed removed"),
        ("VmbusPacket.Send", channel => channel.AllocatePacket().Send([1]), "removed removed Success Success removed removed removed Success removed removed", "removed removed Success Success removed removed removed"),
        ("SendSynchronousRequest", channel => channel.SendSynchronousRequest([1], [], out _, TimeSpan.FromTicks(1)), "request request request request request request request request request request", "removed removed Cancelled|Success Cancelled|Success removed removed removed"),
        ("SendSynchronousRequest without waiting", channel => channel.SendSynchronousRequest([1], [], out _, TimeSpan.Zero), "removed removed Success Success removed removed removed Success removed removed", "removed removed Success Success removed removed removed"),
        ("CreateGpadl", Run(channel => channel.CreateGpadl(new byte[8]).Dispose()), "request request request request request request request request request request", "state state done done done state state"),
        ("MapGpadl", channel => channel.MapGpadl(77, GpadlFlags.None, out _), "state state _3 _3 _3 state state _3 state state", "request request request request request request request"),
        ("SaveBegin", Run(channel => channel.SaveBegin()), "state state state done state disposed state state state state", "request request request request request disposed request"),
        ("SaveContinue", channel => channel.SaveContinue(new byte[100], out _, out _), "state state state state state disposed state state state state", "request request request request request disposed request"),
        ("SaveEnd", Run(channel => channel.SaveEnd()), "state state state state state disposed state state state state", "request request request request request disposed request"),
        ("RestoreFromBuffer", channel => channel.RestoreFromBuffer(new byte[100]), "data _1 _1 _1 _1 disposed _1 _1 _1 data", "request request request request request disposed request"),
        ("Save", Run(channel => channel.Save(new ArrayBufferWriter<byte>())), "state state state done state disposed state state state state", "request request request request request disposed request"),
        ("PauseAsync", Run(channel => channel.PauseAsync().Wait(ChannelPair.Patience)), "done done done done done disposed done done done done", "done done done done done disposed done"),
        ("DisableAsync", Run(channel => channel.DisableAsync().Wait(ChannelPair.Patience)), "done done done done done disposed done done done done", "done done done done done disposed done"),
        ("DisposeAsync", Run(channel => channel.DisposeAsync().AsTask().Wait(ChannelPair.Patience)), "done done done done done done done done done done", "done done done done done done done"),
        ("SendAsync", channel => channel.SendAsync(new byte[1]).AsTask().Result, "removed removed Success Success removed removed removed Success removed removed", "removed removed Success Success removed removed removed"),
        ("SendRequestAsync", channel => channel.SendRequestAsync(new byte[1], new byte[8], TimeSpan.Zero).AsTask().Result.Status, "removed removed Cancelled|Success Cancelled|Success removed removed removed Cancelled removed removed", "removed removed Cancelled|Success Cancelled|Success removed removed removed"),
        ("SetIncomingProcessingAtPassive", Run(channel => channel.SetIncomingProcessingAtPassive(true)), "done done done done done done done done done done", "done done done done done done done"),
        ("CreateSubChannel", Run(channel => channel.CreateSubChannel(3).Dispose()), "done done done done done disposed done done done done", "done done done done done disposed done"),
        ("AllocatePacket", Run(channel => channel.AllocatePacket().Dispose()), "done done done done done done done done done done", "done done done done done done done"),
        ("GetOwedPackets", channel => channel.GetOwedPackets().Count, "0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0"),
        ("AbandonLostPackets", channel => channel.AbandonLostPackets(), "0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0"),
        ("GetHandlerCounts", channel => channel.GetHandlerCounts().Count, "0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0"),
    ];

    public static TheoryData<string, bool, string, string> Cases
    {
        get
        {
            TheoryData<string, bool, string, string> cases = [];
            foreach ((string name, _, string server, string client) in Calls)
            {
                foreach ((string state, string answer) in ServerStates.Zip(server.Split(' ')))
                {
                    cases.Add(name, true, state, answer);
                }

                foreach ((string state, string answer) in ClientStates.Zip(client.Split(' ')))
                {
                    cases.Add(name, false, state, answer);
                }
            }

            return cases;
        }
    }

    [Fact]
    public void Every_method_of_a_channel_has_its_row()
    {
        IEnumerable<string> methods = typeof(VmbusChannel).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.Name != nameof(ToString))
            .Select(method => method.Name);
        Assert.Empty(methods.Except(Calls.Select(call => call.Name)));
        Assert.All(Calls, call => Assert.Equal((ServerStates.Length, ClientStates.Length), (call.Server.Split(' ').Length, call.Client.Split(' ').Length)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_call_answers_as_its_state_allows(string call, bool isServer, string state, string expected)
    {
        using ChannelPair pair = new();
        VmbusChannel channel = isServer ? pair.Server : pair.Client;
        Reach(pair, channel, state);
        ChannelState before = channel.State;
        string answer = Answer(Calls.Single(entry => entry.Name == call).Call, channel);
        Assert.Contains(answer, expected.Split('|').Select(Spelled));
        if (answer is not (Done or nameof(NtStatus.Success)))
        {
            Assert.Equal(before, channel.State);
        }

        if (state is "Active" && answer is not Done)
        {
            Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
        }
    }

    private static void Reach(ChannelPair pair, VmbusChannel channel, string state)
    {
        switch (state)
        {
            case "Enabled":
                channel.Enable();
                break;
            case "Active":
                pair.Open();
                break;
            case "Paused":
                pair.Open();
                channel.Pause();
                break;
            case "Stopped":
                ScriptedCallbacks callbacks = channel == pair.Server ? pair.ServerCallbacks : pair.ClientCallbacks;
                callbacks.OnPacket = (_, packet, _, _) => packet.Fail();
                pair.Open();
                Assert.Equal(NtStatus.Success, (channel == pair.Server ? pair.Client : pair.Server).Send([1]));
                pair.Await(() => channel.State == ChannelState.Stopped, "the channel to stop");
                break;
            case "Disposed":
                channel.Dispose();
                break;
            case "Started":
                channel.Enable();
                channel.Start();
                Assert.Equal(ChannelState.Started, channel.State);
                break;
            case "Opened":
                pair.Server.Enable();
                pair.Client.Enable();
                pair.Await(() => pair.Server.State == ChannelState.Opened && pair.Client.State == ChannelState.Active, "the channel to open");
                break;
            case "Closed":
                pair.Open();
                pair.Client.Disable();
                pair.Await(() => pair.Server.State == ChannelState.Closed, "the server to close");
                break;
            case "Thrown":
                (channel == pair.Server ? pair.ServerCallbacks : pair.ClientCallbacks).OnPacket = (_, _, _, _) => throw new FormatException();
                pair.Open();
                Task closed = channel.WhenClosed;
                Assert.Equal(NtStatus.Success, (channel == pair.Server ? pair.Client : pair.Server).Send([1]));
                pair.Await(() => closed.IsCompleted, "the channel to close");
                Assert.Equal(ChannelState.Stopped, channel.State);
                break;
        }
    }

    private static string Answer(Func<VmbusChannel, object> call, VmbusChannel channel)
    {
        try
        {
            return call(channel).ToString()!;
        }
        catch (VmbusException refused)
        {
            Assert.False(string.IsNullOrWhiteSpace(refused.Message));
            return refused.Status.ToString();
        }
        catch (ObjectDisposedException disposed)
        {
            Assert.Equal(unchecked((int)NtStatus.DeviceRemoved), disposed.HResult);
            return nameof(ObjectDisposedException);
        }
    }

    private static string Spelled(string expected) => expected switch
    {
        "_1" => nameof(NtStatus.InvalidParameter1),
        "_3" => nameof(NtStatus.InvalidParameter3),
        "state" => nameof(NtStatus.InvalidDeviceState),
        "request" => nameof(NtStatus.InvalidDeviceRequest),
        "removed" => nameof(NtStatus.DeviceRemoved),
        "data" => nameof(NtStatus.DataError),
        "disposed" => nameof(ObjectDisposedException),
        _ => expected,
    };

    private static Func<VmbusChannel, object> Run(Action<VmbusChannel> action) => channel =>
    {
        action(channel);
        return Done;
    };
}
