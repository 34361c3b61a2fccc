using FsCheck;
using FsCheck.Fluent;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

/// <summary>Any sequence of operations on writer and reader does what a simple model does: answers, indices, signals, and every byte.</summary>
public sealed class RingModelTests
{
    private enum Step
    {
        Stage,
        StageInTwoParts,
        Publish,
        Discard,
        Read,
        PublishRead,
        PublishReadIndex,
        Decide,
        Rewind,
        Mask,
        Unmask,
        RequestRoom,
        WithdrawRequest,
    }

    [Fact]
    public void Any_sequence_of_operations_does_what_the_model_does() => Check(count: 1_500, length: 120);

    [Fact]
    [Trait("Category", "Long")]
    public void Any_long_sequence_of_operations_does_what_the_model_does() => Check(count: 2_000, length: 1_000);

    private static void Check(int count, int length)
    {
        Gen<Operation> operation =
            from step in Gen.Frequency(
                (8, Gen.Constant(Step.Stage)),
                (2, Gen.Constant(Step.StageInTwoParts)),
                (5, Gen.Constant(Step.Publish)),
                (1, Gen.Constant(Step.Discard)),
                (9, Gen.Constant(Step.Read)),
                (4, Gen.Constant(Step.PublishRead)),
                (1, Gen.Constant(Step.PublishReadIndex)),
                (1, Gen.Constant(Step.Decide)),
                (1, Gen.Constant(Step.Rewind)),
                (1, Gen.Constant(Step.Mask)),
                (1, Gen.Constant(Step.Unmask)),
                (2, Gen.Constant(Step.RequestRoom)),
                (1, Gen.Constant(Step.WithdrawRequest)))
            from header in Gen.Choose(0, 4)
            from payload in Gen.Frequency((6, Gen.Choose(0, 80)), (3, Gen.Choose(0, 1500)), (1, Gen.Choose(0, 13000)))
            from seed in Gen.Choose(0, int.MaxValue)
            select new Operation(step, header * 8, payload, seed);
        Gen<Scenario> scenario =
            from pages in Gen.Choose(1, 3)
            from start in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(0, (pages * 512) - 1)), (2, Gen.Choose((pages * 512) - 6, (pages * 512) - 1)))
            from operations in operation.ListOf(length)
            select new Scenario(pages * 4096, (uint)start * 8, [.. operations]);

        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20_261_122, 31), Prop.ForAll(scenario.ToArbitrary(), Run));
    }

    private static void Run(Scenario scenario)
    {
        using var guarded = new GuardedRing(scenario.DataSize);
        RingControlPage page = guarded.Memory.ControlPage;
        page.WriteIndex = scenario.Start;
        page.ReadIndex = scenario.Start;
        using var writer = new RingWriter(guarded.Memory);
        writer.EnableFlowControl();
        using var reader = new RingReader(guarded.Memory, RingReadChecks.InterruptMask);
        var model = new ModelRing(scenario.DataSize, scenario.Start);

        foreach (Operation operation in scenario.Operations)
        {
            Run(operation, model, writer, reader);
            page = guarded.Memory.ControlPage;
            Assert.Equal(model.WriteIndex, page.WriteIndex);
            Assert.Equal(model.ReadIndex, page.ReadIndex);
            Assert.Equal(model.Mask, page.InterruptMask);
            Assert.Equal(model.Pending, page.PendingSendSize);
            Assert.Equal(model.HasStaged, writer.HasUnpublished);
            Assert.Equal(model.HasUnpublishedReads, reader.HasUnpublished);
        }

        Assert.Null(writer.Corruption);
        Assert.Null(reader.Corruption);
        Assert.Equal(model.FreeForWriter, writer.AvailableToWrite);
        Assert.Equal(model.ThereForReader, reader.AvailableToRead);
        Assert.Equal(model.Data, guarded.Memory.Data.ToArray());
        page = guarded.Memory.ControlPage;
        page.WriteIndex = page.ReadIndex = page.InterruptMask = page.PendingSendSize = page.FeatureBits = 0;
        Assert.False(guarded.Page.ContainsAnyExcept((byte)0));
    }

    private static void Run(Operation operation, ModelRing model, RingWriter writer, RingReader reader)
    {
        switch (operation.Step)
        {
            case Step.Stage or Step.StageInTwoParts:
                ModelRing.Packet packet = operation.ToPacket();
                RingWriteStatus status = Stage(writer, packet, operation);
                RingWriteStatus expected = model.Stage(packet) switch
                {
                    true => RingWriteStatus.Success,
                    false => RingWriteStatus.Full,
                    null => RingWriteStatus.TooLarge,
                };
                Assert.Equal(expected, status);
                break;
            case Step.Publish:
                Assert.Equal(model.Publish(), writer.Publish());
                break;
            case Step.Discard:
                model.Discard();
                writer.DiscardUnpublished();
                break;
            case Step.Read:
                Compare(model.Read(), reader);
                break;
            case Step.PublishRead:
                model.PublishReadIndex();
                Assert.Equal(model.Decide(), reader.PublishRead());
                break;
            case Step.PublishReadIndex:
                model.PublishReadIndex();
                reader.PublishReadIndex();
                break;
            case Step.Decide:
                Assert.Equal(model.Decide(), reader.DecideSpaceSignal());
                break;
            case Step.Rewind:
                model.Rewind();
                reader.Rewind();
                break;
            case Step.Mask:
                model.SetMask();
                reader.MaskInterrupts();
                break;
            case Step.Unmask when !model.HasUnpublishedReads:
                Assert.Equal(model.Unmask(), reader.UnmaskInterrupts());
                break;
            case Step.RequestRoom when !model.HasStaged:
                int bytes = Math.Clamp(operation.PayloadLength, 1, writer.DataSize - 8);
                Assert.Equal(model.RequestRoom(bytes), writer.PreparePendingSend(bytes));
                break;
            case Step.WithdrawRequest:
                model.WithdrawRequest();
                writer.ClearPendingSend();
                break;
        }
    }

    private static RingWriteStatus Stage(RingWriter writer, ModelRing.Packet packet, Operation operation)
    {
        var type = (PacketType)packet.Type;
        var flags = (PacketFlags)packet.Flags;
        if (operation.Step == Step.StageInTwoParts)
        {
            int split = operation.Seed % (packet.Payload.Length + 1);
            return writer.TryWrite(type, flags, packet.TransactionId, packet.Header, packet.Payload.AsSpan(0, split), packet.Payload.AsSpan(split));
        }

        return packet.Header.Length == 0
            ? writer.TryWrite(type, flags, packet.TransactionId, packet.Payload)
            : writer.TryWrite(type, flags, packet.TransactionId, packet.Header, packet.Payload);
    }

    private static void Compare(ModelRing.Packet? expected, RingReader reader)
    {
        RingReadStatus status = reader.TryRead(out RingPacket packet);
        if (expected is null)
        {
            Assert.Equal(RingReadStatus.Empty, status);
            return;
        }

        Assert.Equal(RingReadStatus.Success, status);
        Assert.Equal(expected.Type, (ushort)packet.Type);
        Assert.Equal(expected.Flags, (ushort)packet.Flags);
        Assert.Equal(expected.TransactionId, packet.TransactionId);
        byte[] header = new byte[packet.ExtendedHeaderLength];
        packet.CopyExtendedHeaderTo(header);
        Assert.Equal(expected.Header, header);
        byte[] payload = new byte[packet.PayloadLength];
        packet.CopyPayloadTo(payload);
        Assert.Equal((expected.Payload.Length + 7) / 8 * 8, payload.Length);
        Assert.True(payload.AsSpan(0, expected.Payload.Length).SequenceEqual(expected.Payload));
        Assert.False(payload.AsSpan(expected.Payload.Length).ContainsAnyExcept((byte)0));
        Assert.Equal(ModelRing.Footprint(expected.Header.Length, expected.Payload.Length), packet.BytesConsumed);
    }

    private sealed record Operation(Step Step, int HeaderLength, int PayloadLength, int Seed)
    {
        public ModelRing.Packet ToPacket()
        {
            var random = new Random(Seed);
            byte[] header = new byte[HeaderLength];
            byte[] payload = new byte[PayloadLength];
            random.NextBytes(header);
            random.NextBytes(payload);
            return new ModelRing.Packet((ushort)random.Next(0x10000), (ushort)random.Next(0x10000), (ulong)random.NextInt64(), header, payload);
        }
    }

    private sealed record Scenario(int DataSize, uint Start, Operation[] Operations)
    {
        public override string ToString() => $"{DataSize} bytes from {Start}: {string.Join("; ", (object[])Operations)}";
    }
}
