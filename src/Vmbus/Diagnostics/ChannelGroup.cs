using System.Diagnostics;

namespace Vmbus.Diagnostics;

/// <summary>The endpoints that are measured together because their tags are equal; what endpoints that have gone had counted stays in the sum.</summary>
internal sealed class ChannelGroup
{
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly KeyValuePair<string, object?>[] _receiveTags;
    private readonly KeyValuePair<string, object?>[] _transmitTags;
    private readonly TagList _tagList;
    private readonly Dictionary<IMeasuredCounts, WeakReference<IMeasuredChannel>> _channels = [];
    private ChannelMeasurements _gone;

    public ChannelGroup(in TagList tags)
    {
        _tagList = tags;
        _tags = [.. tags];
        _receiveTags = [.. tags, new(TagNames.Direction, "receive")];
        _transmitTags = [.. tags, new(TagNames.Direction, "transmit")];
    }

    public ref readonly TagList TagList => ref _tagList;

    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _tags;

    public ReadOnlySpan<KeyValuePair<string, object?>> ReceiveTags => _receiveTags;

    public ReadOnlySpan<KeyValuePair<string, object?>> TransmitTags => _transmitTags;

    /// <summary>Whether none of its endpoints is left.</summary>
    public bool IsEmpty
    {
        get
        {
            RemoveDropped();
            return _channels.Count == 0;
        }
    }

    /// <summary>An endpoint is there; what it had counted when it was here before is not counted twice.</summary>
    public void Add(IMeasuredChannel channel)
    {
        IMeasuredCounts counts = channel.Counts;
        if (_channels.TryAdd(counts, new WeakReference<IMeasuredChannel>(channel)))
        {
            _gone.Subtract(counts.Measure());
        }
    }

    /// <summary>An endpoint goes.</summary>
    public void Remove(IMeasuredChannel channel)
    {
        IMeasuredCounts counts = channel.Counts;
        if (_channels.Remove(counts))
        {
            _gone.Add(counts.Measure());
        }
    }

    public ChannelSums Measure()
    {
        RemoveDropped();
        ChannelSums sums = new() { Counts = _gone };
        foreach ((IMeasuredCounts counts, WeakReference<IMeasuredChannel> reference) in _channels)
        {
            sums.Counts.Add(counts.Measure());
            if (reference.TryGetTarget(out IMeasuredChannel? channel))
            {
                sums.QueueDepth += channel.QueueDepth;
                sums.Owed += channel.Owed;
            }
        }

        return sums;
    }

    /// <summary>Keeps the counts of endpoints that were dropped, and nothing else of them.</summary>
    private void RemoveDropped()
    {
        foreach ((IMeasuredCounts counts, WeakReference<IMeasuredChannel> reference) in _channels)
        {
            if (!reference.TryGetTarget(out _))
            {
                // A dictionary may lose entries while it is enumerated.
                _channels.Remove(counts);
                _gone.Add(counts.Measure());
            }
        }
    }
}
