namespace Vmbus.EffectsTool.Reading;

/// <summary>The evaluation stack and the locals at the beginning of a block.</summary>
internal sealed class AbstractState(AbstractValue[] locals, AbstractValue[] stack)
{
    public AbstractValue[] Locals { get; } = locals;

    public AbstractValue[] Stack { get; } = stack;

    /// <summary>What holds whether this or the other is the state; the same instance where nothing is lost.</summary>
    public AbstractState Merge(AbstractState other)
    {
        AbstractValue[] locals = Merge(Locals, other.Locals);
        AbstractValue[] stack = Merge(Stack, other.Stack);
        return ReferenceEquals(locals, Locals) && ReferenceEquals(stack, Stack) ? this : new AbstractState(locals, stack);
    }

    private static AbstractValue[] Merge(AbstractValue[] left, AbstractValue[] right)
    {
        AbstractValue[] merged = left;
        for (int i = 0; i < left.Length; i++)
        {
            // Stacks of one place are equally deep in any body that can be verified; a body that cannot be loses what it knows.
            AbstractValue value = i < right.Length ? left[i].Merge(right[i]) : AbstractValue.Unknown;
            if (value != left[i])
            {
                if (ReferenceEquals(merged, left))
                {
                    merged = [.. left];
                }

                merged[i] = value;
            }
        }

        return merged;
    }
}
