namespace Vmbus.Tests.Native;

/// <summary>Packets that go out through a host in C.</summary>
[Collection(nameof(CompiledHost))]
public sealed class NativeSendingTests(CompiledHost code)
{
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
}
