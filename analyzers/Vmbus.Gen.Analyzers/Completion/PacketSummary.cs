using System.Collections.Immutable;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>One way in which a method ends: what it returns, and what became of the packets that it was given.</summary>
/// <param name="Throws">Whether an exception leaves the method.</param>
/// <param name="Returns">The numbers or truth values that it may return then; null if nothing is known.</param>
/// <param name="ReturnsNull">Whether it returns null (or a default packet) then; null if nothing is known.</param>
/// <param name="ReturnsOwed">Whether it returns a packet that the caller owes.</param>
/// <param name="OwedOutputs">The parameters by reference that hold a packet that the caller owes, as bits.</param>
/// <param name="EmptyOutputs">Those that hold none.</param>
/// <param name="Statuses">The status of each packet parameter, eight bits each, by ordinal.</param>
/// <param name="Pended">The outputs that are what an inline packet parameter became when it was pended, as bits; <see cref="ReturnBit"/> is the result.</param>
/// <param name="Same">For each output which packet parameter it is, four bits each, by ordinal: one more than that parameter's ordinal, or 0.</param>
/// <param name="Defaults">The packet parameters that are no packet when it ends so, as bits.</param>
/// <param name="LosesOwn">Whether the exception of something called leaves it while it owes a packet that its caller never saw.</param>
internal sealed record PacketOutcome(
    bool Throws, IntervalSet? Returns, bool? ReturnsNull, bool ReturnsOwed, ulong OwedOutputs, ulong EmptyOutputs, ulong Statuses, ulong Pended, ulong Same, byte Defaults, bool LosesOwn)
{
    public const int MaximumParameters = 8;

    /// <summary>The result's place among outputs that are parameters; which packet a parameter from here on puts out is not told.</summary>
    public const int ReturnSlot = 15;

    /// <summary>Parameters from here on are not followed as outputs: the last bit is the result's.</summary>
    public const int MaximumOutputs = 63;

    /// <summary>The bit of the result among outputs.</summary>
    public const ulong ReturnBit = 1UL << MaximumOutputs;

    public bool IsDefault(int ordinal) => ordinal < MaximumParameters && (Defaults & (1 << ordinal)) != 0;

    /// <summary>The ordinal of the packet parameter that an output is; -1 if it is none.</summary>
    public int SourceOf(int output) => output <= ReturnSlot ? (int)(Same >> (output * 4) & 15) - 1 : -1;

    /// <summary>Whether some output is the parameter.</summary>
    public bool ComesBack(int ordinal)
    {
        for (ulong rest = Same; rest != 0; rest >>= 4)
        {
            if ((int)(rest & 15) == ordinal + 1)
            {
                return true;
            }
        }

        return false;
    }

    public PacketStatus StatusOf(int ordinal)
        => ordinal < MaximumParameters ? (PacketStatus)(byte)(Statuses >> (ordinal * 8)) : PacketStatus.Unknown;
}

/// <summary>What a method does to the packets that it takes, one outcome for each way that can be told apart.</summary>
internal sealed class PacketSummary(ImmutableArray<PacketOutcome> outcomes, ViewSummary views, bool isKnown) : IEquatable<PacketSummary>
{
    /// <summary>Never ends, in any way: where the search for a recursive method's summary begins.</summary>
    public static readonly PacketSummary Bottom = new([], ViewSummary.None, isKnown: true);

    /// <summary>Too deep to be followed.</summary>
    public static readonly PacketSummary Unknown = new([], ViewSummary.None, isKnown: false);

    public ImmutableArray<PacketOutcome> Outcomes { get; } = outcomes;

    /// <summary>What it does with the memory of its packets and views.</summary>
    public ViewSummary Views { get; } = views;

    public bool IsKnown { get; } = isKnown;

    /// <summary>Whether a packet of its own may be lost because something that it calls throws.</summary>
    public bool MayLoseOwn { get; } = outcomes.Any(static o => o.LosesOwn);

    /// <summary>What either of two methods does.</summary>
    public PacketSummary Or(PacketSummary other)
        => new([.. Outcomes.Union(other.Outcomes)], Views.Or(other.Views), IsKnown && other.IsKnown);

    /// <summary>Whether some path completes, fails, defers or pends the packet of a parameter, also one that never leaves the method.</summary>
    public bool Ends(int ordinal) => ordinal < PacketOutcome.MaximumParameters && (Views.Ends & (1UL << ordinal)) != 0;

    /// <summary>The order in which the outcomes were found says nothing.</summary>
    public bool Equals(PacketSummary? other)
        => other is not null && other.IsKnown == IsKnown && other.Views.Equals(Views) && other.Outcomes.Length == Outcomes.Length && other.Outcomes.All(Outcomes.Contains);

    public override bool Equals(object? obj) => Equals(obj as PacketSummary);

    public override int GetHashCode() => Outcomes.Length;
}
