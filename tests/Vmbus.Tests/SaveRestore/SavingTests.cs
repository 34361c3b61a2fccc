using System.Buffers;
using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

/// <summary>SaveBegin, SaveContinue, SaveEnd: when they may be called, and what they hold up.</summary>
public sealed class SavingTests
{
    [Fact]
    public void Only_a_paused_server_that_owes_nothing_can_be_saved()
    {
        using SavedServer saved = new();
        Refused(NtStatus.InvalidDeviceState, saved.Server.SaveBegin);
        PendingPacket owed = default;
        using SemaphoreSlim arrived = new(0);
        saved.Callbacks.OnPacket = (_, packet, _, _) =>
        {
            owed = packet.Pend();
            arrived.Release();
        };
        saved.Open();
        Refused(NtStatus.InvalidDeviceState, saved.Server.SaveBegin);
        Refused(NtStatus.InvalidDeviceRequest, saved.Client.SaveBegin);
        Refused(NtStatus.InvalidDeviceRequest, saved.Client.SaveEnd);
        Refused(NtStatus.InvalidDeviceRequest, () => saved.Client.SaveContinue(new byte[100], out _, out _));
        Refused(NtStatus.InvalidDeviceRequest, () => saved.Client.RestoreFromBuffer(new byte[100]));
        Assert.Equal(NtStatus.InvalidDeviceState, saved.Server.SaveContinue(new byte[100], out int filled, out int required));
        Assert.Equal((0, 0), (filled, required));
        Refused(NtStatus.InvalidDeviceState, saved.Server.SaveEnd);

        Assert.Equal(NtStatus.Success, saved.Client.Send([1]));
        Assert.True(arrived.Wait(ChannelPair.Patience));
        Task pause = saved.Server.PauseAsync();
        Refused(NtStatus.InvalidDeviceState, saved.Server.SaveBegin);
        owed.Complete();
        saved.Await(() => pause.IsCompleted, "the pause");
        saved.Server.SaveBegin();
        Refused(NtStatus.InvalidDeviceState, saved.Server.SaveBegin);
        Refused(NtStatus.InvalidDeviceState, saved.Server.Start);
        saved.Server.SaveEnd();
        Refused(NtStatus.InvalidDeviceState, saved.Server.SaveEnd);
        saved.Server.Start();
    }

    [Fact]
    public void Whoever_has_waited_for_a_Pause_finds_the_channel_at_rest()
    {
        using SavedServer saved = new SavedServer().Open();
        for (int i = 0; i < 2_000; i++)
        {
            saved.Server.Pause();
            saved.Server.SaveBegin();
            saved.Server.SaveEnd();
            saved.Server.Start();
            SpinWait.SpinUntil(() => saved.Server.State == ChannelState.Active);
        }
    }

    [Fact]
    public void A_packet_that_was_deferred_when_the_channel_was_paused_forbids_to_save_it()
    {
        using SavedServer saved = new();
        using SemaphoreSlim deferred = new(0);
        using ManualResetEventSlim paused = new();
        saved.Callbacks.OnPacket = (_, packet, _, _) =>
        {
            if (KernelIrql.Current == Irql.Dispatch)
            {
                deferred.Release();
                paused.Wait(ChannelPair.Patience);
                packet.DeferToPassive();
            }
            else
            {
                packet.Complete();
            }
        };
        saved.Open();
        Assert.Equal(NtStatus.Success, saved.Client.Send([1]));
        Assert.True(deferred.Wait(ChannelPair.Patience));
        Task pause = saved.Server.PauseAsync();
        saved.Await(() => saved.Server.State == ChannelState.Paused, "the pause to begin");
        paused.Set();
        saved.Await(() => pause.IsCompleted, "the pause");
        VmbusException refused = Refused(NtStatus.InvalidDeviceState, saved.Server.SaveBegin);
        Assert.Contains("deferred", refused.Message, StringComparison.Ordinal);
        saved.Server.Start();
        saved.Await(() => saved.Server.Counters.PacketsDelivered == 2, "the deferred packet");
        _ = saved.Save();
    }

    [Fact]
    public async Task Between_SaveBegin_and_SaveEnd_nothing_is_sent_or_given_up_and_Start_goes_on_afterwards()
    {
        using SavedServer saved = new SavedServer().Open();
        VmbusPacket packet = saved.Send("a");
        using CancellationTokenSource source = new();
        Task<RequestResult> request = saved.Server.SendRequestAsync(new byte[1], new byte[8], cancellationToken: source.Token).AsTask();
        PendingPacket[] owed = saved.TakeOwed(2);
        saved.Server.Pause();
        saved.Server.SaveBegin();
        VmbusPacket other = saved.Server.AllocatePacket();
        Assert.Equal(NtStatus.InvalidDeviceState, other.Send([1], VmbusSendFlags.WaitForCompletion));
        Assert.Equal(NtStatus.InvalidDeviceState, other.Send([1]));
        Assert.Equal(NtStatus.InvalidDeviceState, saved.Server.Send([1]));
        Assert.Equal(NtStatus.InvalidDeviceState, saved.Server.TrySend([1]));
        Assert.False(packet.Cancel());
        await source.CancelAsync();
        Assert.Equal(NtStatus.Success, saved.Server.SaveContinue(new byte[4096], out _, out _));
        Assert.False(request.IsCompleted);
        saved.Server.SaveEnd();

        // What was saved stays true until Start.
        Assert.Equal(NtStatus.InvalidDeviceState, other.Send([1]));
        Assert.Equal(ChannelState.Paused, saved.Server.State);
        saved.Server.Start();
        Assert.Equal(NtStatus.Cancelled, (await request.WaitAsync(ChannelPair.Patience)).Status);
        Assert.Equal(NtStatus.Success, other.Send([1]));
        Assert.All(owed, packet => packet.Complete([4]));
        saved.Await(() => saved.Callbacks.Done.Contains(("a", NtStatus.Success, 4)), "the completion");
    }

    [Fact]
    public async Task Start_lets_go_what_the_save_held_up_before_the_queue_runs()
    {
        using ChannelPair pair = new(options => options with { OutgoingRingSize = 4096 }, options => options with { IncomingRingSize = 4096 });
        using SemaphoreSlim inRoutine = new(0);
        using SemaphoreSlim mayReturn = new(0);
        using CancellationTokenSource source = new();
        pair.Open();
        using VmbusChannel subChannel = pair.Server.CreateSubChannel(1);
        subChannel.SetCallbacks(new ScriptedCallbacks());
        subChannel.Enable();
        pair.Client.Pause();
        Assert.Equal(NtStatus.Success, pair.Server.Send(new byte[1900]));
        Assert.Equal(NtStatus.Success, pair.Server.Send(new byte[1900]));
        Task<NtStatus> large = pair.Server.SendAsync(new byte[1900], cancellationToken: source.Token).AsTask();

        // It would fit, and waits behind one that does not.
        VmbusPacket small = pair.Server.AllocatePacket();
        small.CompletionRoutine = (_, _, _) =>
        {
            inRoutine.Release();
            mayReturn.Wait(ChannelPair.Patience);
        };
        Assert.Equal(NtStatus.Success, small.Send([1]));
        pair.Server.Pause();
        pair.Server.Save(new ArrayBufferWriter<byte>());
        await source.CancelAsync();
        Assert.False(large.IsCompleted);

        // Start gives the large one up, and is held up where it tells that the small one is in the ring.
        Task starting = Task.Run(pair.Server.Start);
        Assert.True(await inRoutine.WaitAsync(ChannelPair.Patience));
        Assert.Equal(NtStatus.Success, pair.Client.Send([2]));

        // What wakes the lifecycle of the server meanwhile finds it paused.
        subChannel.Disable();
        await Task.Delay(50);
        Assert.Equal(ChannelState.Paused, pair.Server.State);
        Assert.Equal(0, pair.Server.Counters.PacketsDelivered);
        mayReturn.Release();
        await starting.WaitAsync(ChannelPair.Patience);
        Assert.Equal(NtStatus.Cancelled, await large.WaitAsync(ChannelPair.Patience));
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet of the client");
    }

    [Fact]
    public void A_save_that_is_left_early_is_void()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("a");
        saved.Server.Pause();
        saved.Server.SaveBegin();
        Assert.Equal(NtStatus.BufferTooSmall, saved.Server.SaveContinue([], out _, out _));
        saved.Server.SaveEnd();
        Assert.Equal(NtStatus.Success, saved.Server.Send([1]));
        saved.Server.Disable();
        saved.Await(() => saved.Client.State is not ChannelState.Active, "the client to notice that the server has left");
    }

    [Fact]
    public void Disable_ends_a_save_that_is_under_way()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Server.Pause();
        saved.Server.SaveBegin();
        saved.Server.Disable();
        Assert.Equal(NtStatus.InvalidDeviceState, saved.Server.SaveContinue(new byte[1000], out _, out _));
        Refused(NtStatus.InvalidDeviceState, saved.Server.SaveEnd);
        saved.Await(() => saved.Client.State == ChannelState.Disabled, "the client to close");
        saved.Open();
        Assert.Equal(NtStatus.Success, saved.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }

    [Fact]
    public void A_close_by_the_client_ends_a_save_that_is_under_way()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Server.Pause();
        saved.Server.SaveBegin();
        saved.Client.Disable();
        saved.Await(() => saved.Server.SaveContinue(new byte[1000], out _, out _) == NtStatus.InvalidDeviceState, "the server to notice");
        saved.Client.Enable();
        saved.Server.Start();
        saved.Await(() => saved.Server.State == ChannelState.Active, "the channel to open again");
    }

    [Fact]
    public void The_SavePacket_callback_is_asked_for_the_size_first_and_then_given_a_buffer_of_it()
    {
        using SavedServer saved = new SavedServer().Open();
        List<(string Name, int Length, Irql Level)> calls = [];
        saved.Callbacks.OnSave = (VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int needed) =>
        {
            calls.Add(((string)packet.Context!, buffer.Length, KernelIrql.Current));
            Assert.True(buffer.IndexOfAnyExcept((byte)0) < 0);
            Assert.Throws<VmbusException>(channel.Pause);
            Assert.Equal(NtStatus.InvalidDeviceState, channel.SaveContinue(new byte[100], out _, out _));
            return SavingCallbacks.SaveName(channel, packet, buffer, out needed);
        };
        saved.Send("seven77");
        saved.Send("");
        saved.Server.Pause();
        saved.Server.SaveBegin();

        // A buffer that has no room for the packet: it is asked once all the same.
        byte[] buffer = new byte[1000];
        Array.Fill(buffer, (byte)0xEE);
        Assert.Equal(NtStatus.BufferOverflow, saved.Server.SaveContinue(buffer.AsSpan(0, 140), out int filled, out int required));
        Assert.InRange(filled, 1, 140);
        Assert.Equal(NtStatus.BufferTooSmall, saved.Server.SaveContinue(buffer.AsSpan(0, required - 1), out filled, out int again));
        Assert.Equal((0, required), (filled, again));
        Assert.Equal(NtStatus.BufferOverflow, saved.Server.SaveContinue(buffer.AsSpan(0, required), out filled, out int next));
        Assert.Equal(required, filled);
        Assert.Equal(NtStatus.Success, saved.Server.SaveContinue(buffer.AsSpan(0, next), out filled, out required));
        Assert.Equal((next, 0), (filled, required));
        Assert.Equal((NtStatus.Success, 0), (saved.Server.SaveContinue(buffer, out filled, out _), filled));
        Assert.Equal([("seven77", 0, Irql.Passive), ("seven77", 7, Irql.Passive), ("", 0, Irql.Passive)], calls);
        saved.Server.SaveEnd();
    }

    [Fact]
    public void A_packet_that_is_done_or_was_given_up_is_not_saved_and_stays_its_owners()
    {
        using SavedServer saved = new SavedServer().Open();
        ConcurrentQueue<string> asked = new();
        saved.Callbacks.OnSave = (VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int needed) =>
        {
            asked.Enqueue((string)packet.Context!);
            return SavingCallbacks.SaveName(channel, packet, buffer, out needed);
        };
        using SemaphoreSlim ended = new(0);
        VmbusPacket done = Owned("done");
        VmbusPacket inRing = Owned("in the ring");
        VmbusPacket givenUp = Owned("given up");
        Assert.Equal(NtStatus.Success, done.Send([1], VmbusSendFlags.WaitForCompletion));
        Assert.Equal(NtStatus.Success, inRing.Send([1]));
        Assert.Equal(NtStatus.Success, givenUp.Send([1], VmbusSendFlags.WaitForCompletion));
        PendingPacket[] received = saved.TakeOwed(3);
        received[0].Complete();
        Assert.True(givenUp.Cancel());
        for (int i = 0; i < 3; i++)
        {
            Assert.True(ended.Wait(ChannelPair.Patience));
        }

        saved.Send("under way");
        PendingPacket underWay = saved.TakeOwed(1)[0];
        saved.Move();
        Assert.Equal(["under way", "under way"], asked);

        // They have not gone with their channel, and a restored one knows the completion of what was given up.
        foreach (VmbusPacket packet in new[] { done, inRing, givenUp })
        {
            Assert.Equal(NtStatus.DeviceRemoved, packet.Send([1]));
            packet.Dispose();
        }

        received[1].Complete();
        received[2].Complete();
        underWay.Complete([6]);
        saved.Await(() => saved.Callbacks.Done.Count == 1, "what was under way");
        Assert.Equal(("under way", NtStatus.Success, 6), saved.Callbacks.Done.Single());
        Assert.Equal((1, 0), (saved.Server.Counters.LateCompletions, saved.Server.Counters.UnexpectedCompletions));

        VmbusPacket Owned(string name) => new(saved.Server, (_, _, _) => ended.Release()) { Context = name };
    }

    [Fact]
    public void What_a_packet_needs_may_grow_and_shrink_between_the_calls()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("grows");
        saved.Send("shrinks");
        PendingPacket[] owed = saved.TakeOwed(2);
        saved.Callbacks.OnSave = (VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int needed) =>
        {
            NtStatus status = SavingCallbacks.SaveName(channel, packet, buffer, out needed);
            if (buffer.IsEmpty)
            {
                needed = (string)packet.Context! == "grows" ? 2 : 100;
            }

            return status;
        };
        saved.Move();
        foreach (PendingPacket packet in owed)
        {
            packet.Complete();
        }

        saved.Await(() => saved.Callbacks.Done.Count == 2, "both completions");
        Assert.Equal(["grows", "shrinks"], saved.Callbacks.Done.Select(done => done.Name));
    }

    [Theory]
    [InlineData(NtStatus.InsufficientResources, 4, NtStatus.InsufficientResources)]
    [InlineData(NtStatus.Success, -1, NtStatus.InvalidBufferSize)]
    [InlineData(NtStatus.BufferTooSmall, 0, NtStatus.InvalidBufferSize)]
    public void A_SavePacket_callback_that_fails_ends_the_save(NtStatus answer, int answeredSize, NtStatus expected)
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Callbacks.OnSave = (VmbusChannel _, VmbusPacket _, Span<byte> _, out int needed) =>
        {
            needed = answeredSize;
            return answer;
        };
        saved.Send("a");
        saved.Server.Pause();
        Assert.Equal(expected, Refused(expected, () => saved.Server.Save(new ArrayBufferWriter<byte>())).Status);

        // The channel goes on, and can be saved.
        saved.Server.Start();
        saved.Callbacks.OnSave = SavingCallbacks.SaveName;
        saved.Move();
        saved.TakeOwed(1)[0].Complete([3]);
        saved.Await(() => saved.Callbacks.Done.Count == 1, "the completion");
    }

    [Fact]
    public void What_a_SavePacket_callback_throws_goes_to_whoever_saves_and_ends_the_save()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Callbacks.OnSave = (VmbusChannel _, VmbusPacket _, Span<byte> _, out int _) => throw new FormatException("no");
        saved.Send("a");
        saved.Server.Pause();
        saved.Server.SaveBegin();
        Assert.Throws<FormatException>(() => saved.Server.SaveContinue(new byte[1000], out _, out _));
        Assert.Equal(NtStatus.Unsuccessful, saved.Server.SaveContinue(new byte[1000], out int filled, out _));
        Assert.Equal(0, filled);
        saved.Server.SaveEnd();
        Assert.Equal(NtStatus.Success, saved.Server.Send([1]));
        Assert.Null(saved.Server.Fault);
    }

    [Fact]
    public void A_client_refuses_callbacks_that_save_packets()
    {
        using SavedServer saved = new();
        VmbusException refused = Refused(NtStatus.InvalidDeviceRequest, () => saved.Client.SetCallbacks(new SavingCallbacks()));
        Assert.Contains("[SavePacket]", refused.Message, StringComparison.Ordinal);
        saved.Open();
        Assert.Equal(NtStatus.Success, saved.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }

    [Fact]
    public void Saving_above_PASSIVE_LEVEL_and_inside_callbacks_is_refused()
    {
        using SavedServer saved = new();
        ConcurrentQueue<NtStatus> refusals = new();
        saved.Callbacks.OnSuspend = channel => refusals.Enqueue(Refused(NtStatus.InvalidDeviceState, channel.SaveBegin).Status);
        saved.Open();
        saved.Server.Pause();
        Assert.Equal([NtStatus.InvalidDeviceState], refusals);
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Throws<IrqlViolationException>(saved.Server.SaveBegin);
            Assert.Throws<IrqlViolationException>(saved.Server.SaveEnd);
            Assert.Throws<IrqlViolationException>(() => saved.Server.SaveContinue(new byte[100], out _, out _));
            Assert.Throws<IrqlViolationException>(() => saved.Server.RestoreFromBuffer(new byte[100]));
        }
    }

    private static VmbusException Refused(NtStatus status, Action action)
    {
        VmbusException exception = Assert.Throws<VmbusException>(action);
        Assert.Equal(status, exception.Status);
        return exception;
    }
}
