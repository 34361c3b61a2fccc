using System.Buffers.Binary;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Vmbus.Tests.SaveRestore;

/// <summary>A saved state that is damaged, cut off, forged or of another version: an error that says so, and a channel that is disabled and usable.</summary>
public sealed class DamagedStateTests
{
    private const int HeaderLength = 36;

    [Fact]
    public void Every_truncation_is_an_error()
    {
        using Saved saved = new(chunkSize: 150);
        for (int length = 0; length < saved.State.Length; length++)
        {
            if (saved.ChunkEnds.Contains(length))
            {
                // Whole chunks, but not all.
                Assert.Equal(NtStatus.MoreProcessingRequired, saved.Channel.RestoreFromBuffer(saved.State.AsSpan(0, length)));
                Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(saved.Channel.Enable).Status);
            }
            else
            {
                saved.MustRefuse(saved.State.AsSpan(0, length), length == 0 ? NtStatus.InvalidParameter2 : NtStatus.DataError);
            }
        }

        saved.MustRestore();
    }

    [Fact]
    public void Every_flipped_bit_is_an_error()
    {
        using Saved saved = new(chunkSize: 150);
        byte[] damaged = [.. saved.State];
        for (int bit = 0; bit < damaged.Length * 8; bit++)
        {
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            saved.MustRefuse(damaged);
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        saved.MustRestore();
    }

    [Fact]
    public void Another_version_is_named()
    {
        using Saved saved = new(chunkSize: 4096);
        byte[] other = [.. saved.State];
        BinaryPrimitives.WriteUInt16LittleEndian(other.AsSpan(4), 2);
        VmbusException refused = saved.MustRefuse(other, NtStatus.RevisionMismatch);
        Assert.Contains("version 2", refused.Message, StringComparison.Ordinal);
        saved.MustRestore();
    }

    [Fact]
    public void Random_bytes_are_an_error()
    {
        using Saved saved = new(chunkSize: 4096);
        Prop.ForAll<byte[]>(bytes => saved.MustRefuse(bytes)).Check(Config.QuickThrowOnFailure);

        // With a header that is right, so that the records are looked at.
        Prop.ForAll<byte[]>(records =>
        {
            byte[] forged = [.. saved.State.AsSpan(0, HeaderLength), .. records];
            BinaryPrimitives.WriteUInt16LittleEndian(forged.AsSpan(6), 1);
            BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(28), records.Length);
            Seal(forged);
            saved.MustRefuse(forged, NtStatus.DataError);
        }).Check(Config.QuickThrowOnFailure);
        saved.MustRestore();
    }

    /// <summary>A checksum protects from damage and not from forgery: whatever is in the records, the answer is an error, or a state that fits together.</summary>
    [Fact]
    public void Forged_records_are_an_error_or_a_state_that_fits_together()
    {
        // One chunk. Its payloads are zeros: what is not zero holds it together.
        using Saved saved = new(chunkSize: 64 * 1024);
        Assert.Empty(saved.ChunkEnds);
        int[] structure = [.. Enumerable.Range(HeaderLength, saved.State.Length - HeaderLength).Where(offset => saved.State[offset] != 0)];
        Gen<int> offsets = Gen.OneOf(Gen.Elements(structure), Gen.Choose(HeaderLength, saved.State.Length - 1));
        Gen<(int Offset, int Bit)[]> changes = offsets.Zip(Gen.Choose(0, 7)).Select(change => (change.Item1, change.Item2)).NonEmptyListOf().Select(list => list.Take(4).ToArray());
        int refused = 0;
        Prop.ForAll(Arb.From(changes), flips =>
        {
            byte[] forged = [.. saved.State];
            foreach ((int offset, int bit) in flips)
            {
                forged[offset] ^= (byte)(1 << bit);
            }

            Seal(forged);
            try
            {
                Assert.Equal(NtStatus.Success, saved.Channel.RestoreFromBuffer(forged));
            }
            catch (VmbusException exception)
            {
                Assert.True(exception.Status is NtStatus.DataError or NtStatus.InvalidParameter2, exception.ToString());
                refused++;
            }

            Assert.Equal(ChannelState.Disabled, saved.Channel.State);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Assert.InRange(refused, 500, 1990);
        saved.MustRestore();
    }

    private static void Seal(Span<byte> chunk)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in chunk[..32])
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        foreach (byte value in chunk[HeaderLength..])
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(chunk[32..], ~sum);
    }

    /// <summary>A saved server, and the one that is to be restored from it.</summary>
    private sealed class Saved : IDisposable
    {
        private readonly SavedServer _server = new(4096);

        public Saved(int chunkSize)
        {
            _server.Open();
            _server.Send("in the ring");
            _server.TakeOwed(1)[0].Complete();
            _server.Client.Pause();
            _server.Send("again in the ring");
            VmbusPacket cancelled = _server.Send("cancelled");
            for (int i = 0; i < 5; i++)
            {
                _server.Send($"large {i}", i % 2 == 0 ? VmbusSendFlags.WaitForCompletion : VmbusSendFlags.None, new byte[1500]);
            }

            Assert.True(cancelled.Cancel());
            List<byte[]> chunks = RestoringTests.SaveInChunks(_server, chunkSize);
            State = [.. chunks.SelectMany(chunk => chunk)];
            int end = 0;
            ChunkEnds = [.. chunks.Select(chunk => end += chunk.Length)];
            ChunkEnds.Remove(State.Length);
            _server.Replace();
        }

        public byte[] State { get; }

        public HashSet<int> ChunkEnds { get; }

        public VmbusChannel Channel => _server.Server;

        public VmbusException MustRefuse(ReadOnlySpan<byte> bytes, NtStatus? status = null)
        {
            try
            {
                NtStatus answer = Channel.RestoreFromBuffer(bytes);
                Assert.Fail($"It was taken: {answer}.");
                return null!;
            }
            catch (VmbusException exception)
            {
                if (status is { } expected)
                {
                    Assert.Equal(expected, exception.Status);
                }

                Assert.Equal(ChannelState.Disabled, Channel.State);
                return exception;
            }
        }

        public void MustRestore()
        {
            int given = _server.Callbacks.Done.Count;
            Assert.Equal(NtStatus.Success, Channel.RestoreFromBuffer(State));
            Assert.All(_server.Callbacks.Done.Skip(given), done => Assert.Equal(NtStatus.Cancelled, done.Status));
            given = _server.Callbacks.Done.Count;
            Channel.Enable();
            Channel.Start();
            _server.Client.Start();
            foreach (PendingPacket packet in _server.TakeOwed(8 - 1))
            {
                packet.Complete([1]);
            }

            _server.Await(() => _server.Callbacks.Done.Skip(given).Count(done => done.Status == NtStatus.Success) >= 4, "the restored packets");
        }

        public void Dispose() => _server.Dispose();
    }
}
