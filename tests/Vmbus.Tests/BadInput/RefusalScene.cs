using System.Collections.Concurrent;
using Vmbus.Testing;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.BadInput;

/// <summary>A pair of open channels, a packet with external data that the server owes, and a GPADL of the client that the server has mapped.</summary>
internal sealed class RefusalScene : IDisposable
{
    private readonly ChannelPair _pair = new();
    private readonly byte[] _memory = [1, 2, 3, 4, 5, 6, 7, 8];
    private readonly byte[] _shared = [1, 2, 3, 4, 5, 6, 7, 8];
    private BusEnds? _ends;
    private LoopbackPair? _loopback;

    public RefusalScene()
    {
        BlockingCollection<PendingPacket> arrived = [];
        _pair.ServerCallbacks.OnPacket = (_, packet, _, _) => arrived.Add(packet.Pend());
        _pair.Open();
        VmbusPacket packet = _pair.Client.AllocatePacket();
        packet.SetExternalData(_memory.AsMemory(0, 3));
        packet.AppendExternalData(_memory.AsMemory(5, 3));
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        Packet = arrived.TakeInTime();
        Created = _pair.Client.CreateGpadl(_shared);
        Assert.Equal(NtStatus.Success, Server.MapGpadl(Created.Handle, GpadlFlags.ReadOnly, out Gpadl? mapped));
        Mapped = mapped!;
    }

    public VmbusChannel Server => _pair.Server;

    public VmbusChannel Client => _pair.Client;

    /// <summary>Owed, with external data of 3 and 3 bytes.</summary>
    public PendingPacket Packet { get; }

    /// <summary>8 bytes.</summary>
    public Gpadl Created { get; }

    /// <summary>The same, for reading only.</summary>
    public Gpadl Mapped { get; }

    /// <summary>The guest's side of another bus, over shared memory, where <see cref="Prepare"/> made one.</summary>
    public SharedMemoryBus Guest => (SharedMemoryBus)_ends!.Client;

    /// <summary>A pair of the kit's, where <see cref="Prepare"/> made one.</summary>
    public LoopbackPair Loopback => _loopback!;

    /// <summary>Makes what members of a type are called on, at the level that this takes.</summary>
    public void Prepare(Type type)
    {
        if (type == typeof(SharedMemoryBus))
        {
            _ends = BusEnds.Create(BusKind.SharedMemory);
        }
        else if (type == typeof(LoopbackPair))
        {
            _loopback = LoopbackPair.Open(new ScriptedCallbacks());
        }
    }

    public ExternalData Data(ExternalDataFlags flags = ExternalDataFlags.None)
    {
        Assert.Equal(NtStatus.Success, Packet.GetExternalData(flags, out ExternalData data));
        return data;
    }

    public ExternalData EndedData()
    {
        ExternalData data = Data();
        Packet.Complete();
        return data;
    }

    public Gpadl Ended()
    {
        Mapped.Dispose();
        return Mapped;
    }

    /// <summary>What a refusal must leave as it was.</summary>
    public string Describe()
        => $"{Server.State} {Client.State} {Server.GetOwedPackets().Count} {Server.Fault} {Client.Fault} {string.Join(' ', _memory)} {string.Join(' ', _shared)} {KernelIrql.Current}";

    public void Dispose()
    {
        try
        {
            Packet.Complete();
        }
        catch (InvalidOperationException)
        {
            // The case has completed it.
        }

        Mapped.Dispose();
        Created.Dispose();
        _pair.Dispose();
        _loopback?.Dispose();
        _ends?.Dispose();
    }
}
