using System.Collections.Immutable;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>A use, inside a method, of a parameter (a packet, or a view) after the method completed one of its packets.</summary>
internal readonly record struct LateUse(int Subject, int Packet, PacketRule Rule);

/// <summary>What a method does on some path to the packets that it takes, and with their memory and that of views; parameters by ordinal, in bits.</summary>
/// <param name="Ends">Packets that are completed, failed, deferred or pended, also where the method never comes back.</param>
/// <param name="Reads">Packets of which a member is read, and views that are read.</param>
/// <param name="Retains">Views that are kept when the method has returned.</param>
/// <param name="Returns">Packets and views into whose memory the result looks.</param>
/// <param name="LateUses">Uses after a completion by the method itself.</param>
/// <param name="Outputs">Parameters by reference that hold a view of another parameter at the end.</param>
internal sealed record ViewSummary(
    ulong Ends,
    ulong Reads,
    ulong Retains,
    ulong Returns,
    ImmutableArray<LateUse> LateUses,
    ImmutableArray<(int Output, int Source)> Outputs)
{
    public static readonly ViewSummary None = new(0, 0, 0, 0, [], []);

    public ViewSummary Or(ViewSummary other)
        => new(Ends | other.Ends, Reads | other.Reads, Retains | other.Retains, Returns | other.Returns, [.. LateUses.Union(other.LateUses)], [.. Outputs.Union(other.Outputs)]);

    public bool Equals(ViewSummary? other)
        => other is not null && other.Ends == Ends && other.Reads == Reads && other.Retains == Retains && other.Returns == Returns
            && other.LateUses.SequenceEqual(LateUses) && other.Outputs.SequenceEqual(Outputs);

    public override int GetHashCode() => unchecked((int)((Ends * 37) + (Reads * 31) + (Retains * 7) + Returns));
}
