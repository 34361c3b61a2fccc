using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;

namespace Vmbus.EffectsTool.Graph;

/// <summary>How well it is known what a call runs.</summary>
internal enum EdgeKind
{
    /// <summary>Just this method.</summary>
    Direct,

    /// <summary>One of several, and all are known: nobody else can override or implement the member.</summary>
    Closed,

    /// <summary>One of those that are known, or of a user's.</summary>
    Open,

    /// <summary>A static constructor, which runs once in a process.</summary>
    StaticConstructor,

    /// <summary>The body of an async method, of which its caller runs what stands before the first await.</summary>
    AsyncStart,

    /// <summary>The body of an iterator, which runs while what its method returned is enumerated.</summary>
    Enumeration,
}

/// <summary>A call, and what it may run.</summary>
/// <param name="Declared">The member that the call names.</param>
/// <param name="Targets">What it may run; of an open call the declared member itself is among them.</param>
/// <param name="Context">On which of the caller's ways the call is made.</param>
/// <param name="Offset">Where the call stands in the caller's IL; -1 for a static constructor.</param>
internal sealed record CallEdge(MethodNode Caller, EdgeKind Kind, MethodNode Declared, IReadOnlyList<MethodNode> Targets, CallContext Context, int Offset);
