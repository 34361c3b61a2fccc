using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>Handlers that complete, pend, store and forget packets.</summary>
internal static class PacketLanguage
{
    public const string Inline = "Inline";
    public const string Pending = "Pending";
    public const string Optional = "Optional";

    public static readonly Language Instance = new()
    {
        Usings = """
            using System.Collections.Concurrent;
            using System.Threading.Channels;
            using Vmbus.Analyzers.Differential.Oracle;
            using Vmbus.Analyzers.Differential.Oracle.Choices;
            using Vmbus.Analyzers.Differential.Oracle.Packets;
            using static Vmbus.Analyzers.Differential.Oracle.Unknown;

            """,
        Types = ImmutableDictionary.CreateRange(
        [
            KeyValuePair.Create(Inline, "PacketCompletion"),
            KeyValuePair.Create(Pending, "PendingPacket"),
            KeyValuePair.Create(Optional, "PendingPacket?"),
        ]),
        Uncapturable = [Inline],
        Roots =
        [
            new("[ProcessPacket(1u)] private void Handle(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)", "packet", Inline, ScopeKind.Block, 14),
            new("private void Handle([CompletesPacket] PacketCompletion packet)", "packet", Inline, ScopeKind.Block, 2, "contract"),
            new("private void Handle([CompletesPacket] PendingPacket packet)", "packet", Pending, ScopeKind.Block, 5, "contract"),
            new("private async Task Handle([CompletesPacket] PendingPacket packet)", "packet", Pending, ScopeKind.Async, 2, "async"),
        ],
        Members =
        [
            ("_queue", "private readonly ConcurrentQueue<PendingPacket> _queue = new();"),
            ("_arrived", "private readonly ConcurrentQueue<PendingPacket> _arrived = Arrivals.Queued();"),
            ("_list", "private readonly List<PendingPacket> _list = [];"),
            ("_pairs", "private readonly Queue<(PendingPacket, int)> _pairs = new();"),
            ("_transfers", "private readonly List<Transfer> _transfers = [];"),
            ("_byId", "private readonly Dictionary<int, PendingPacket> _byId = Arrivals.Keyed();"),
            ("_bounded", "private readonly Channel<PendingPacket> _bounded = Arrivals.Bounded();"),
            ("_slots", "private readonly PendingPacket[] _slots = new PendingPacket[64];"),
            ("_held", "private PendingPacket _held;"),
            ("_later", "private readonly List<Action> _later = [];"),
            ("_isReady", "private bool _isReady = Arrivals.IsReady();"),
            ("Toggle()", "private void Toggle() { /*@using var call = Call.Begin();@*/ Work(); _isReady = !_isReady; }"),
            ("Arrived()", "private PendingPacket? Arrived() { /*@using var call = Call.Begin();@*/ return /*@Arrivals.Meanwhile(_arrived) &@*/ _arrived.TryDequeue(out PendingPacket next) ? next : null; }"),
        ],
        Conditions = PacketConditions.All,
        Statements = [.. EndingStatements.All, .. BranchStatements.All, .. LoopStatements.All, .. ExceptionStatements.All, .. CallStatements.All, .. PendingStatements.All, .. KeepingStatements.All],
    };

    public static StatementTemplate End(string constructs, string text, string blocks = "", string member = "") => new(text, member, Goal.End, blocks, constructs);

    public static StatementTemplate Keep(string constructs, string text, string blocks = "", string member = "") => new(text, member, Goal.Keep, blocks, constructs);

    public static StatementTemplate About(this StatementTemplate template, params string[] kinds) => template with { Subjects = [.. kinds] };

    public static StatementTemplate Weighing(this StatementTemplate template, int weight) => template with { Weight = weight };

    public static StatementTemplate Wild(this StatementTemplate template) => template with { IsWild = true };

    /// <summary>Only where nothing else goes wrong: whoever holds the packet is no longer followed.</summary>
    public static StatementTemplate Tame(this StatementTemplate template) => template with { IsTame = true };

    /// <summary>Not in functions that are no ordinary ones: a ref struct or a nested function cannot stand there.</summary>
    public static StatementTemplate NotIn(this StatementTemplate template, params ScopeKind[] scopes) => template with { Not = [.. scopes] };
}
