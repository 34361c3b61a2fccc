using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus.Tests.Native;

/// <summary>A host in C drives handlers in C#: packets go in, completions come out, and nothing that either does wrong harms the other.</summary>
public sealed class NativeChannelTests(CompiledHost code) : IClassFixture<CompiledHost>
{
    [GccFact]
    public unsafe void The_compiler_lays_the_structures_out_as_this_library_does()
    {
        string layout = Marshal.PtrToStringAnsi(((delegate* unmanaged<nint>)code["host_layout"])())!;
        Assert.Equal(Describe<NativeMdl>("VMB_MDL") + Describe<NativeKmclExports>("VMB_KMCL_EXPORTS") + Describe<NativeCallbackTable>("VMB_CALLBACK_TABLE"), layout);

        static string Describe<T>(string name)
        {
            IEnumerable<string> offsets = typeof(T).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
                .Select(static field => Marshal.OffsetOf<T>(field.Name).ToString(System.Globalization.CultureInfo.InvariantCulture));
            return $"{name} {Unsafe.SizeOf<T>()}: {string.Join(' ', offsets)}\n";
        }
    }

    [GccFact]
    public void Every_way_to_end_a_packet_reaches_the_host()
    {
        using NativeHost host = new(code);

        host.Deliver(1, 1, rest: [1, 2, 3, 4]);
        Assert.Equal("complete 1 0100000001020304\n", host.Log);
        host.Deliver(2, 2);
        Assert.Equal("complete 2 ea03000000000000\n", host.Log);
        host.Deliver(3, 11);
        Assert.Equal("send bytes xid 1003 flags 0 0b0b0b0b\ncomplete 3 null\n", host.Log);
        host.Deliver(4, 10, flags: 0x10, rest: [0xFF]);
        Assert.Equal("complete 4 0a000000ff\n", host.Log);
        host.Deliver(5, 5);
        Assert.Equal("defer 5\ncomplete 5 null\n", host.Log);
        host.Deliver(6, 3);
        Assert.Equal("fail 6\n", host.Log);
        Assert.Equal(["native 5 16: 0a000000ff", "passive at Passive"], host.Device.Seen);

        // The queue has stopped: what comes all the same is failed and reaches no handler.
        Assert.Equal(ChannelState.Stopped, host.Channel.State);
        host.Deliver(7, 1);
        Assert.Equal("fail 7\n", host.Log);
        Assert.Equal(6, host.Channel.Counters.PacketsDelivered - 1);
    }

    [GccFact]
    public void A_packet_that_no_handler_takes_or_that_is_too_short_is_failed()
    {
        foreach (byte[] bytes in (byte[][])[[99, 0, 0, 0], [1, 0], []])
        {
            using NativeHost host = new(code);
            host.DeliverBytes(1, bytes);
            Assert.Equal("fail 1\n", host.Log);
        }
    }

    [GccFact]
    public async Task A_pended_packet_is_completed_later_and_from_any_thread()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 4, rest: [5, 6, 7, 8]);
        host.Deliver(2, 4);
        Assert.Equal("", host.Log);
        Assert.Equal(["OnPend", "OnPend"], host.Channel.GetOwedPackets().Select(static p => p.Handler));

        // The host has overwritten and freed its buffer: the packet has a copy.
        PendingPacket first = host.Device.NextPended();
        Assert.Equal([4, 0, 0, 0, 5, 6, 7, 8], first.Buffer.ToArray());
        Assert.Equal(1001UL, first.TransactionId);
        await Task.Run(() => first.Complete("later"u8));
        Assert.Equal("complete 1 6c61746572\n", host.Log);
        Assert.Throws<InvalidOperationException>(first.Complete);
        Assert.Throws<ObjectDisposedException>(() => first.TransactionId);

        host.Device.NextPended().Fail();
        Assert.Equal("fail 2\n", host.Log);
        Assert.Empty(host.Channel.GetOwedPackets());
    }

    [GccFact]
    public void A_host_may_deliver_the_next_packet_inside_a_completion()
    {
        using NativeHost host = new(code);
        host.Nest(4);
        host.Deliver(1, 1);
        Assert.Equal("complete 1 0100000000000000\nback in 1\n", host.Log);
        Assert.Single(host.Channel.GetOwedPackets());

        // Also where it is completed long after its callback.
        host.Nest(1);
        host.Device.NextPended().Complete();
        Assert.Equal("complete 101 null\ncomplete 201 01000000\nback in 101\n", host.Log);
        Assert.Empty(host.Channel.GetOwedPackets());
        Assert.Equal(3, host.Channel.Counters.PacketsCompleted);
    }

    [GccFact]
    public void In_place_a_handler_sees_the_buffer_of_the_host_and_a_pended_packet_has_a_copy()
    {
        using NativeHost host = new(code, new VmbusChannelOptions { Reception = PacketReception.InPlace });
        host.Deliver(1, 10, rest: [7]);
        host.Deliver(2, 4, rest: [8]);
        Assert.Equal("complete 1 0a00000007\n", host.Log);
        PendingPacket pended = host.Device.NextPended();
        Assert.Equal([4, 0, 0, 0, 8], pended.Buffer.ToArray());
        pended.Complete(pended.Buffer);
        Assert.Equal("complete 2 0400000008\n", host.Log);
    }

    [GccFact]
    public async Task Destroying_while_packets_are_completed_on_other_threads_calls_no_host_afterwards()
    {
        for (int round = 0; round < 50; round++)
        {
            using NativeHost host = new(code);
            PendingPacket[] pended = new PendingPacket[8];
            for (uint i = 0; i < pended.Length; i++)
            {
                host.Deliver(i, 4);
                pended[i] = host.Device.NextPended();
            }

            Task completing = Task.Run(() => Array.ForEach(pended, static packet => packet.Complete()));
            host.Destroy();
            string log = host.Log;
            await completing;
            Assert.Equal("", host.Log);
            Assert.InRange(log.Count(static c => c == '\n'), 0, pended.Length);
            Assert.All(pended, static packet => Assert.Throws<InvalidOperationException>(packet.Complete));
        }
    }

    [GccFact]
    public void External_data_is_the_memory_of_the_host()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 6, flags: 1);
        Assert.Equal("data 1 flags 0\ncomplete 1 null\n", host.Log);
        Assert.Equal(["data of 24 in 2: 000102030405060708090a0b0c0d0e0f1011121314151617"], host.Device.Seen);

        // Without the flag there is none, and such a packet never reaches its handler.
        host.Deliver(2, 6);
        Assert.Equal("fail 2\n", host.Log);
        Assert.Single(host.Device.Seen);
    }

    [GccFact]
    public void A_packet_whose_data_is_pending_comes_again()
    {
        using NativeHost host = new(code);
        host.Set(isPendingFirst: true);
        host.Deliver(1, 6, flags: 1);
        Assert.Equal("data 1 flags 0\ndata 1 flags 0\ncomplete 1 null\n", host.Log);
        Assert.Single(host.Device.Seen);
        Assert.Empty(host.Channel.GetOwedPackets());
    }

    [GccFact]
    public void A_chain_that_goes_in_a_circle_stops_the_channel()
    {
        using NativeHost host = new(code);
        host.Set(isMdlCircular: true);
        host.Deliver(1, 6, flags: 1);
        Assert.Equal("data 1 flags 0\nfail 1\n", host.Log);
        Assert.Contains("answered GetExternalData with a chain whose piece 65536", host.Channel.Fault!.Message, StringComparison.Ordinal);
    }

    [GccFact]
    public void What_a_handler_throws_stays_in_the_handler_and_stops_the_channel()
    {
        using NativeHost host = new(code);
        List<string> reported = [];
        host.Channel.HandlerExceptionReported += (_, e) => reported.Add($"{e.Handler} {e.Exception.GetType().Name}");
        host.Deliver(1, 7);
        Assert.Equal("fail 1\n", host.Log);
        Assert.IsType<FormatException>(host.Channel.Fault);
        Assert.Equal(["OnThrow FormatException"], reported);
    }

    [GccFact]
    public void With_the_other_policy_a_packet_whose_handler_threw_is_completed_with_a_status()
    {
        using NativeHost host = new(code, new VmbusChannelOptions { HandlerException = HandlerExceptionPolicy.FailPacket });
        host.Deliver(1, 7);
        host.Deliver(2, 1);
        Assert.Equal("complete 1 010000c0\ncomplete 2 0100000000000000\n", host.Log);
        Assert.Null(host.Channel.Fault);
        Assert.Equal(1, host.Channel.Counters.HandlerExceptions);
    }

    [GccFact]
    public void Asynchronous_handlers_answer_when_they_are_done_and_give_up_when_the_host_suspends()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 15);
        Assert.Equal("defer 1\n", host.Log);
        host.Device.Answer.SetResult();
        host.Await("complete 1 15151515\n");

        using NativeHost suspending = new(code);
        suspending.Deliver(2, 15);
        suspending.Close();
        suspending.Await("defer 2\ncomplete 2 null\n");
        Assert.Null(suspending.Channel.Fault);

        using NativeHost failing = new(code);
        failing.Deliver(3, 15);
        failing.Device.Answer.SetException(new InvalidTimeZoneException());
        failing.Await("defer 3\nfail 3\n");
        Assert.IsType<InvalidTimeZoneException>(failing.Channel.Fault);
    }

    [GccFact]
    public void A_listener_that_throws_does_not_unwind_into_the_host()
    {
        using NativeHost host = new(code);
        host.Channel.HandlerExceptionReported += static (_, _) => throw new InvalidTimeZoneException();
        host.Deliver(1, 7);
        Assert.Equal("fail 1\n", host.Log);
    }

    [GccFact]
    public void A_second_completion_never_reaches_the_host()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 8);
        Assert.Equal("complete 1 08\n", host.Log);
        Assert.IsType<InvalidOperationException>(host.Channel.Fault);
    }

    [GccFact]
    public void A_packet_that_its_handler_forgot_stays_owed_until_it_is_given_up()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 9);
        Assert.True(Assert.Single(host.Channel.GetOwedPackets()).IsLost);
        Assert.Equal(1, host.Channel.AbandonLostPackets());
        Assert.Empty(host.Channel.GetOwedPackets());
        host.Deliver(2, 1);
        Assert.Equal("complete 2 0100000000000000\n", host.Log);
    }

    [GccFact]
    public void State_changes_come_at_passive_level_in_the_order_of_the_host()
    {
        using NativeHost host = new(code);
        Assert.Equal(ChannelState.Enabled, host.Channel.State);
        Assert.Equal(NtStatus.Success, host.Open());
        Assert.Equal(ChannelState.Active, host.Channel.State);
        host.EndBatch(3);
        Task closed = host.Channel.WhenClosed;
        Assert.False(closed.IsCompleted);
        host.Close();
        Assert.True(closed.IsCompleted);
        host.FailPnp(NtStatus.NoSuchDevice);
        Assert.Equal(
            ["opened, Enabled", "started, Opened", "post-started, Opened", "batch 3 at Dispatch, Active", "suspend, Active", "closed, Paused", "failure NoSuchDevice, Disabled"],
            host.Device.Seen);

        host.Device.OpenStatus = NtStatus.InsufficientResources;
        Assert.Equal(NtStatus.InsufficientResources, host.Open());
        Assert.Equal(ChannelState.Disabled, host.Channel.State);
    }

    [GccFact]
    public async Task WhenStopped_tells_the_reason_and_each_opening_has_its_own()
    {
        using NativeHost host = new(code);
        Assert.Equal(NtStatus.Success, host.Open());
        Task<Exception> stopped = host.Channel.WhenStopped;
        Task closed = host.Channel.WhenClosed;
        host.Deliver(1, 1);
        Assert.False(stopped.IsCompleted);
        host.Deliver(2, 3);
        Exception reason = await stopped.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Same(host.Channel.Fault, reason);
        Assert.Equal(NtStatus.DataError, Assert.IsType<VmbusException>(reason).Status);
        Assert.Equal(ChannelState.Stopped, host.Channel.State);

        // A second reason changes nothing.
        host.Deliver(3, 7);
        Assert.Same(reason, host.Channel.Fault);
        Assert.False(closed.IsCompleted);
        host.Close();
        await closed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Same(stopped, host.Channel.WhenStopped);
        Assert.Equal("complete 1 0100000000000000\nfail 2\nfail 3\n", host.Log);

        // The host opens it again: what stopped the opening before does not stop this one.
        Assert.Equal(NtStatus.Success, host.Open());
        Assert.Equal((ChannelState.Active, null), (host.Channel.State, host.Channel.Fault));
        Assert.False(host.Channel.WhenStopped.IsCompleted);
        Assert.False(host.Channel.WhenClosed.IsCompleted);
        host.Deliver(4, 1);
        host.Deliver(5, 7);
        Assert.Equal("complete 4 0100000000000000\nfail 5\n", host.Log);
        Assert.IsType<FormatException>(await host.Channel.WhenStopped.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Same(reason, await stopped);

        // An end without a fault leaves it waiting.
        Assert.Equal(NtStatus.Success, host.Open());
        Task<Exception> last = host.Channel.WhenStopped;
        host.Close();
        host.Destroy();
        Assert.False(last.IsCompleted);
    }

    [GccFact]
    public void What_a_state_change_throws_is_a_status_to_the_host()
    {
        using NativeHost host = new(code);
        host.Device.ThrowsInStateChanges = true;
        Assert.Equal(NtStatus.Unsuccessful, host.Open());
        host.Close();
        host.EndBatch(1);
        host.FailPnp(NtStatus.NoSuchDevice);
        Assert.IsType<ArgumentOutOfRangeException>(host.Channel.Fault);
        Assert.Equal(5, host.Channel.Counters.HandlerExceptions);
    }

    [GccFact]
    public void The_level_is_that_of_the_host_where_it_tells()
    {
        using NativeHost silent = new(code);
        silent.Deliver(1, 13);
        Assert.Equal(["level Dispatch"], silent.Device.Seen);

        using NativeHost telling = new(code, tellsIrql: true);
        telling.Deliver(1, 5);
        telling.Deliver(2, 13);
        Assert.Equal(["passive at Passive", "level Dispatch"], telling.Device.Seen);
        Assert.Equal("defer 1\ncomplete 1 null\ncomplete 2 null\n", telling.Log);

        using NativeHost passive = new(code, new VmbusChannelOptions { IncomingProcessingAtPassive = true });
        passive.Deliver(1, 5);
        passive.Deliver(2, 13);
        Assert.Equal(["passive at Passive", "level Passive"], passive.Device.Seen);
        Assert.Equal("complete 1 null\ncomplete 2 null\n", passive.Log);
    }

    [GccFact]
    public void Handlers_send_through_the_host()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 12);
        Assert.Equal("send bytes xid 77 flags 0 6279746573\nsend bytes xid 0 flags 80000000 7472696564\ncomplete 1 null\n", host.Log);

        host.Set(sendStatus: NtStatus.BufferOverflow);
        host.Deliver(2, 12);
        Assert.Equal(["sent Success Success", "sent BufferOverflow BufferOverflow"], host.Device.Seen);
        Assert.Equal(NtStatus.InvalidBufferSize, host.Channel.Send(new byte[VmbusChannelOptions.DefaultMaximumPacketSize + 1]));
    }

    [GccFact]
    public void A_sent_packet_is_done_when_the_host_says_so_and_once()
    {
        using NativeHost host = new(code);
        using NativeRefusals refusals = new();
        VmbusPacket packet = host.Channel.AllocatePacket();
        byte[] memory = [1, 2, 3];
        packet.SetExternalData(memory);
        packet.AppendExternalData(new byte[] { 4 });
        Assert.Equal(NtStatus.Success, packet.Send("ask"u8));
        Assert.Equal("send packet xid 0 flags 1 61736b\n  with 010203\n  with 04\n", host.Log);
        Assert.Throws<InvalidOperationException>(packet.Dispose);
        Assert.False(packet.Cancel());

        nint handle = host.CompleteSent(NtStatus.Success, "answer");
        Assert.Equal(["done Success at Dispatch: answer"], host.Device.Seen);
        Assert.Empty(refusals.Of(handle));
        host.CompleteSent(NtStatus.Success, "answer");
        Assert.Contains("completed already", Assert.Single(refusals.Of(handle)), StringComparison.Ordinal);

        // The packet is used again; the old number still finds nothing.
        VmbusPacket second = host.Channel.AllocatePacket();
        Assert.Same(packet, second);
        Assert.Equal(NtStatus.Success, second.Send("again"u8, VmbusSendFlags.WaitForCompletion));
        Assert.True(second.Cancel());
        Assert.Equal(["done Cancelled at Passive: "], host.Device.Seen.Skip(1));
        host.CompleteSent(NtStatus.Success);
        Assert.Equal(2, host.Device.Seen.Count);
    }

    [GccFact]
    public void Packets_under_way_are_saved_and_restored()
    {
        SavingDevice device = new();
        using NativeHost host = new(code, device, SavingDevice.NativeCallbacks);
        Assert.True(host.Channel.Options.IsServer);
        host.Channel.AllocatePacket().Send("ask"u8, VmbusSendFlags.WaitForCompletion);
        _ = host.Log;
        Assert.Equal(NtStatus.Success, host.SaveAndRestore());
        Assert.Equal("needs 5 status c0000023\n", host.Log);
        Assert.Equal("lib saved at Passive", device.Restored);

        device.Throws = true;
        Assert.Equal(NtStatus.Unsuccessful, host.SaveAndRestore());
        Assert.IsType<InvalidTimeZoneException>(host.Channel.Fault);
        host.CompleteSent(NtStatus.Success);
        Assert.Equal(NtStatus.InvalidHandle, host.SaveAndRestore());
    }

    [GccFact]
    public async Task Requests_are_awaited_and_given_up_as_on_any_channel()
    {
        using NativeHost host = new(code);
        byte[] response = new byte[16];
        ValueTask<RequestResult> request = host.Channel.SendRequestAsync("ask"u8.ToArray(), response);
        Assert.False(request.IsCompleted);
        host.CompleteSent(NtStatus.Success, "answer");
        Assert.Equal((NtStatus.Success, 6), ((await request) is var result ? result.Status : default, result.Written));

        host.Set(completesAtOnce: true);
        Assert.Equal(NtStatus.Success, host.Channel.SendSynchronousRequest("echo"u8, response, out int written, TimeSpan.FromSeconds(10)));
        Assert.Equal("echo", System.Text.Encoding.ASCII.GetString(response, 0, written));

        host.Set();
        Assert.Equal(NtStatus.Cancelled, host.Channel.SendSynchronousRequest("never"u8, response, out _, TimeSpan.FromMilliseconds(1)));
        ValueTask<RequestResult> last = host.Channel.SendRequestAsync("last"u8.ToArray(), response);
        host.Destroy();
        Assert.Equal(NtStatus.DeviceRemoved, (await last).Status);
    }

    [GccFact]
    public void After_destroy_the_host_is_not_called_and_its_calls_are_refused()
    {
        using NativeHost host = new(code);
        using NativeRefusals refusals = new();
        host.Deliver(1, 4);
        host.Channel.AllocatePacket().Send("pending"u8, VmbusSendFlags.WaitForCompletion);
        _ = host.Log;
        host.Destroy();
        Assert.Equal(["done DeviceRemoved at Passive: "], host.Device.Seen);

        host.Device.NextPended().Complete("late"u8);
        Assert.Equal(NtStatus.DeviceRemoved, host.Channel.Send("late"u8));
        host.Deliver(2, 1);
        Assert.Equal(NtStatus.InvalidHandle, host.Open());
        host.Close();
        host.EndBatch(1);
        host.FailPnp(NtStatus.NoSuchDevice);
        nint packet = host.CompleteSent(NtStatus.Success);
        Assert.Equal("", host.Log);
        Assert.Single(host.Device.Seen);
        Assert.Equal(
            ["ProcessPacket", "Opened", "Suspend", "Closed", "ProcessingComplete", "PnpFailure"],
            refusals.Of(host.Handle).Select(static r => r.Split(':')[0]));
        Assert.Single(refusals.Of(packet));
        Assert.Contains($"0x{host.Handle:X} is no VMBCHANNEL", Assert.Throws<ArgumentException>(() => NativeChannel.Destroy(host.Handle)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NativeChannel.GetChannel(host.Handle));
    }

    [GccFact]
    public unsafe void Made_up_numbers_and_those_of_other_things_find_nothing()
    {
        using NativeHost host = new(code);
        using NativeRefusals refusals = new();
        host.Channel.AllocatePacket().Send("x"u8, VmbusSendFlags.WaitForCompletion);
        NativeCallbackTable table = NativeDevice.NativeCallbacks;
        nint packet = host.CompleteSent(NtStatus.Success);
        foreach (nint wrong in (nint[])[0, 1, -1, nint.MaxValue, packet, host.Handle + (1 << 24), host.Handle ^ 3, (nint)Unsafe.AsPointer(ref table)])
        {
            Assert.Equal(NtStatus.InvalidHandle, table.Opened(wrong));
            table.PacketCompletionRoutine(wrong, NtStatus.Success, null, 0);
            Assert.InRange(refusals.Of(wrong).Length, 2, 3);
        }

        table.PacketCompletionRoutine(host.Handle, NtStatus.Success, null, 0);
        Assert.Single(refusals.Of(host.Handle));

        // A table goes with channels of its own class.
        host.Start(OtherDevice.NativeCallbacks);
        host.Deliver(1, 1);
        Assert.Equal("", string.Concat(host.Log.Split('\n').Where(static line => !line.StartsWith("send", StringComparison.Ordinal))));
        Assert.Contains("NativeDevice, whose table has entry points of its own", refusals.Of(host.Handle)[^1], StringComparison.Ordinal);
    }

    [GccFact]
    public void The_host_drives_the_lifecycle_and_nobody_else()
    {
        using NativeHost host = new(code);
        Action[] refused =
        [
            host.Channel.Enable, host.Channel.Start, host.Channel.Pause, host.Channel.Disable, host.Channel.Dispose,
            () => host.Channel.PauseAsync(), () => host.Channel.DisableAsync(), () => host.Channel.SetCallbacks(host.Device),
            () => host.Channel.CreateGpadl(new byte[8]), () => host.Channel.MapGpadl(1, GpadlFlags.None, out _),
        ];
        foreach (Action action in refused)
        {
            Assert.Equal(NtStatus.InvalidDeviceRequest, Assert.Throws<VmbusException>(action).Status);
        }

        // Also not from inside.
        host.Channel.Context = host.Handle;
        host.Deliver(1, 14);
        Assert.Equal(["VmbusException"], host.Device.Seen);
        host.Deliver(2, 1);
        Assert.Equal("defer 1\ncomplete 1 null\ncomplete 2 0100000000000000\n", host.Log);
    }

    [GccFact]
    public void Exports_that_cannot_be_used_are_refused_by_name()
    {
        using NativeHost host = new(code);
        (string Name, NativeKmclExports Exports)[] wrong =
        [
            ("size 0 and version 0", default),
            ("Complete is null", new NativeKmclExports()),
            ("version 2", host.Exports with { Version = 2 }),
            ("size 8", host.Exports with { Size = 8 }),
            Without("Fail"),
            Without("DeferToPassive"),
        ];
        foreach ((string name, NativeKmclExports exports) in wrong)
        {
            VmbusException exception = Assert.Throws<VmbusException>(() => NativeChannel.Create(new NativeDevice(), in exports));
            Assert.Equal(NtStatus.InvalidParameter2, exception.Status);
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        }

        unsafe (string, NativeKmclExports) Without(string name)
            => (name + " is null", name == "Fail" ? host.Exports with { Fail = null } : host.Exports with { DeferToPassive = null });
    }

    [GccFact]
    public void The_header_compiles_as_C99_and_as_C_plus_plus_by_itself()
    {
        code.WriteHeader();
        File.WriteAllText(code.SourcePath, "#include \"vmbus_native.h\"\n#include \"vmbus_native.h\"\nVMB_CALLBACK_TABLE table = Vmbus_Tests_Native_NativeDevice_CALLBACKS;\n");
        code.Gcc("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-fsyntax-only", "-x", "c", code.SourcePath);
        if (File.Exists("/usr/bin/g++"))
        {
            code.Gcc("-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c++", code.SourcePath);
        }
    }
}
