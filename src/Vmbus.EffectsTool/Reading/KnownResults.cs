using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>What calls return that read a field, describe a type, compare types, or ask whether there is a text.</summary>
internal static class KnownResults
{
    /// <summary>What is known of the result beyond its type; null where nothing is.</summary>
    public static AbstractValue? Of(MethodNode target, AbstractValue receiver, AbstractValue[] arguments) => (target.Owner.FullName, target.Name) switch
    {
        ("System.Threading.Volatile", "Read") => arguments[0].StaticField is { } field ? new AbstractValue(null, StaticField: field) : null,
        ("System.Object", "GetType") => receiver is { IsThis: true, Type: { Definition: { IsAbstract: false } } own } ? new AbstractValue(null, Described: own) : null,
        ("System.Type", "GetTypeFromHandle") => arguments[0] with { IsExact = false },
        ("System.Type", "op_Equality" or "op_Inequality") => arguments is [{ Described.Definition: { } left }, { Described.Definition: { } right }]
            ? new AbstractValue(null, false, (left == right) == (target.Name == "op_Equality") ? 1 : 0)
            : null,
        ("System.String", "IsNullOrEmpty" or "IsNullOrWhiteSpace") => arguments[0].Constant == 0 ? AbstractValue.Of(1) : null,
        _ => null,
    };
}
