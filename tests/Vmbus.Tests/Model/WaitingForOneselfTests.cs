using System.Collections.Concurrent;
using Vmbus.CompilerServices;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>Calls that would wait for the very callback that makes them, from each callback that is no state-change callback of an open channel.</summary>
public sealed class WaitingForOneselfTests
{
    private static readonly Dictionary<string, Action<VmbusChannel>> Waits = new()
    {
        ["Pause"] = channel => channel.Pause(),
        ["Disable"] = channel => channel.Disable(),
        ["Dispose"] = channel => channel.Dispose(),
        ["SendSynchronousRequest"] = channel => channel.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience),
    };

    public static TheoryData<string> Callbacks =>
    [
        "a handler", "an asynchronous handler before its first await", "ProcessingComplete", "a completion routine of the sender's thread",
        "a completion routine of the queue", "a completion routine of a packet that is given up", "a callback of another channel inside a handler",
    ];

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void It_throws_at_once_at_PASSIVE_LEVEL_and_the_channel_goes_on(string callback)
    {
        using ChannelPair pair = new(client: options => options with { IncomingProcessingAtPassive = true });
        ConcurrentQueue<(string Call, Exception? Outcome)> calls = new();
        int done = 0;
        void TryAll()
        {
            if (Interlocked.Exchange(ref done, 1) == 0)
            {
                foreach ((string name, Action<VmbusChannel> wait) in Waits)
                {
                    calls.Enqueue((name, Record.Exception(() => wait(pair.Client))));
                }

                Volatile.Write(ref done, 2);
            }
        }

        switch (callback)
        {
            case "a handler":
                pair.ClientCallbacks.OnPacket = (_, packet, _, _) =>
                {
                    TryAll();
                    packet.Complete();
                };
                break;
            case "an asynchronous handler before its first await":
                pair.ClientCallbacks.OnPacket = (_, packet, _, _) => AsyncPacket.Begin(packet).End(HandleAsync());
                break;
            case "ProcessingComplete":
                pair.ClientCallbacks.OnProcessingComplete = (_, _) => TryAll();
                break;
            case "a callback of another channel inside a handler":
                pair.ClientCallbacks.OnPacket = (_, packet, _, _) =>
                {
                    if (Volatile.Read(ref done) == 0)
                    {
                        VmbusPacket other = pair.Server.AllocatePacket();
                        other.CompletionRoutine = (_, _, _) => TryAll();
                        other.Send([1]);
                    }

                    packet.Complete();
                };
                break;
        }

        async ValueTask HandleAsync()
        {
            TryAll();
            await Task.Yield();
        }

        pair.Open();
        switch (callback)
        {
            case "a completion routine of the sender's thread":
                Packet().Send([1]);
                break;
            case "a completion routine of the queue":
                Packet().Send([1], VmbusSendFlags.WaitForCompletion);
                break;
            case "a completion routine of a packet that is given up":
                pair.Server.Pause();
                VmbusPacket waiting = Packet();
                Assert.Equal(NtStatus.Success, waiting.Send([1], VmbusSendFlags.WaitForCompletion));
                Assert.True(waiting.Cancel());
                pair.Server.Start();
                break;
            default:
                Assert.Equal(NtStatus.Success, pair.Server.Send([1]));
                break;
        }

        pair.Await(() => Volatile.Read(ref done) == 2, "the callback");
        Assert.Equal(Waits.Keys, calls.Select(call => call.Call));
        Assert.All(calls, call => Assert.True(call.Outcome is VmbusException { Status: NtStatus.PossibleDeadlock }, $"{call.Call}: {call.Outcome}"));
        Assert.All(calls, call => Assert.Contains(call.Call, call.Outcome!.Message, StringComparison.Ordinal));
        Assert.Equal(ChannelState.Active, pair.Client.State);
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));

        VmbusPacket Packet()
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.CompletionRoutine = (_, _, _) => TryAll();
            return packet;
        }
    }

    [Fact]
    public void In_PnpFailure_it_throws_at_once_and_the_client_falls_back()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnOpened = _ => NtStatus.InsufficientResources;
        Refused callbacks = new();
        pair.Client.SetCallbacks(callbacks);
        pair.Server.Enable();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Disabled && callbacks.Calls.Count == Waits.Count + 2, "the refusal");
        Assert.Equal((NtStatus.InsufficientResources, Irql.Passive), (callbacks.Status, callbacks.Level));
        Assert.All(callbacks.Calls, call => Assert.True(call.Outcome is VmbusException, $"{call.Call}: {call.Outcome}"));
        Assert.All(
            callbacks.Calls.Where(call => Waits.ContainsKey(call.Call)),
            call => Assert.Equal(NtStatus.PossibleDeadlock, ((VmbusException)call.Outcome!).Status));
    }

    private sealed class Refused : IChannelCallbacks
    {
        public ConcurrentQueue<(string Call, Exception? Outcome)> Calls { get; } = new();

        public NtStatus Status { get; private set; }

        public Irql Level { get; private set; } = Irql.Dispatch;

        public void PnpFailure(VmbusChannel channel, NtStatus status)
        {
            (Status, Level) = (status, KernelIrql.Current);
            foreach ((string name, Action<VmbusChannel> call) in Waits)
            {
                Calls.Enqueue((name, Record.Exception(() => call(channel))));
            }

            Calls.Enqueue(("Start", Record.Exception(channel.Start)));
            Calls.Enqueue(("Enable", Record.Exception(channel.Enable)));
        }
    }
}
