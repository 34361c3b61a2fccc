using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>A line of the reviewed list.</summary>
internal sealed record ReviewedMember(MemberPattern Pattern, ReviewedVerdict Verdict, BlockingCategory Category, BlockingCondition Condition, string Reason);
