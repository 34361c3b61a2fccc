using FsCheck;
using FsCheck.Fluent;

namespace Vmbus.Tests.SaveRestore;

/// <summary>Whatever the sizes of the buffers that a channel is saved into, and however its chunks are put together again: the same packets.</summary>
public sealed class ChunkTests
{
    [Fact]
    public void Any_sizes_of_buffers_restore_the_same_packets()
    {
        Gen<(int Name, int Payload, int Kind)> packet = from name in Gen.Choose(0, 200) from payload in Gen.Choose(0, 600) from kind in Gen.Choose(0, 2) select (name, payload, kind);
        Gen<Case> cases = from packets in packet.ListOf()
                          from sizes in Gen.Choose(0, 900).NonEmptyListOf()
                          from groups in Gen.Choose(1, 4).NonEmptyListOf()
                          select new Case([.. packets], [.. sizes], [.. groups]);
        Prop.ForAll(Arb.From(cases), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static void Holds(Case sample)
    {
        using SavedServer saved = new SavedServer(4096).Open();
        saved.Client.Pause();
        List<string> names = [];
        foreach ((int name, int payload, int kind) in sample.Packets)
        {
            names.Add($"{names.Count}:{new string('n', name)}");
            switch (kind)
            {
                case 0:
                    saved.Send(names[^1], VmbusSendFlags.WaitForCompletion, new byte[payload + 1]);
                    break;
                case 1:
                    saved.Send(names[^1], VmbusSendFlags.None, new byte[payload + 1]);
                    break;
                default:
                    Assert.Equal(NtStatus.Success, saved.Server.Send(new byte[payload + 1]));
                    break;
            }
        }

        HashSet<string> done = [.. saved.Callbacks.Done.Select(done => done.Name)];
        List<byte[]> chunks = SaveInto(saved, sample.Sizes);
        saved.Replace();
        NtStatus status = NtStatus.MoreProcessingRequired;
        for (int i = 0, group = 0; i < chunks.Count; group++)
        {
            Assert.Equal(NtStatus.MoreProcessingRequired, status);
            int count = Math.Min(sample.Groups[group % sample.Groups.Length], chunks.Count - i);
            status = saved.Server.RestoreFromBuffer([.. chunks.Skip(i).Take(count).SelectMany(chunk => chunk)]);
            i += count;
        }

        Assert.Equal(NtStatus.Success, status);
        saved.Server.Enable();
        saved.Server.Start();
        saved.Client.Start();
        foreach (PendingPacket owed in saved.TakeOwed(names.Count))
        {
            owed.Complete();
        }

        string[] expected = [.. names.Where((name, i) => sample.Packets[i].Kind != 2 && !done.Contains(name)).Order(StringComparer.Ordinal)];
        saved.Await(() => saved.Callbacks.Done.Count >= expected.Length, "all restored packets");
        Assert.Equal(expected, saved.Callbacks.Done.Select(done => done.Name).Order(StringComparer.Ordinal));
        Assert.All(saved.Callbacks.Done, done => Assert.Equal(NtStatus.Success, done.Status));
        Assert.Equal(0, saved.Server.Counters.UnexpectedCompletions);
    }

    /// <summary>Saves into buffers of given sizes; where one is too small, into one of the size that was asked for.</summary>
    private static List<byte[]> SaveInto(SavedServer saved, int[] sizes)
    {
        saved.Server.Pause();
        saved.Server.SaveBegin();
        List<byte[]> chunks = [];
        int required = 0;
        for (int i = 0; ; i++)
        {
            byte[] buffer = new byte[sizes[i % sizes.Length]];
            int before = required;
            NtStatus status = saved.Server.SaveContinue(buffer, out int filled, out required);
            if (status == NtStatus.BufferTooSmall)
            {
                // It says what it needs, the same as the call before, and that is enough.
                Assert.True(filled == 0 && required > buffer.Length && (before == 0 || required == before), $"{buffer.Length} bytes given, {filled} filled, {before} and then {required} required");
                buffer = new byte[required];
                status = saved.Server.SaveContinue(buffer, out filled, out required);
            }

            Assert.InRange(filled, 1, buffer.Length);
            chunks.Add(buffer[..filled]);
            if (status == NtStatus.Success)
            {
                Assert.Equal(0, required);
                saved.Server.SaveEnd();
                return chunks;
            }

            Assert.Equal(NtStatus.BufferOverflow, status);
        }
    }

    private sealed record Case((int Name, int Payload, int Kind)[] Packets, int[] Sizes, int[] Groups)
    {
        public override string ToString() => $"packets {string.Join(' ', Packets)}, sizes {string.Join(' ', Sizes)}, groups {string.Join(' ', Groups)}";
    }
}
