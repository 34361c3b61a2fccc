namespace Vmbus;

/// <content>
/// Sub-channels live within an opening of their primary channel: they are enabled while it is open, and have left the bus before it closes. Neither lock is taken
/// under the other: each side notes what it does and looks at the other afterwards.
/// </content>
internal sealed partial class ChannelLifecycle
{
    private VmbusChannel[] _subChannels = [];

    /// <summary>The primary channel is about to close: no sub-channel is enabled from here on.</summary>
    private bool _endsSubChannels;

    public VmbusChannel[] SubChannels
    {
        get
        {
            lock (_sync)
            {
                return _subChannels;
            }
        }
    }

    private bool TakesSubChannels
    {
        get
        {
            lock (_sync)
            {
                return !_endsSubChannels && _stage is LifecycleStage.Open or LifecycleStage.Running or LifecycleStage.Stopping or LifecycleStage.Suspended;
            }
        }
    }

    /// <summary>Adds a sub-channel.</summary>
    /// <returns>Whether its index was free.</returns>
    public bool TryAddSubChannel(VmbusChannel subChannel)
    {
        lock (_sync)
        {
            if (Array.Exists(_subChannels, other => other.SubChannelIndex == subChannel.SubChannelIndex))
            {
                return false;
            }

            _subChannels = [.. _subChannels, subChannel];
            return true;
        }
    }

    /// <summary>A sub-channel is used no more.</summary>
    public void RemoveSubChannel(VmbusChannel subChannel)
    {
        lock (_sync)
        {
            _subChannels = Array.FindAll(_subChannels, other => !ReferenceEquals(other, subChannel));
        }
    }

    private void RequirePrimaryOpen()
    {
        if (_channel.PrimaryChannel is { } primary && !primary.Lifecycle.TakesSubChannels)
        {
            throw new VmbusException(
                NtStatus.InvalidDeviceState,
                $"Enable was called on sub-channel {_channel} while its primary channel is {primary.State}. Enable it when the primary channel is open, for instance in [ChannelPostStarted] or when the protocol says so.");
        }
    }

    /// <summary>The primary channel may have begun to close before this sub-channel was seen to be enabled.</summary>
    private void LeaveWithPrimary()
    {
        if (_channel.PrimaryChannel is { } primary && !primary.Lifecycle.TakesSubChannels)
        {
            _ = DisableAsync();
        }
    }

    /// <summary>Lets the sub-channels leave.</summary>
    /// <returns>Whether all have left; else each says so when it has.</returns>
    private bool EndSubChannels()
    {
        bool haveLeft = true;
        foreach (VmbusChannel subChannel in SubChannels)
        {
            haveLeft &= subChannel.Lifecycle.Leave();
        }

        return haveLeft;
    }

    /// <summary>The primary channel closes.</summary>
    /// <returns>Whether the sub-channel is off the bus.</returns>
    private bool Leave()
    {
        lock (_sync)
        {
            if (_stage == LifecycleStage.Detached)
            {
                return true;
            }

            if (!_enabled)
            {
                return false;
            }
        }

        _ = DisableAsync();
        return false;
    }

    /// <summary>The sub-channels that have not left. Under the lock.</summary>
    private string? DescribeSubChannels()
    {
        // Their own lock is not taken under this one; what is read here is for a report.
        IEnumerable<string> left = _subChannels.Where(subChannel => subChannel.Lifecycle._stage != LifecycleStage.Detached).Select(subChannel => subChannel.ToString());
        string names = string.Join(", ", left);
        return names.Length == 0 ? null : $"sub-channels {names}";
    }
}
