using System.Buffers.Binary;
using System.Globalization;
using Vmbus;
using Vmbus.TestGuest;

// A guest in a process of its own, for the tests of the bus over shared memory: PATH INTERFACE-TYPE WHAT [COUNT]
(string path, Guid type, string what) = (args[0], Guid.Parse(args[1]), args[2]);
int count = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 0;
using UnwillingListeners? listeners = what == "exchange under unwilling listeners" ? new UnwillingListeners() : null;
await using SharedMemoryBus bus = await SharedMemoryBus.ConnectAsync(path);
using VmbusChannel channel = new(bus, new VmbusChannelOptions { InterfaceType = type, IncomingRingSize = 8192, OutgoingRingSize = 8192, FriendlyName = "guest" });
TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
channel.SetCallbacks(new GuestCallbacks(started));
channel.Enable();
await started.Task.WaitAsync(TimeSpan.FromSeconds(20));

// Of this opening: asked for later it may be that of the next, which never comes.
Task closed = channel.WhenClosed;
Console.WriteLine("open");
switch (what)
{
    case "exchange" or "exchange under unwilling listeners":
        byte[] request = new byte[64];
        byte[] response = new byte[64];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(request, i);
            RequestResult result = await channel.SendRequestAsync(request, response);
            Require(result.Status == NtStatus.Success && response.AsSpan().SequenceEqual(request), $"request {i}: {result}");
        }

        break;
    case "data":
        await DataExchange.RunAsync(bus, channel);
        break;
    case "flood":
        while (channel.Send(new byte[200]).IsSuccess() && channel.AllocatePacket().Send(new byte[100], VmbusSendFlags.WaitForCompletion).IsSuccess())
        {
        }

        break;
    case "wait":
        await bus.WhenDisconnected;
        await closed.WaitAsync(TimeSpan.FromSeconds(20));
        Require(channel.State == ChannelState.Disabled, $"after the host has gone the channel is {channel.State}");
        break;
    default:
        throw new ArgumentException($"Nothing known as {what}.");
}

// Of each kind one at the least.
Require(listeners is null || UnwillingListeners.Thrown >= 3, $"listeners have thrown {UnwillingListeners.Thrown} times");
Console.WriteLine("done");

static void Require(bool condition, string what)
{
    if (!condition)
    {
        throw new InvalidOperationException(what);
    }
}
