using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <content>Save and restore: what holds the lifecycle up, and what it finds when it goes on.</content>
internal sealed partial class ChannelLifecycle
{
    // Under the lock.
    private ChannelSave? _save;
    private bool _inSave;
    private Guid _savedOpening;
    private ChannelRestore? _restore;
    private bool _inRestore;
    private RestoredState? _restored;

    Guid IBusEndpoint.RestoredOpening
    {
        get
        {
            lock (_sync)
            {
                return _restored?.Opening ?? Guid.Empty;
            }
        }
    }

    /// <summary>Whether no step is to be taken: what is being saved stays as it is, unless the endpoint is to leave or the other side has left. Under the lock.</summary>
    private bool IsHeld => _inSave || (_save is not null && _enabled && !_closedByPeer);

    /// <summary>Begins to save.</summary>
    /// <returns>What stands in the way; <see langword="null"/>: nothing.</returns>
    public string? BeginSave()
    {
        if (CallbackScope.Running(_channel) is not null)
        {
            return "is in a callback. Save it after the callback has returned.";
        }

        lock (_sync)
        {
            if (DescribeObstacle() is { } obstacle)
            {
                return obstacle;
            }

            _savedOpening = Guid.Empty;
            _save = new ChannelSave(_channel, _connection?.Opening ?? Guid.Empty, _connection?.Outgoing);
            return null;
        }
    }

    /// <summary>Begins a call of SaveContinue.</summary>
    public bool TryEnterSave([NotNullWhen(true)] out ChannelSave? save)
    {
        lock (_sync)
        {
            save = _save;
            if (save is null || _inSave || !_enabled || CallbackScope.Running(_channel) is not null)
            {
                return false;
            }

            return _inSave = true;
        }
    }

    /// <summary>Ends a call of SaveContinue.</summary>
    public void LeaveSave()
    {
        lock (_sync)
        {
            _inSave = false;
        }

        _work.Post();
    }

    /// <summary>Ends the save.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryEndSave()
    {
        OutgoingQueue? outgoing = null;
        lock (_sync)
        {
            if (_save is not { } save || _inSave)
            {
                return false;
            }

            _save = null;
            if (save.IsWhole && _enabled)
            {
                _savedOpening = save.Opening;
            }

            if (_savedOpening == Guid.Empty)
            {
                outgoing = _connection?.Outgoing;
            }
        }

        outgoing?.Thaw();
        _work.Post();
        return true;
    }

    /// <summary>Takes chunks of a saved channel.</summary>
    public NtStatus Restore(ReadOnlySpan<byte> buffer)
    {
        ChannelRestore? current;
        lock (_sync)
        {
            if (_enabled || _stage != LifecycleStage.Detached || _inRestore)
            {
                throw new VmbusException(
                    NtStatus.InvalidParameter1,
                    $"RestoreFromBuffer was called on channel {_channel}, which is {(_inRestore ? "being restored by another thread" : $"in state {State}")}; it is allowed only while Disabled. Call Disable first.");
            }

            _inRestore = true;
            current = _restore;
        }

        RestoredState? restored = null;
        ChannelRestore? next = current;
        try
        {
            ChannelRestore restore = current is null || SavedChunk.IsFirst(buffer) ? new ChannelRestore(_channel) : current;
            if (!restore.Add(buffer))
            {
                next = restore;
                return NtStatus.MoreProcessingRequired;
            }

            // From here on it succeeds as a whole, or is over.
            next = null;
            restored = restore.Finish(out NtStatus status);
            return status;
        }
        finally
        {
            EndRestore(next, restored);
        }
    }

    private void EndRestore(ChannelRestore? restore, RestoredState? restored)
    {
        RestoredState? former = null;
        lock (_sync)
        {
            _inRestore = false;
            _restore = restore;
            if (restored is not null)
            {
                (former, _restored) = (_restored, restored);
            }

            if (_ended)
            {
                former = _restored;
                _restored = null;
            }
        }

        former?.GiveUp(_channel, NtStatus.Cancelled);
    }

    /// <summary>Refuses an Enable with half a state. Under the lock.</summary>
    private void RequireWholeRestore()
    {
        if (_inRestore)
        {
            throw new VmbusException(NtStatus.InvalidDeviceState, $"Channel {_channel} is being restored. Call Enable after RestoreFromBuffer has returned.");
        }

        if (_restore is { } restore)
        {
            _restore = null;
            throw new VmbusException(
                NtStatus.InvalidDeviceState,
                $"The saved state of channel {_channel} is truncated: {restore.ChunkCount} chunks were restored, and the last is missing. They are dropped: restore all chunks, or call Enable again to begin without them.");
        }
    }

    /// <summary>Why the channel cannot be saved now. Under the lock.</summary>
    private string? DescribeObstacle()
    {
        if (_save is not null)
        {
            return "is being saved already. Call SaveEnd first.";
        }

        if (!_enabled || !_paused || _stage is not (LifecycleStage.Attached or LifecycleStage.Open))
        {
            return $"is in state {State} and not paused. Call Pause first, and wait for it.";
        }

        if (_restored is not null || _requestedRings is not null || _closedByPeer)
        {
            return "is about to open or to close. Save it when it has.";
        }

        if (_connection is { } connection)
        {
            if (connection.Fault is not null)
            {
                return "has stopped by itself; see Fault. Disable it.";
            }

            // The queue has stopped, or the stage would be another; a wake-up may hold the turn for a moment all the same, only to find that out.
            if (connection.Incoming.Owed.Count > 0 || connection.Incoming.AwaitsRedelivery)
            {
                return "owes packets: one was deferred, or waits for its external data, when it was paused. Call Start, and Pause again.";
            }
        }

        return null;
    }

    /// <summary>Gives a restored state up whose opening does not stand any more.</summary>
    /// <returns>Whether there was one.</returns>
    private bool GiveUpRestored(bool unlessRequested)
    {
        RestoredState? restored;
        lock (_sync)
        {
            restored = _restored;
            if (restored is null || (unlessRequested && _requestedRings?.Id == restored.Opening))
            {
                return false;
            }

            _restored = null;
        }

        restored.GiveUp(_channel, NtStatus.DeviceRemoved);
        return true;
    }
}
