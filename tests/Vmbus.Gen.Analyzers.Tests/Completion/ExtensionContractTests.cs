using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Completion.Stored;
using Vmbus.Gen.Analyzers.Tests.Language;
using Vmbus.Gen.CodeFixes.Completion;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;
using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>What members of extension blocks say of their packets, across assemblies, to other rules and to code fixes.</summary>
public sealed class ExtensionContractTests
{
    private const string Library = """
        public static class Ends
        {
            extension([CompletesPacket] PacketCompletion packet) { public void Take() => packet.Complete(); }
            extension([BorrowsPacket] PacketCompletion packet) { public ulong Look() => packet.TransactionId; public ulong Number => packet.TransactionId; }
            extension(PacketCompletion packet) { public void Silent() => packet.Complete(); public ReadOnlySpan<byte> Body() => packet.Buffer; }
            extension(VmbusChannel channel) { public void Give([CompletesPacket] PacketCompletion packet) => packet.Complete(); }
            extension(PacketCompletion) { public static void End([CompletesPacket] PacketCompletion packet) => packet.Complete(); }
        }
        """;

    private const string Store = "private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); [ProcessPacket(1u)] private void OnPacket(PacketCompletion packet) => _q.Enqueue(packet.Pend()); ";

    private static readonly (string Member, string Message, string? Attribute)[] Silent =
    [
        ("extension(PacketCompletion {|VMB109:packet|}) { public void Done() => packet.Complete(); }", "'Done' does not say whether it completes 'packet'; its body does: [CompletesPacket]", "CompletesPacket"),
        ("extension(PacketCompletion {|VMB109:packet|}) { public ulong Id => packet.TransactionId; }", "'Id' does not say whether it completes 'packet'; its body does not: [BorrowsPacket]", "BorrowsPacket"),
        ("extension(PendingPacket {|VMB109:p|}) { public NtStatus Status { set => p.Complete(); } }", "'Status' does not say whether it completes 'p'; its body does: [CompletesPacket]", "CompletesPacket"),
        ("extension(PendingPacket {|VMB109:p|}) { public void Done() => p.Complete(); internal void Look() => _ = p.TransactionId; }", "'Done' does not say whether it completes 'p'; its body does: [CompletesPacket]", null),
        ("extension(VmbusChannel channel) { public void Done(PacketCompletion {|VMB109:packet|}) => packet.Complete(); }", "'Done' does not say whether it completes 'packet'; its body does: [CompletesPacket]", "CompletesPacket"),
        ("extension(PacketCompletion) { public static void End(PacketCompletion {|VMB109:packet|}) => packet.Complete(); }", "'End' does not say whether it completes 'packet'; its body does: [CompletesPacket]", "CompletesPacket"),
    ];

    private static readonly string[] Said =
    [
        "public static class Ends { extension([CompletesPacket] PacketCompletion packet) { public void Done() => packet.Complete(); } }",
        "public static class Ends { extension([BorrowsPacket] PacketCompletion packet) { public ulong Id => packet.TransactionId; } }",
        "public static class Ends { extension(PacketCompletion packet) { internal void Done() => packet.Complete(); public static void Other() { } } }",
        "internal static class Ends { extension(PacketCompletion packet) { public void Done() => packet.Complete(); } }",
        "public static class Ends { extension(ref PendingPacket {|VMB109:p|}) { public void Done() => p.Complete(); } }",
    ];

    private static readonly (string Body, bool Leaks)[] AcrossAssemblies =
    [
        ("packet.Take();", false),
        ("packet.Take(); {|VMB102:packet.Complete()|};", false),
        ("Ends.Take(packet); {|VMB102:Ends.Take(packet)|};", false),
        ("_ = packet.Look(); _ = packet.Number; packet.Complete();", false),
        ("_ = packet.Look();", true),
        ("_ = Ends.Look(packet);", true),
        ("packet.Silent();", true),
        ("channel.Give(packet);", false),
        ("channel.Give(packet); {|VMB102:packet.Fail()|};", false),
        ("PacketCompletion.End(packet);", false),
        ("PacketCompletion.End(packet); {|VMB102:Ends.End(packet)|};", false),
    ];

    private static readonly (string Members, string Blocks)[] Stored =
    [
        (Store + "private void Next() => _q.Dequeue().Look();", "extension(PendingPacket p) { public void Done() => p.Complete(); public void Look() => _ = p.TransactionId; }"),
        (Store + "private void Next() => _ = _q.Dequeue().Even;", "extension(PendingPacket p) { public bool Ended { get { p.Complete(); return true; } } public bool Even => p.TransactionId % 2 == 0; }"),
        (Store + "private int Size() => _q.Size();", "extension(Queue<PendingPacket> queue) { public int Size() => queue.Count; public void Drain() { while (queue.Count > 0) queue.Dequeue().Fail(); } }"),
        (Store + "private void Next() => _q.Dequeue().Look();", "extension([BorrowsPacket] PendingPacket p) { public void Look() => _ = p.TransactionId; }"),
        ("private PendingPacket {|VMB106:Next|} { get; set => field = value; } [ProcessPacket(1u)] private void OnPacket(PacketCompletion packet) => Next = packet.Pend();", ""),
        ("private Host? _other; private PendingPacket {|VMB106:_slot|}; [ProcessPacket(1u)] private void OnPacket(PacketCompletion packet) => _other?._slot = packet.Pend();", ""),
    ];

    private static readonly (string Members, string Blocks)[] Ended =
    [
        (Store + "private void Next() => _q.Dequeue().Done();", "extension(PendingPacket p) { public void Done() => p.Complete(); public void Look() => _ = p.TransactionId; }"),
        (Store + "private void Next() => Ends.Done(_q.Dequeue());", "extension(PendingPacket p) { public void Done() => p.Complete(); }"),
        (Store + "private void Next() => _ = _q.Dequeue().Ended;", "extension(PendingPacket p) { public bool Ended { get { p.Complete(); return true; } } }"),
        (Store + "private void Drain() => _q.Drain();", "extension(Queue<PendingPacket> queue) { public void Drain() { while (queue.Count > 0) queue.Dequeue().Fail(); } }"),
        (Store + "private void Next() => _q.Dequeue().Take();", "extension([CompletesPacket] PendingPacket p) { public void Take() => p.Complete(); }"),
        ("private PendingPacket Next { get; set { field.Fail(); field = value; } } [ProcessPacket(1u)] private void OnPacket(PacketCompletion packet) => Next = packet.Pend();", ""),
        ("private Host? _other; private PendingPacket _slot; [ProcessPacket(1u)] private void OnPacket(PacketCompletion packet) => _other?._slot = packet.Pend(); private void Next() => _slot.Complete();", ""),
    ];

    [Fact]
    public async Task PublicMembersSayWhoOwes()
    {
        foreach ((string member, string message, string? attribute) in CSharp14.Only(Silent))
        {
            ImmutableArray<Diagnostic> found = await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyMessageAsync("public static class Ends { " + member + " }", "VMB109", message);
            Assert.Equal(attribute, Assert.Single(found).Properties["Attribute"]);
        }
    }

    [Fact]
    public async Task WhoMustSay()
    {
        foreach (string source in CSharp14.Only(Said))
        {
            await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyRuleAsync("VMB109", source);
        }
    }

    [Fact]
    public async Task ABlockSaysItForAllItsMembers()
    {
        foreach (string block in CSharp14.Only(["extension({0}PendingPacket {1}) {{ public void Done() => packet.Complete(); public void Fail2() => packet.Fail(); }}"]))
        {
            await CodeFixVerifier<PacketCompletionAnalyzer, PacketContractFix>.VerifyAsync(
                "public static class C { " + string.Format(null, block, "", "{|VMB109:{|VMB109:packet|}|}") + " }",
                "public static class C { " + string.Format(null, block, "[CompletesPacket] ", "packet") + " }");
        }
    }

    [Fact]
    public async Task ContractsHoldAcrossAssemblies()
    {
        foreach ((string body, bool leaks) in CSharp14.Only(AcrossAssemblies))
        {
            await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyAsync(TestProject.Of(leaks ? Leaks(body) : Completes(body)).WithLibrary(CompiledLibrary.Of(TestProject.Of(Library) with { AssemblyName = "Library" })));
        }
    }

    [Fact]
    public async Task AnOptionSaysItForMembersOfOtherAssemblies()
    {
        foreach (string body in CSharp14.Only(["packet.Silent();", "packet.Silent(); {|VMB102:packet.Complete()|};", "Ends.Silent(packet);"]))
        {
            await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyAsync(
                (TestProject.Of(Completes(body)) with { EditorConfig = "vmbus.completing_methods = M:Ends.Silent(Vmbus.PacketCompletion)" })
                    .WithLibrary(CompiledLibrary.Of(TestProject.Of(Library) with { AssemblyName = "Library" })));
        }
    }

    [Fact]
    public async Task StoredPacketsAreFollowedIntoMembers()
    {
        foreach ((string members, string blocks) in CSharp14.Only(Stored))
        {
            await AnalyzerVerifier<StoredPacketAnalyzer>.VerifyAsync(Class(members) + "\ninternal static class Ends { " + blocks + " }");
        }

        foreach ((string members, string blocks) in CSharp14.Only(Ended))
        {
            await AnalyzerVerifier<StoredPacketAnalyzer>.VerifyAsync(Class(members).Replace("{|VMB106:_q|}", "_q", StringComparison.Ordinal) + "\ninternal static class Ends { " + blocks + " }");
        }
    }
}
