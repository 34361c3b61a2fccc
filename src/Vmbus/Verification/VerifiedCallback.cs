namespace Vmbus.Verification;

/// <summary>One callback that runs once, watched from its call to its return; does nothing on a channel that is not watched.</summary>
internal readonly ref struct VerifiedCallback
{
    private readonly VerifiedThread? _thread;
    private readonly CallbackFrame _outer;

    private VerifiedCallback(VerifiedThread thread, CallbackFrame outer)
    {
        _thread = thread;
        _outer = outer;
    }

    /// <summary>A callback of a channel begins.</summary>
    public static VerifiedCallback Enter(ChannelVerifier? channel, string name)
    {
        if (channel is null)
        {
            return default;
        }

        VerifiedThread thread = VerifiedThread.Current;
        VerifiedCallback callback = new(thread, thread.Enter(channel));
        thread.Begin(name, null);
        return callback;
    }

    /// <summary>It has returned.</summary>
    public void Dispose() => _thread?.Exit(in _outer);
}
