using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>Handlers that complete, pend, store and forget packets.</summary>
internal static class PacketLanguage
{
    public const string Inline = "Inline";
    public const string Pending = "Pending";

    /// <summary>The packet of a handler that returns its completion.</summary>
    public const string Answered = "Answered";
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
            KeyValuePair.Create(Answered, "PacketCompletion"),
            KeyValuePair.Create(Pending, "PendingPacket"),
            KeyValuePair.Create(Optional, "PendingPacket?"),
        ]),
        ThemeEvery = 4,
        NotesCalls = true,
        Uncapturable = [Inline, Answered],
        Roots =
        [
            new("[ProcessPacket(1u)] private void Handle(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)", "packet", Inline, ScopeKind.Block, 14),
            new("private void Handle([CompletesPacket] PacketCompletion packet)", "packet", Inline, ScopeKind.Block, 2, "contract"),
            new("private void Handle([CompletesPacket] PendingPacket packet)", "packet", Pending, ScopeKind.Block, 5, "contract"),
            new("private async Task Handle([CompletesPacket] PendingPacket packet)", "packet", Pending, ScopeKind.Async, 2, "async"),
            new("[ProcessPacket(2u)] private NtStatus Handle(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)", "packet", Answered, ScopeKind.Answering, 1, "value-handler")
            {
                Goal = Goal.Keep,
                Ending = "        return NtStatus.Success;\n",
            },
        ],
        Members =
        [
            ("_queue", "private readonly ConcurrentQueue<PendingPacket> _queue = new();"),
            ("_arrived", "private readonly ConcurrentQueue<PendingPacket> _arrived = Arrivals.Queued();"),
            ("_paired", "private readonly ConcurrentQueue<(PendingPacket Packet, int Number)> _paired = Arrivals.Paired();"),
            ("_waiting", "private readonly ConcurrentQueue<Waiting> _waiting = Arrivals.Waiting();"),
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
}
