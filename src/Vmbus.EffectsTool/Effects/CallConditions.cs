using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>On which arguments it depends whether a method blocks.</summary>
internal sealed class CallConditions(ReviewedMembers reviewed)
{
    /// <summary>The condition that a reviewer gave, else the one that a time-out parameter implies.</summary>
    public BlockingCondition Of(MethodNode method)
        => reviewed.Find(method) is { Condition: not BlockingCondition.Always } entry ? entry.Condition
            : TimeoutParameter.Of(method) >= 0 ? BlockingCondition.UnlessZero
            : BlockingCondition.Always;

    /// <summary>Whether a reviewer decided about a method, so that nothing that it does counts beside.</summary>
    public bool IsReviewed(MethodNode method) => reviewed.Find(method) is not null;

    /// <summary>Whether a call inside the framework is made so that its callee does not block.</summary>
    public bool IsExcluded(CallSite call, BodyReading body) => call.Receiver.IsOverMemory || ComparesOrdinally(call) || Of(call.Target) switch
    {
        BlockingCondition.UnlessZero or BlockingCondition.OnlyWithTimeout => TimeoutParameter.Of(call.Target) is >= 0 and var i && call.Arguments[i].Constant == 0,
        BlockingCondition.UnlessSpinning => call.Arguments is [{ Constant: -1 }],
        BlockingCondition.UnlessCompleted => body.AsksForCompletion,
        BlockingCondition.Always => call.Target is { Name: "get_Value", Owner.FullName: "System.Lazy`1" } && body.AsksForCompletion,
        _ => false,
    };

    /// <summary>Whether characters are compared as they are: no culture is asked.</summary>
    private static bool ComparesOrdinally(CallSite call) => call.Target.Owner.FullName switch
    {
        "System.String" or "System.MemoryExtensions" => HasConstant(call, "System.StringComparison", (long)StringComparison.Ordinal) || HasConstant(call, "System.StringComparison", (long)StringComparison.OrdinalIgnoreCase),
        "Microsoft.VisualBasic.CompilerServices.Operators" => call.Target.Name == "CompareString" && HasConstant(call, "System.Boolean", 0),
        _ => false,
    };

    private static bool HasConstant(CallSite call, string type, long value)
        => call.Arguments.Where((a, i) => a.Constant == value && call.Target.Signature.ParameterTypes[i].Text == type).Any();
}
