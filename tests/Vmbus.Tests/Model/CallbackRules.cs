namespace Vmbus.Tests.Model;

/// <summary>The rules that hold of the callbacks of one endpoint at every instant: which may overlap, when packets are processed, and what is counted.</summary>
internal sealed class CallbackRules(Action<string> violate)
{
    private readonly Lock _sync = new();
    private StateCallback? _inStateCallback;
    private bool _inProcessing;
    private bool _mayProcess;
    private uint _deliveredSinceComplete;
    private long _comesAgain = -1;

    /// <summary>A state-change callback begins.</summary>
    public void EnterStateCallback(StateCallback callback)
    {
        lock (_sync)
        {
            if (_inStateCallback is { } other)
            {
                violate($"{callback} was called while {other} runs");
            }

            if (_inProcessing && callback != StateCallback.PostStarted)
            {
                violate($"{callback} was called while a packet is processed");
            }

            _inStateCallback = callback;
            _mayProcess = callback switch
            {
                StateCallback.Started => true,
                StateCallback.Suspend => false,
                _ => _mayProcess,
            };
            _deliveredSinceComplete = callback == StateCallback.Opened ? 0 : _deliveredSinceComplete;
        }

        if (KernelIrql.Current != Irql.Passive)
        {
            violate($"{callback} was called at {KernelIrql.Current}");
        }
    }

    /// <summary>It ends.</summary>
    public void ExitStateCallback()
    {
        lock (_sync)
        {
            _inStateCallback = null;
        }
    }

    /// <summary>A processing callback begins.</summary>
    public Region EnterProcessing()
    {
        lock (_sync)
        {
            if (_inProcessing)
            {
                violate("two processing callbacks overlap");
            }

            if (_inStateCallback is { } callback && callback != StateCallback.PostStarted)
            {
                violate($"a packet is processed while {callback} runs");
            }

            if (!_mayProcess)
            {
                violate("a packet is processed before Started or after Suspend");
            }

            _inProcessing = true;
        }

        return new Region(this);
    }

    /// <summary>A packet is delivered; one that comes again is no other one.</summary>
    public void Count(long sequence, bool comesAgain)
    {
        lock (_sync)
        {
            _deliveredSinceComplete += sequence == _comesAgain ? 0u : 1u;
            _comesAgain = comesAgain ? sequence : -1;
        }
    }

    /// <summary>ProcessingComplete has come.</summary>
    public void CheckProcessingComplete(uint packetsProcessed)
    {
        lock (_sync)
        {
            if (packetsProcessed != _deliveredSinceComplete)
            {
                violate($"ProcessingComplete says {packetsProcessed}, but {_deliveredSinceComplete} packets were delivered");
            }

            _deliveredSinceComplete = 0;
        }
    }

    /// <summary>A processing callback, from its beginning to its end.</summary>
    public readonly ref struct Region(CallbackRules rules)
    {
        public void Dispose()
        {
            lock (rules._sync)
            {
                rules._inProcessing = false;
            }
        }
    }
}
