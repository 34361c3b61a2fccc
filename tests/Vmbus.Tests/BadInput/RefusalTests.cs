using System.Reflection;
using System.Runtime.CompilerServices;
using Vmbus.CompilerServices;
using Vmbus.Testing;

namespace Vmbus.Tests.BadInput;

/// <summary>Every refusal of every public member: the status in the exception, and nothing changes.</summary>
public sealed class RefusalTests
{
    /// <summary>Members whose refusals other tables hold.</summary>
    private static readonly Dictionary<Type, string> Elsewhere = new()
    {
        [typeof(VmbusChannel)] = nameof(StateTests),
        [typeof(VmbusPacket)] = nameof(MisuseTests),
        [typeof(PacketCompletion)] = nameof(MisuseTests),
        [typeof(PendingPacket)] = nameof(MisuseTests),
        [typeof(NativeDispatch)] = "NativeExceptionTests and NativeLifecycleTests: a host gets a status, or, where the callback has none, an event",
        [typeof(VmbusChannelOptions)] = nameof(OptionTests),
        [typeof(VmbusBusOptions)] = nameof(OptionTests),
        [typeof(VerifierOptions)] = nameof(OptionTests),
        [typeof(LoopbackOptions)] = "what it holds is checked where channels and buses are made of it",
    };

    /// <summary>Members that refuse nothing, and why.</summary>
    private static readonly Dictionary<string, string> Harmless = new()
    {
        ["ChannelCounters"] = "values",
        ["CallbackTraits"] = "values",
        ["HandlerExceptionEventArgs"] = "values",
        ["OwedPacketsEventArgs"] = "values",
        ["OwedPacket"] = "values",
        ["RequestResult"] = "values",
        ["PeerResponse"] = "values; As fails the test that calls it",
        ["VerifierReport"] = "values",
        ["VmbusOffer"] = "values",
        ["NativeCallbackTable"] = "values, which the host gives to C",
        ["NativeKmclExports"] = "values, which NativeChannel.Create checks",
        ["NativeMdl"] = "values, which are checked where they are followed",
        ["NtStatusExtensions"] = "answers for every number",
        ["VmbusVerifier"] = "any value of Enabled is one",
        ["GuestMemoryBlock"] = "disposing twice is disposing once",
        ["ExternalData.Length"] = "a number that was taken when the data was obtained",
        ["ExternalData.IsReadOnly"] = "as Length",
        ["ExternalData.SegmentCount"] = "as Length",
        ["Gpadl.Length"] = "may be asked for at any time",
        ["Gpadl.IsReadOnly"] = "as Length",
        ["Gpadl.SegmentCount"] = "as Length",
        ["Gpadl.Handle"] = "as Length",
        ["Gpadl.DisposeAsync"] = "ending twice is ending once, at any level",
        ["KernelIrql.Current"] = "asks",
        ["IrqlScope.Previous"] = "asks",
        ["VmbusBus.Options"] = "asks",
        ["VmbusBus.GuestMemory"] = "asks",
        ["SharedMemoryBus.Path"] = "asks",
        ["SharedMemoryBus.IsHost"] = "asks",
        ["SharedMemoryBus.IsConnected"] = "asks",
        ["SharedMemoryBus.WhenDisconnected"] = "asks",
        ["SharedMemoryBus.DisconnectReason"] = "asks",
        ["SharedMemoryBus.DisposeAsync"] = "disposing twice is disposing once, at any level",
        ["PacketBatch.MoveNext"] = "answers false where there is no packet",
        ["PacketBatch.Buffer"] = "empty where there is no packet",
        ["PacketBatch.Flags"] = "none where there is no packet",
        ["PacketBatch.Channel"] = "asks",
        ["GeneratedDispatch.KeepFields"] = "takes nothing",
        ["PacketReplay.Completed"] = "a number",
        ["PacketReplay.Failed"] = "a number",
        ["PacketReplay.Deferred"] = "a number",
        ["PacketReplay.Pended"] = "a number",
        ["PacketReplay.Lost"] = "a number",
        ["TestPacket"] = "any bytes are a packet, and it is asked what became of it; CompletedWith fails the test that calls it",
        ["FaultyCallbacks.Faults"] = "a number",
        ["PacketFault.Kind"] = "asks",
        ["PacketFault.Operand"] = "asks",
        ["PacketFault.Exception"] = "asks",
        ["PacketFault.Lose"] = "a constant",
        ["PeerAnswer.Complete"] = "any bytes are a payload",
        ["PeerAnswer.Fail"] = "a constant",
        ["LoopbackPair"] = "what a channel refuses is its answer; what does not come fails the test that waits for it",
        ["ScriptedPeer"] = "any step is one; a step that is added too late is held by ScriptedPeerTests",
    };

    public static TheoryData<string> Cases => [.. RefusalTable.All.Select(refusal => refusal.ToString())];

    [Fact]
    public void Every_public_member_is_misused_or_says_why_it_cannot_be()
    {
        HashSet<string> misused = [.. RefusalTable.All.Select(refusal => $"{refusal.Type.Name}.{refusal.Member}")];
        HashSet<string> used = [];
        List<string> missing = [];
        foreach (Type type in typeof(VmbusChannel).Assembly.GetExportedTypes().Where(CanRefuse))
        {
            if (Elsewhere.ContainsKey(type))
            {
                continue;
            }

            foreach (string member in Members(type))
            {
                string name = $"{type.Name}.{member}";
                if (misused.Contains(name))
                {
                    continue;
                }

                if (Harmless.ContainsKey(name) ? used.Add(name) || true : Harmless.ContainsKey(type.Name) && (used.Add(type.Name) || true))
                {
                    continue;
                }

                missing.Add(name);
            }
        }

        Assert.True(missing.Count == 0, $"Neither misused in RefusalTable nor said to be harmless: {string.Join(", ", missing)}");
        Assert.Empty(Harmless.Keys.Except(used));
    }

    [Fact]
    public void Every_member_for_PASSIVE_LEVEL_is_refused_at_each_level_above_it()
    {
        // It needs the functions of a host, and is then SetCallbacks.
        HashSet<string> expected = [];
        foreach (Type type in typeof(VmbusChannel).Assembly.GetExportedTypes().Where(CanRefuse))
        {
            expected.UnionWith(type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(method => method.GetCustomAttribute<IrqlRequiresMaxAttribute>() is { Irql: Irql.Passive })
                .Select(method => $"{type.Name}.{method.Name}"));
        }

        Assert.True(expected.Remove("NativeChannel.Create"));
        Assert.InRange(expected.Count, 20, 100);
        foreach (string level in new[] { "at Apc", "at Dispatch" })
        {
            Assert.Empty(expected.Except(RefusalTable.All.Where(refusal => refusal.Case.EndsWith(level, StringComparison.Ordinal)).Select(refusal => $"{refusal.Type.Name}.{refusal.Member}")));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_refusal_carries_its_status_and_changes_nothing(string name)
    {
        Refusal refusal = RefusalTable.All.Single(refusal => refusal.ToString() == name);
        using RefusalScene scene = new();
        string before = scene.Describe();
        Exception refused = Assert.Throws(refusal.Exception, () => refusal.Use(scene));
        Assert.Equal(refusal.Status, (NtStatus)unchecked((uint)refused.HResult));
        Assert.False(string.IsNullOrWhiteSpace(refused.Message));
        if (refused is VmbusException kmcl)
        {
            Assert.Equal(refusal.Status, kmcl.Status);
        }

        if (!refusal.Case.Contains("completion", StringComparison.Ordinal))
        {
            Assert.Equal(before, scene.Describe());
        }
    }

    /// <summary>The ring knows no status; the rest has no code that could refuse.</summary>
    private static bool CanRefuse(Type type)
        => type is { IsEnum: false, IsInterface: false }
            && type.Namespace != "Vmbus.Ring"
            && !typeof(Attribute).IsAssignableFrom(type)
            && !typeof(Exception).IsAssignableFrom(type)
            && !typeof(Delegate).IsAssignableFrom(type);

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<string> members = type.GetMembers(Declared)
            .Where(member => member switch
            {
                MethodInfo method => !method.IsSpecialName && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                    && method.GetBaseDefinition().DeclaringType != typeof(object) && method.Name != nameof(Equals),
                PropertyInfo => true,
                ConstructorInfo constructor => constructor.GetParameters().Length != 0,
                _ => false,
            })
            .Select(member => member is ConstructorInfo ? type.Name : member.Name);
        return members.Distinct();
    }
}
