using System.Collections.Immutable;
using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>What a call tells of the values that its callee begins with, beyond what the callee's signature says.</summary>
/// <param name="This">The instance, where it is known to be of a class that derives from the one that declares the callee.</param>
/// <param name="Arguments">Of each argument what is known more than the type of its parameter; null where nothing is.</param>
internal sealed record CallerKnowledge(TypeSignature? This, ImmutableArray<AbstractValue?> Arguments)
{
    /// <summary>What tells two kinds of call apart.</summary>
    public string Key { get; } = $"{This?.Text}|{string.Join('|', Arguments.Select(Describe))}";

    /// <summary>What a call tells of its callee's values; null if it tells no more than their types.</summary>
    public static CallerKnowledge? Of(CallSite call, MethodNode callee)
    {
        TypeSignature? instance = !callee.IsStatic && call.Receiver.Type is { Definition: { IsInterface: false } known } type && known != callee.Owner && known.IsOrDerivesFrom(callee.Owner) ? type : null;
        ImmutableArray<AbstractValue?> arguments = [.. callee.Signature.ParameterTypes.Select((p, i) => i < call.Arguments.Length ? Beyond(p, call.Arguments[i]) : null)];
        return instance is null && arguments.All(static a => a is null) ? null : new CallerKnowledge(instance, arguments);
    }

    private static AbstractValue? Beyond(TypeSignature parameter, AbstractValue argument)
    {
        if (argument.Constant is { } constant && (IsFlag(parameter) || (constant == 0 && parameter.IsReference)))
        {
            return new AbstractValue(null, false, constant);
        }

        if (argument.IsOverMemory)
        {
            return new AbstractValue(argument.Type, argument.IsExact, IsOverMemory: true);
        }

        if (parameter.Name == "System.Type" && argument.Described?.Definition is not null)
        {
            return new AbstractValue(argument.Type, argument.IsExact, Described: argument.Described);
        }

        if (parameter.Name == "System.Object")
        {
            return argument.Type is { IsReference: true, Name: not "System.Object" } told ? new AbstractValue(told, argument.IsExact) : null;
        }

        return parameter.Definition is { } declared && (declared.IsInterface || declared.IsAbstract) && argument.Type is { } type && (type.IsArray || type.Definition is { IsInterface: false, IsAbstract: false, IsValueType: false } || IsNarrower(type, declared))
            ? new AbstractValue(type, argument.IsExact)
            : null;
    }

    /// <summary>Whether an interface derives from the one that a parameter is declared as, which fewer types implement.</summary>
    private static bool IsNarrower(TypeSignature type, TypeNode declared) => type.Definition is { IsInterface: true } contract && contract != declared && declared.IsInterface && contract.Implements(declared);

    /// <summary>Whether values of a type choose a way rather than count something.</summary>
    private static bool IsFlag(TypeSignature type) => type.Name == "System.Boolean" || type.Definition?.Base?.Name == "System.Enum";

    private static string Describe(AbstractValue? value) => value is not { } known ? "" : known.Constant is { } constant ? $"={constant}" : $"{(known.IsExact ? "!" : "")}{(known.IsOverMemory ? "~" : "")}{known.Type?.Text}{(known.Described is { } type ? $"({type.Text})" : "")}";
}
