namespace Vmbus.EffectsTool.Reading;

/// <summary>Locals and evaluation stack while a block is interpreted.</summary>
internal sealed class Machine(AbstractState state)
{
    private readonly List<AbstractValue> _stack = [.. state.Stack];
    private bool _ownsLocals;

    public AbstractValue[] Locals { get; private set; } = state.Locals;

    public void Push(AbstractValue value) => _stack.Add(value);

    public AbstractValue Pop()
    {
        if (_stack.Count == 0)
        {
            return AbstractValue.Unknown;
        }

        AbstractValue value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    public void Drop(int count)
    {
        for (; count > 0; count--)
        {
            Pop();
        }
    }

    public void SetLocal(int index, AbstractValue value)
    {
        if (!_ownsLocals)
        {
            Locals = [.. Locals];
            _ownsLocals = true;
        }

        Locals[index] = value;
    }

    public AbstractState ToState() => new([.. Locals], [.. _stack]);
}
