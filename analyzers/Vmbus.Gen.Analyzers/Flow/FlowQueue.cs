namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The nodes that wait to be run, in the order of their priorities: a binary heap.</summary>
internal sealed class FlowQueue<TState>
    where TState : class, IEquatable<TState>
{
    private readonly List<FlowNode<TState>> _heap = [];

    public int Count => _heap.Count;

    public void Add(FlowNode<TState> node)
    {
        int at = _heap.Count;
        _heap.Add(node);
        while (at > 0 && _heap[(at - 1) >> 1].Priority > node.Priority)
        {
            _heap[at] = _heap[(at - 1) >> 1];
            at = (at - 1) >> 1;
        }

        _heap[at] = node;
    }

    public FlowNode<TState> Take()
    {
        FlowNode<TState> first = _heap[0];
        FlowNode<TState> last = _heap[_heap.Count - 1];
        _heap.RemoveAt(_heap.Count - 1);
        if (_heap.Count > 0)
        {
            Sink(last);
        }

        return first;
    }

    private void Sink(FlowNode<TState> node)
    {
        int at = 0;
        for (int child = 1; child < _heap.Count; child = (at * 2) + 1)
        {
            if (child + 1 < _heap.Count && _heap[child + 1].Priority < _heap[child].Priority)
            {
                child++;
            }

            if (_heap[child].Priority >= node.Priority)
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = node;
    }
}
