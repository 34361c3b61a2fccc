using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>What a call passes for the parameters of what it calls.</summary>
/// <param name="arguments">As the source says, in whatever order.</param>
/// <param name="first">The operand that the first of them is; the one before it is the receiver.</param>
internal readonly struct CallArguments(ImmutableArray<IArgumentOperation> arguments, int first)
{
    public static CallArguments None => new([], 0);

    public static CallArguments Of(CallTarget call) => new(call.Arguments, call.Instance is null ? 0 : 1);

    /// <summary>The argument for a parameter; null if the call passes none.</summary>
    public IArgumentOperation? For(int ordinal)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>The value for a parameter; null if nothing is known of it.</summary>
    public Value? Value(Machine<IrqlState> machine, int ordinal)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Parameter?.Ordinal == ordinal && first + i < machine.OperandCount)
            {
                return machine.Operand(first + i);
            }
        }

        return null;
    }
}
