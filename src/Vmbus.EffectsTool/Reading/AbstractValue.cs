using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>What is known of a value on the evaluation stack.</summary>
/// <param name="Type">The type that it has at least.</param>
/// <param name="IsExact">Whether it is just of that type, and of none derived from it.</param>
/// <param name="Constant">Its value, where that is a known number; 0 for null and for the zero time span.</param>
/// <param name="IsThis">Whether it is the instance that the method was called on.</param>
/// <param name="StaticField">The static field that it was read from, if it is a reference.</param>
/// <param name="Described">The type that it describes, where it is a type object.</param>
/// <param name="IsOverMemory">Whether it is a reader or writer that was made over a stream of memory.</param>
/// <param name="Enumerated">The interface by which the collection is known that it enumerates.</param>
internal readonly record struct AbstractValue(
    TypeSignature? Type, bool IsExact = false, long? Constant = null, bool IsThis = false, string? StaticField = null, TypeSignature? Described = null, bool IsOverMemory = false, TypeNode? Enumerated = null)
{
    public static AbstractValue Unknown => default;

    public static AbstractValue Of(long constant) => new(null, false, constant);

    /// <summary>Whether it enumerates an array, as collections have it that are empty, and so reads memory whatever else it may be.</summary>
    public bool EnumeratesArray => Type?.Name == "System.SZGenericArrayEnumerator`1";

    /// <summary>What holds for this value and the other.</summary>
    public AbstractValue Merge(AbstractValue other)
    {
        if (EnumeratesArray != other.EnumeratesArray && Type is not null && other.Type is not null)
        {
            return (EnumeratesArray ? other : this) with { Constant = null, IsThis = false, StaticField = null };
        }

        bool same = Type?.Text == other.Type?.Text;
        return new AbstractValue(
            same ? Type : null,
            same && IsExact && other.IsExact,
            Constant == other.Constant ? Constant : null,
            IsThis && other.IsThis,
            StaticField == other.StaticField ? StaticField : null,
            Described?.Text == other.Described?.Text ? Described : null,
            IsOverMemory && other.IsOverMemory,
            Enumerated == other.Enumerated ? Enumerated : null);
    }
}
