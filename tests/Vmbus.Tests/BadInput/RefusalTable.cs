using System.Buffers;
using Vmbus.CompilerServices;
using Vmbus.Testing;

namespace Vmbus.Tests.BadInput;

/// <summary>What members refuse, beside what the tables of channels, packets and options have.</summary>
internal static class RefusalTable
{
    private static readonly Type Null = typeof(ArgumentNullException);
    private static readonly Type Range = typeof(ArgumentOutOfRangeException);
    private static readonly Type Argument = typeof(ArgumentException);
    private static readonly Type Invalid = typeof(InvalidOperationException);
    private static readonly Type Disposed = typeof(ObjectDisposedException);
    private static readonly Type Level = typeof(IrqlViolationException);
    private static readonly Type Kmcl = typeof(VmbusException);

    public static IReadOnlyList<Refusal> All { get; } =
    [
        .. ExternalDataCases(), .. GpadlCases(), .. LevelCases(), .. BusCases(), .. ChannelCases(), .. AboveTheirLevel(), .. GeneratedCodeCases(), .. KitCases(),
    ];

    private static IEnumerable<Refusal> ExternalDataCases()
    {
        Type type = typeof(ExternalData);
        foreach ((string member, Action<ExternalData> use) in new (string, Action<ExternalData>)[]
        {
            ("Span", data => _ = data.Span),
            ("GetSegment", data => data.GetSegment(0)),
            ("CopyTo", data => data.CopyTo(new byte[1])),
            ("CopyFrom", data => data.CopyFrom([1])),
        })
        {
            yield return new(type, member, "default", NtStatus.InvalidDeviceState, Invalid, _ => use(default));
            yield return new(type, member, "after completion", NtStatus.InvalidDeviceState, Disposed, scene => use(scene.EndedData()));
            if (member != "CopyTo")
            {
                yield return new(type, member, "for reading only", NtStatus.InvalidDeviceRequest, Invalid, scene => use(scene.Data(ExternalDataFlags.ReadOnly)));
            }
        }

        yield return new(type, "Span", "two segments", NtStatus.InvalidDeviceRequest, Invalid, scene => Look(scene.Data().Span));
        yield return new(type, "GetSegment", "-1", NtStatus.InvalidParameter, Range, scene => scene.Data().GetSegment(-1));
        yield return new(type, "GetSegment", "2 of 2", NtStatus.InvalidParameter, Range, scene => scene.Data().GetSegment(2));
        yield return new(type, "CopyTo", "one byte more", NtStatus.InvalidParameter, Range, scene => scene.Data().CopyTo(new byte[7]));
        yield return new(type, "CopyTo", "from byte -1", NtStatus.InvalidParameter, Range, scene => scene.Data().CopyTo(new byte[1], -1));
        yield return new(type, "CopyTo", "from the last byte there is", NtStatus.InvalidParameter, Range, scene => scene.Data().CopyTo(new byte[1], long.MaxValue));
        yield return new(type, "CopyFrom", "one byte more", NtStatus.InvalidParameter, Range, scene => scene.Data().CopyFrom(new byte[7]));
        yield return new(type, "CopyFrom", "from byte 6", NtStatus.InvalidParameter, Range, scene => scene.Data().CopyFrom([1], 6));
        yield return new(type, "CopyFrom", "from the first byte there is", NtStatus.InvalidParameter, Range, scene => scene.Data().CopyFrom([1], long.MinValue));
    }

    private static IEnumerable<Refusal> GpadlCases()
    {
        Type type = typeof(Gpadl);
        foreach ((string member, Action<Gpadl> use) in new (string, Action<Gpadl>)[]
        {
            ("Span", gpadl => _ = gpadl.Span),
            ("GetSegment", gpadl => gpadl.GetSegment(0)),
            ("CopyTo", gpadl => gpadl.CopyTo(new byte[1])),
            ("CopyFrom", gpadl => gpadl.CopyFrom([1])),
        })
        {
            yield return new(type, member, "unmapped", NtStatus.InvalidDeviceState, Disposed, scene => use(scene.Ended()));
            if (member != "CopyTo")
            {
                yield return new(type, member, "for reading only", NtStatus.InvalidDeviceRequest, Invalid, scene => use(scene.Mapped));
            }
        }

        yield return new(type, "GetSegment", "-1", NtStatus.InvalidParameter, Range, scene => scene.Created.GetSegment(-1));
        yield return new(type, "GetSegment", "1 of 1", NtStatus.InvalidParameter, Range, scene => scene.Created.GetSegment(1));
        yield return new(type, "CopyTo", "one byte more", NtStatus.InvalidParameter, Range, scene => scene.Mapped.CopyTo(new byte[9]));
        yield return new(type, "CopyFrom", "from byte 8", NtStatus.InvalidParameter, Range, scene => scene.Created.CopyFrom([1], 8));
    }

    private static IEnumerable<Refusal> LevelCases()
    {
        Type type = typeof(KernelIrql);
        yield return new(type, "Raise", "3", NtStatus.InvalidParameter, Range, _ => KernelIrql.Raise((Irql)3).Dispose());
        yield return new(type, "Raise", "lower", NtStatus.InvalidDeviceState, Level, _ => At(Irql.Dispatch, () => KernelIrql.Raise(Irql.Apc).Dispose()));
        yield return new(type, "Raise", "33 times", NtStatus.InsufficientResources, Invalid, _ => RaiseOnAndOn(33));
        yield return new(type, "Lower", "255", NtStatus.InvalidParameter, Range, _ => KernelIrql.Lower((Irql)255));
        yield return new(type, "Lower", "higher", NtStatus.InvalidDeviceState, Level, _ => KernelIrql.Lower(Irql.Apc));
        yield return new(typeof(IrqlScope), "Dispose", "default", NtStatus.InvalidDeviceState, Invalid, _ => default(IrqlScope).Dispose());
        yield return new(typeof(IrqlScope), "Dispose", "twice", NtStatus.InvalidDeviceState, Invalid, _ =>
        {
            IrqlScope scope = KernelIrql.Raise(Irql.Dispatch);
            scope.Dispose();
            scope.Dispose();
        });
        yield return new(typeof(IrqlScope), "Dispose", "the outer one first", NtStatus.InvalidDeviceState, Invalid, _ =>
        {
            IrqlScope outer = KernelIrql.Raise(Irql.Apc);
            IrqlScope inner = KernelIrql.Raise(Irql.Dispatch);
            try
            {
                outer.Dispose();
            }
            finally
            {
                Assert.Equal(Irql.Dispatch, KernelIrql.Current);
                inner.Dispose();
                outer.Dispose();
            }
        });
    }

    private static IEnumerable<Refusal> BusCases()
    {
        Type type = typeof(SharedMemoryBus);
        VmbusBusOptions wrong = new() { PageInTime = TimeSpan.FromTicks(-1) };
        yield return new(typeof(VmbusBus), "CreateInProcess", "options", NtStatus.InvalidParameter2, Kmcl, _ => VmbusBus.CreateInProcess(wrong));
        yield return new(type, "CreateHost", "null", NtStatus.InvalidParameter, Null, _ => SharedMemoryBus.CreateHost(null!));
        yield return new(type, "CreateHost", "no path", NtStatus.InvalidParameter, Argument, _ => SharedMemoryBus.CreateHost(""));
        yield return new(type, "CreateHost", "options", NtStatus.InvalidParameter2, Kmcl, _ => SharedMemoryBus.CreateHost(Path.GetRandomFileName(), wrong));
        yield return new(type, "ConnectAsync", "null", NtStatus.InvalidParameter, Null, _ => SharedMemoryBus.ConnectAsync(null!).GetAwaiter().GetResult());
        yield return new(type, "ConnectAsync", "no path", NtStatus.InvalidParameter, Argument, _ => SharedMemoryBus.ConnectAsync("").GetAwaiter().GetResult());
        yield return new(type, "ConnectAsync", "options", NtStatus.InvalidParameter2, Kmcl, _ => SharedMemoryBus.ConnectAsync(Path.GetRandomFileName(), wrong).GetAwaiter().GetResult());
        yield return new(type, "AllocateGuestMemory", "on the host's side", NtStatus.InvalidDeviceRequest, Kmcl, _ => OnSharedMemory((host, _) => host.AllocateGuestMemory(1)));
        yield return new(type, "AllocateGuestMemory", "0 bytes", NtStatus.InvalidParameter, Range, _ => OnSharedMemory((_, guest) => guest.AllocateGuestMemory(0)));
        yield return new(type, "AllocateGuestMemory", "-1 bytes", NtStatus.InvalidParameter, Range, _ => OnSharedMemory((_, guest) => guest.AllocateGuestMemory(-1)));
        yield return new(type, "AllocateGuestMemory", "2 GiB", NtStatus.InsufficientResources, Kmcl, _ => OnSharedMemory((_, guest) => guest.AllocateGuestMemory(int.MaxValue)));
    }

    private static IEnumerable<Refusal> ChannelCases()
    {
        Type type = typeof(VmbusChannel);
        TimeSpan tooLong = TimeSpan.FromMilliseconds(int.MaxValue + 1L);
        yield return new(type, "VmbusChannel", "no bus", NtStatus.InvalidParameter, Null, _ => Look(new VmbusChannel(null!, new VmbusChannelOptions())));
        yield return new(type, "VmbusChannel", "no options", NtStatus.InvalidParameter, Null, scene => Look(new VmbusChannel(scene.Server.Bus, null!)));
        yield return new(type, "SetCallbacks", "null", NtStatus.InvalidParameter, Null, scene => scene.Server.SetCallbacks(null!));
        yield return new(type, "Save", "null", NtStatus.InvalidParameter, Null, scene => scene.Server.Save(null!));
        yield return new(type, "SetTransactionQuota", "0", NtStatus.InvalidParameter2, Kmcl, scene => scene.Server.SetTransactionQuota(0));
        yield return new(type, "SetInterruptLatency", "-1", NtStatus.InvalidParameter2, Kmcl, scene => scene.Server.SetInterruptLatency(TimeSpan.FromTicks(-1)));
        yield return new(type, "SendSynchronousRequest", "time-out -2 ms", NtStatus.InvalidParameter, Range, scene => scene.Client.SendSynchronousRequest([1], [], out _, TimeSpan.FromMilliseconds(-2)));
        yield return new(type, "SendSynchronousRequest", "time-out too long", NtStatus.InvalidParameter, Range, scene => scene.Client.SendSynchronousRequest([1], [], out _, tooLong));
        yield return new(type, "SendRequestAsync", "time-out too long", NtStatus.InvalidParameter, Range, scene => scene.Client.SendRequestAsync(new byte[1], new byte[8], tooLong).AsTask().GetAwaiter().GetResult());
        yield return new(type, "CreateGpadl", "flags 2", NtStatus.InvalidParameter2, Kmcl, scene => scene.Client.CreateGpadl(new byte[1], (GpadlFlags)2));
        yield return new(type, "CreateGpadl", "no memory", NtStatus.InvalidParameter3, Kmcl, scene => scene.Client.CreateGpadl(default));
        yield return new(type, "CreateSubChannel", "0", NtStatus.InvalidParameter2, Kmcl, scene => scene.Server.CreateSubChannel(0));
        yield return new(type, "CreateSubChannel", "65536", NtStatus.InvalidParameter2, Kmcl, scene => scene.Server.CreateSubChannel(65536));
        Type packet = typeof(VmbusPacket);
        yield return new(packet, "VmbusPacket", "no channel", NtStatus.InvalidParameter, Null, _ => Look(new VmbusPacket(null!, (_, _, _) => { })));
        yield return new(packet, "VmbusPacket", "no routine", NtStatus.InvalidParameter, Null, scene => Look(new VmbusPacket(scene.Client, null!)));
        yield return new(packet, "CompletionRoutine", "null, of a packet of the caller's", NtStatus.InvalidParameter, Null, scene => new VmbusPacket(scene.Client, (_, _, _) => { }).CompletionRoutine = null);
        yield return new(packet, "AppendExternalData", "no memory", NtStatus.InvalidParameter, Argument, scene => scene.Client.AllocatePacket().AppendExternalData(default));

        Type native = typeof(NativeChannel);
        yield return new(native, "Create", "no callbacks", NtStatus.InvalidParameter, Null, _ => NativeChannel.Create(null!, default));
        yield return new(native, "Create", "no options", NtStatus.InvalidParameter, Null, _ => NativeChannel.Create(new Channels.ScriptedCallbacks(), default, null!));
        yield return new(native, "Create", "exports of no size", NtStatus.InvalidParameter2, Kmcl, _ => NativeChannel.Create(new Channels.ScriptedCallbacks(), default));
        yield return new(native, "Create", "exports without a function", NtStatus.InvalidParameter2, Kmcl, _ => NativeChannel.Create(new Channels.ScriptedCallbacks(), new NativeKmclExports()));
        yield return new(native, "GetChannel", "0", NtStatus.InvalidHandle, Argument, _ => NativeChannel.GetChannel(0));
        yield return new(native, "Destroy", "-1", NtStatus.InvalidHandle, Argument, _ => NativeChannel.Destroy(-1));
    }

    /// <summary>Members for PASSIVE_LEVEL alone, which wait, or call callbacks that may: at each level above it.</summary>
    private static IEnumerable<Refusal> AboveTheirLevel()
    {
        foreach (Irql level in (Irql[])[Irql.Apc, Irql.Dispatch])
        {
            foreach ((Type type, string call, Action<RefusalScene> use) in new (Type, string, Action<RefusalScene>)[]
            {
                (typeof(VmbusChannel), "Enable", scene => scene.Server.Enable()),
                (typeof(VmbusChannel), "Disable", scene => scene.Server.Disable()),
                (typeof(VmbusChannel), "Start", scene => scene.Server.Start()),
                (typeof(VmbusChannel), "Pause", scene => scene.Server.Pause()),
                (typeof(VmbusChannel), "Dispose", scene => scene.Server.Dispose()),
                (typeof(VmbusChannel), "SaveBegin", scene => scene.Server.SaveBegin()),
                (typeof(VmbusChannel), "SaveEnd", scene => scene.Server.SaveEnd()),
                (typeof(VmbusChannel), "SaveContinue", scene => scene.Server.SaveContinue([], out _, out _)),
                (typeof(VmbusChannel), "Save", scene => scene.Server.Save(new ArrayBufferWriter<byte>())),
                (typeof(VmbusChannel), "RestoreFromBuffer", scene => scene.Server.RestoreFromBuffer([])),
                (typeof(VmbusChannel), "CreateGpadl", scene => scene.Client.CreateGpadl(new byte[1])),
                (typeof(VmbusChannel), "MapGpadl", scene => scene.Server.MapGpadl(1, GpadlFlags.None, out _)),
                (typeof(VmbusChannel), "CreateSubChannel", scene => scene.Server.CreateSubChannel(1)),
                (typeof(VmbusChannel), "SetCallbacks", scene => scene.Server.SetCallbacks(new Channels.ScriptedCallbacks())),
                (typeof(VmbusChannel), "SendSynchronousRequest", scene => scene.Client.SendSynchronousRequest([1], [], out _, TimeSpan.FromTicks(1))),
                (typeof(VmbusPacket), "Restore", scene => scene.Server.AllocatePacket().Restore([])),
                (typeof(Gpadl), "Dispose", scene => scene.Mapped.Dispose()),
                (typeof(NativeChannel), "Destroy", _ => NativeChannel.Destroy(0)),
                (typeof(SharedMemoryBus), "CreateHost", _ => SharedMemoryBus.CreateHost(Path.GetRandomFileName())),
                (typeof(SharedMemoryBus), "AllocateGuestMemory", scene => scene.Guest.AllocateGuestMemory(1)),
                (typeof(SharedMemoryBus), "Dispose", scene => scene.Guest.Dispose()),
                (typeof(LoopbackPair), "Open", _ => LoopbackPair.Open(new Channels.ScriptedCallbacks())),
                (typeof(LoopbackPair), "Reopen", scene => scene.Loopback.Reopen()),
                (typeof(LoopbackPair), "Request", scene => scene.Loopback.Request([1])),
                (typeof(LoopbackPair), "Request of a structure", scene => scene.Loopback.Request(1)),
                (typeof(LoopbackPair), "Request with memory", scene => scene.Loopback.Request([1], new byte[1])),
                (typeof(LoopbackPair), "Close", scene => scene.Loopback.Close()),
                (typeof(LoopbackPair), "Dispose", scene => scene.Loopback.Dispose()),
            })
            {
                string[] words = call.Split(' ', 2);
                yield return new(type, words[0], $"{string.Concat(words.Skip(1).Select(how => how + ", "))}at {level}", NtStatus.InvalidDeviceState, Level, scene =>
                {
                    scene.Prepare(type);
                    At(level, () => use(scene));
                });
            }
        }
    }

    private static IEnumerable<Refusal> GeneratedCodeCases()
    {
        yield return new(typeof(PacketCompletion), "Complete", "default", NtStatus.InvalidDeviceState, Invalid, _ => default(PacketCompletion).Complete());
        yield return new(typeof(PacketCompletion), "Buffer", "default", NtStatus.InvalidDeviceState, Invalid, _ => Look(default(PacketCompletion).Buffer));
        yield return new(typeof(PendingPacket), "Complete", "default", NtStatus.InvalidDeviceState, Invalid, _ => default(PendingPacket).Complete());
        yield return new(typeof(PendingPacket), "BufferMemory", "default", NtStatus.InvalidDeviceState, Invalid, _ => Look(default(PendingPacket).BufferMemory));
        yield return new(typeof(PendingPacket), "BufferMemory", "a span of it, after completion", NtStatus.InvalidDeviceState, Disposed, scene =>
        {
            ReadOnlyMemory<byte> memory = scene.Packet.BufferMemory;
            scene.Packet.Complete();
            _ = memory.Span;
        });
        yield return new(typeof(PendingPacket), "BufferMemory", "pinned, after completion", NtStatus.InvalidDeviceState, Disposed, scene =>
        {
            ReadOnlyMemory<byte> memory = scene.Packet.BufferMemory;
            scene.Packet.Complete();
            memory.Pin().Dispose();
        });
        yield return new(typeof(PacketBatch), "Packet", "none is current", NtStatus.InvalidDeviceState, Invalid, _ => default(PacketBatch).Packet.Complete());
        yield return new(typeof(AsyncPacket), "Begin", "default", NtStatus.InvalidDeviceState, Invalid, _ => AsyncPacket.Begin(default));
        yield return new(typeof(AsyncPacket), "End", "no task", NtStatus.InvalidDeviceRequest, Invalid, _ => AsyncPacket.Begin(TestPacket.Create([1]).Completion).End((Task?)null));
        yield return new(typeof(AsyncPacket), "End", "no task of a value", NtStatus.InvalidDeviceRequest, Invalid, _ => AsyncPacket.Begin(TestPacket.Create([1]).Completion).End((Task<int>?)null, PacketReply.Completion));
        yield return new(typeof(AsyncPacket), "BufferMemory", "default", NtStatus.InvalidDeviceState, Invalid, _ => Look(default(AsyncPacket).BufferMemory));
        yield return new(typeof(AsyncPacket), "CancellationToken", "default", NtStatus.InvalidDeviceState, Invalid, _ => Look(default(AsyncPacket).CancellationToken));
        yield return new(typeof(GeneratedDispatch), "Single", "default", NtStatus.InvalidDeviceState, Invalid, scene => GeneratedDispatch.Single(scene.Server, default, default, default));
        yield return new(typeof(GeneratedDispatch), "Malformed", "default", NtStatus.InvalidDeviceState, Invalid, _ => GeneratedDispatch.Malformed(default));
        yield return new(typeof(GeneratedDispatch), "Unhandled", "default", NtStatus.InvalidDeviceState, Invalid, _ => GeneratedDispatch.Unhandled(default, UnhandledPacket.CompleteEmpty));
        yield return new(typeof(GeneratedDispatch), "Reply", "default", NtStatus.InvalidDeviceState, Invalid, _ => GeneratedDispatch.Reply(default, 1, PacketReply.InBand));
    }

    private static IEnumerable<Refusal> KitCases()
    {
        yield return new(typeof(PacketReplay), "PacketReplay", "null", NtStatus.InvalidParameter, Null, _ => Look(new PacketReplay(null!)));
        yield return new(typeof(PacketReplay), "PacketReplay", "no packets", NtStatus.InvalidParameter, Argument, _ => Look(new PacketReplay([])));
        yield return new(typeof(PacketReplay), "PacketReplay", "order 1 of 1", NtStatus.InvalidParameter, Argument, _ => Look(new PacketReplay([new byte[1]], [1])));
        yield return new(typeof(PacketReplay), "Run", "null", NtStatus.InvalidParameter, Null, _ => new PacketReplay([new byte[1]]).Run(null!, 1));
        yield return new(typeof(PacketReplay), "Run", "-1 packets", NtStatus.InvalidParameter, Range, _ => new PacketReplay([new byte[1]]).Run(new Channels.ScriptedCallbacks(), -1));
        yield return new(typeof(TestPacket), "Deliver", "null", NtStatus.InvalidParameter, Null, _ => TestPacket.Create([1]).Deliver(null!));
        yield return new(typeof(FaultyCallbacks), "FaultyCallbacks", "no callbacks", NtStatus.InvalidParameter, Null, _ => Look(new FaultyCallbacks(null!, _ => default)));
        yield return new(typeof(FaultyCallbacks), "FaultyCallbacks", "no choice", NtStatus.InvalidParameter, Null, _ => Look(new FaultyCallbacks(new Channels.ScriptedCallbacks(), null!)));
        yield return new(typeof(FaultyCallbacks), "Randomly", "1.5", NtStatus.InvalidParameter, Range, _ => FaultyCallbacks.Randomly(1, 1.5));
        yield return new(typeof(FaultyCallbacks), "Randomly", "NaN", NtStatus.InvalidParameter, Range, _ => FaultyCallbacks.Randomly(1, double.NaN));
        yield return new(typeof(PacketFault), "Truncate", "-1", NtStatus.InvalidParameter, Range, _ => PacketFault.Truncate(-1));
        yield return new(typeof(PacketFault), "FlipBit", "-1", NtStatus.InvalidParameter, Range, _ => PacketFault.FlipBit(-1));
        yield return new(typeof(PacketFault), "Throw", "null", NtStatus.InvalidParameter, Null, _ => PacketFault.Throw(null!));
        yield return new(typeof(PeerAnswer), "HandOver", "null", NtStatus.InvalidParameter, Null, _ => PeerAnswer.HandOver(null!));
        yield return new(typeof(LoopbackPair), "Open", "null", NtStatus.InvalidParameter, Null, _ => LoopbackPair.Open(null!));
        yield return new(typeof(ScriptedPeer), "Expect", "null", NtStatus.InvalidParameter, Null, _ => new ScriptedPeer().Expect("a packet", null!));
        yield return new(typeof(ScriptedPeer), "Do", "null", NtStatus.InvalidParameter, Null, _ => new ScriptedPeer().Do("nothing", null!));
    }

    /// <summary>Reads a value, for what that does.</summary>
    private static void Look<T>(T value)
        where T : allows ref struct
    {
    }

    private static void At(Irql level, Action action)
    {
        using IrqlScope scope = KernelIrql.Raise(level);
        action();
    }

    private static void RaiseOnAndOn(int times)
    {
        using IrqlScope scope = KernelIrql.Raise(Irql.Passive);
        if (times > 1)
        {
            RaiseOnAndOn(times - 1);
        }
    }

    private static void OnSharedMemory(Action<SharedMemoryBus, SharedMemoryBus> use)
    {
        string path = Path.Combine(Path.GetTempPath(), $"vmbus-test-{Guid.NewGuid():N}");
        using SharedMemoryBus host = SharedMemoryBus.CreateHost(path, new VmbusBusOptions { GuestMemorySize = 1 << 20 });
        using SharedMemoryBus guest = SharedMemoryBus.ConnectAsync(path).GetAwaiter().GetResult();
        use(host, guest);
    }
}
