using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>What one body does, as far as effects go.</summary>
/// <param name="Calls">The calls; those on ways that only throw are left out.</param>
/// <param name="StaticsTouched">The types whose static constructor the body may start.</param>
/// <param name="AsksForCompletion">Whether it asks a task whether it is complete, or a lazy value whether it is there.</param>
/// <param name="Returned">What is known of the value that it returns.</param>
/// <param name="Stored">What is known of the values that it stores in fields of interfaces and abstract classes.</param>
internal sealed record BodyReading(
    IReadOnlyList<CallSite> Calls, IReadOnlyCollection<TypeNode> StaticsTouched, bool AsksForCompletion, AbstractValue Returned, IReadOnlyList<(TypeNode Owner, string Field, AbstractValue Value)> Stored)
{
    public static BodyReading Empty { get; } = new([], [], false, AbstractValue.Unknown, []);
}
