using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>What is known of a value on the evaluation stack.</summary>
/// <param name="Type">The type that it has at least.</param>
/// <param name="IsExact">Whether it is just of that type, and of none derived from it.</param>
/// <param name="Constant">Its value, where that is a known number; 0 for null and for the zero time span.</param>
/// <param name="IsThis">Whether it is the instance that the method was called on.</param>
internal readonly record struct AbstractValue(TypeSignature? Type, bool IsExact = false, long? Constant = null, bool IsThis = false)
{
    public static AbstractValue Unknown => default;

    public static AbstractValue Of(long constant) => new(null, false, constant);

    public AbstractValue Merge(AbstractValue other)
    {
        bool same = Type?.Text == other.Type?.Text;
        return new AbstractValue(same ? Type : null, same && IsExact && other.IsExact, Constant == other.Constant ? Constant : null, IsThis && other.IsThis);
    }
}
