using System.Buffers.Binary;
using System.Diagnostics;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SharedMemory;

/// <summary>A host with a server that answers with the packet's bytes and adds 1 to each byte of external data, and of GPADLs that are named to it.</summary>
internal sealed class SharedHost : IDisposable
{
    public SharedHost(long guestMemorySize = 4 << 20)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"vmbus-test-{Guid.NewGuid():N}");
        Bus = SharedMemoryBus.CreateHost(Path, new VmbusBusOptions { GuestMemorySize = guestMemorySize });
        Server = Add(InterfaceType, Callbacks);
        Callbacks.OnPacket = static (channel, packet, buffer, flags) =>
        {
            if (flags == ProcessPacketFlags.ExternalData)
            {
                NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
                if (status == NtStatus.Success && !data.IsReadOnly)
                {
                    byte[] bytes = new byte[data.Length];
                    data.CopyTo(bytes);
                    data.CopyFrom([.. bytes.Select(value => (byte)(value + 1))]);
                }

                packet.Complete(in status);
            }
            else if (buffer.Length == 8 && channel.MapGpadl(BinaryPrimitives.ReadUInt32LittleEndian(buffer), GpadlFlags.None, out Gpadl? gpadl) == NtStatus.Success)
            {
                foreach (ref byte value in gpadl!.Span)
                {
                    value++;
                }

                gpadl.Dispose();
                packet.Complete(buffer);
            }
            else if (packet.IsCompletionRequested)
            {
                packet.Complete(buffer);
            }
            else
            {
                packet.Complete();
            }
        };
    }

    public string Path { get; }

    public Guid InterfaceType { get; } = Guid.NewGuid();

    public SharedMemoryBus Bus { get; }

    public VmbusChannel Server { get; }

    public ScriptedCallbacks Callbacks { get; } = new();

    /// <summary>Adds a server that is started. It processes at PASSIVE_LEVEL, so that it may map GPADLs.</summary>
    public VmbusChannel Add(Guid type, ScriptedCallbacks callbacks)
    {
        VmbusChannel server = new(Bus, new VmbusChannelOptions
        {
            IsServer = true,
            InterfaceType = type,
            InterfaceInstance = Guid.NewGuid(),
            IncomingProcessingAtPassive = true,
            FriendlyName = "host",
        });
        server.SetCallbacks(callbacks);
        server.Enable();
        server.Start();
        return server;
    }

    public static void Await(Func<bool> condition, Func<string> what)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (!condition())
        {
            if (time.Elapsed > TimeSpan.FromSeconds(40))
            {
                Assert.Fail($"Waited in vain for {what()}");
            }

            Thread.Sleep(2);
        }
    }

    public void Dispose()
    {
        Server.DisableAsync().Wait(ChannelPair.Patience);
        Bus.Dispose();
    }
}
