using System.Reflection;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.BadInput;

/// <summary>Every member of a packet after its end or while it is under way: the status in the exception, and nothing changes.</summary>
public sealed class MisuseTests
{
    private delegate void Use(PacketCompletion packet);

    /// <summary>Members of a packet in its callback.</summary>
    private static readonly Dictionary<string, Use> Completions = new()
    {
        ["Complete"] = packet => packet.Complete(),
        ["Fail"] = packet => packet.Fail(),
        ["DeferToPassive"] = packet => packet.DeferToPassive(),
        ["Pend"] = packet => packet.Pend(),
        ["GetExternalData"] = packet => packet.GetExternalData(ExternalDataFlags.None, out _),
        ["Buffer"] = packet => _ = packet.Buffer.Length,
        ["TransactionId"] = packet => _ = packet.TransactionId,
        ["IsCompletionRequested"] = packet => _ = packet.IsCompletionRequested,
        ["ClientContext"] = packet => _ = packet.ClientContext.Length,
        ["Channel"] = packet => _ = packet.Channel,
    };

    private static readonly Dictionary<string, Action<PendingPacket>> Pendings = new()
    {
        ["Complete"] = packet => packet.Complete(),
        ["Fail"] = packet => packet.Fail(),
        ["GetExternalData"] = packet => packet.GetExternalData(ExternalDataFlags.None, out _),
        ["Buffer"] = packet => _ = packet.Buffer.Length,
        ["BufferMemory"] = packet => _ = packet.BufferMemory,
        ["TransactionId"] = packet => _ = packet.TransactionId,
        ["IsCompletionRequested"] = packet => _ = packet.IsCompletionRequested,
        ["ClientContext"] = packet => _ = packet.ClientContext.Length,
        ["Channel"] = packet => _ = packet.Channel,
    };

    private static readonly Dictionary<string, Action<VmbusPacket>> Sent = new()
    {
        ["Send"] = packet => packet.Send([1]),
        ["SendWithExternalPages"] = packet => packet.SendWithExternalPages([1], [1], 0, 8, VmbusSendFlags.WaitForCompletion),
        ["SetExternalData"] = packet => packet.SetExternalData(new byte[1]),
        ["AppendExternalData"] = packet => packet.AppendExternalData(new byte[1]),
        ["Restore"] = packet => packet.Restore([]),
        ["Dispose"] = packet => packet.Dispose(),
    };

    [Fact]
    public void The_tables_have_every_member()
    {
        Assert.Empty(Members(typeof(PacketCompletion)).Except(Completions.Keys));
        Assert.Empty(Members(typeof(PendingPacket)).Except(Pendings.Keys).Except([nameof(PendingPacket.IsDefault), nameof(Equals), nameof(GetHashCode)]));

        // Cancel answers, and the rest may be looked at at any time.
        Assert.Empty(Members(typeof(VmbusPacket)).Except(Sent.Keys).Except(["Cancel", "Channel", "Context", "CompletionRoutine"]));

        static IEnumerable<string> Members(Type type)
            => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false })
                .Select(member => member.Name);
    }

    [Fact]
    public void Nothing_can_be_done_with_a_packet_after_any_end_and_each_refusal_has_a_status()
    {
        foreach ((string end, Use how) in Completions.Where(use => use.Key is "Complete" or "Fail" or "DeferToPassive"))
        {
            foreach ((string name, Use use) in Completions)
            {
                using IrqlScope scope = KernelIrql.Raise(Irql.Dispatch);
                TestPacket packet = TestPacket.Create([1]);
                how(packet.Completion);
                TestPacketOutcome outcome = packet.Outcome;
                Exception? refused = null;
                try
                {
                    use(packet.Completion);
                }
                catch (Exception exception)
                {
                    refused = exception;
                }

                RequireStatus(refused, $"{name} after {end}");
                Assert.Equal(outcome, packet.Outcome);
            }
        }
    }

    [Fact]
    public void Nothing_can_be_done_with_a_pended_packet_after_its_end_and_each_refusal_has_a_status()
    {
        foreach (bool fail in new[] { false, true })
        {
            TestPacket packet = TestPacket.Create([1]);
            PendingPacket pending = packet.Completion.Pend();
            if (fail)
            {
                pending.Fail();
            }
            else
            {
                pending.Complete();
            }

            TestPacketOutcome outcome = packet.Outcome;
            foreach ((string name, Action<PendingPacket> use) in Pendings)
            {
                RequireStatus(Record.Exception(() => use(pending)), name);
                Assert.Equal(outcome, packet.Outcome);
            }
        }
    }

    [Fact]
    public void A_packet_that_is_under_way_or_was_disposed_is_refused_with_a_status_and_comes_to_its_end()
    {
        using ChannelPair pair = new();
        PendingPacket owed = default;
        pair.ServerCallbacks.OnPacket = (_, received, _, _) => owed = received.Pend();
        pair.Open();
        int ends = 0;
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => Interlocked.Increment(ref ends);
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        pair.Await(() => !owed.IsDefault, "the packet");
        foreach ((string name, Action<VmbusPacket> use) in Sent)
        {
            RequireStatus(Record.Exception(() => use(packet)), name);
        }

        owed.Complete();
        pair.Await(() => Volatile.Read(ref ends) == 1, "the end");
        packet.Dispose();
        foreach ((string name, Action<VmbusPacket> use) in Sent.Where(use => use.Key != "Dispose"))
        {
            RequireStatus(Record.Exception(() => use(packet)), name);
        }

        Assert.False(packet.Cancel());
        Assert.Equal((1L, 1), (pair.Client.Counters.PacketsSent, ends));
    }

    private static void RequireStatus(Exception? refused, string what)
    {
        Assert.True(refused is InvalidOperationException, $"{what}: {refused}");
        Assert.False(((NtStatus)unchecked((uint)refused!.HResult)).IsSuccess(), what);
        Assert.True(Enum.IsDefined((NtStatus)unchecked((uint)refused.HResult)), $"{what}: 0x{refused.HResult:X}");
    }
}
