namespace Vmbus;

/// <summary>One connection of a guest's process with a host's: the shared memory, the stream of messages, the signals, and the thread that listens to both.</summary>
internal sealed class BusSession
{
    private readonly ControlStream _stream;
    private readonly IBusPartner _partner;
    private readonly InterruptPage _interrupts;
    private readonly Action<uint> _signaled;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BusSession(ControlStream stream, SharedMapping memory, IBusPartner partner, bool isHost)
    {
        _stream = stream;
        _partner = partner;
        Memory = memory;
        GuestMemory = new SharedGuestMemory(memory);
        _interrupts = new InterruptPage(memory, isHost);
        _signaled = channelId => partner.Signaled(this, channelId);
    }

    /// <summary>The shared memory.</summary>
    public SharedMapping Memory { get; }

    /// <summary>The guest's pages in it.</summary>
    public IGuestMemory GuestMemory { get; }

    /// <summary>Ends with the session, after both sides of the bus know.</summary>
    public Task WhenEnded => _ended.Task;

    /// <summary>Begins to listen.</summary>
    public void Start(string name) => new Thread(Listen) { IsBackground = true, Name = name }.UnsafeStart();

    /// <summary>Sends a message. Any thread, DISPATCH_LEVEL or lower.</summary>
    public void Send(in ControlMessage message) => _stream.Send(in message);

    /// <summary>Signals a channel. Any thread, DISPATCH_LEVEL or lower.</summary>
    public void Signal(uint channelId)
    {
        if (_interrupts.Raise(channelId))
        {
            _stream.Send(new ControlMessage { Type = ControlMessageType.Interrupt });
        }
    }

    /// <summary>Ends the session soon.</summary>
    public void Close() => _stream.Close();

    private void Listen()
    {
        string? reason = null;
        while (reason is null)
        {
            ReadOnlySpan<ControlMessage> messages = _stream.Receive();
            if (messages.IsEmpty)
            {
                break;
            }

            foreach (ref readonly ControlMessage message in messages)
            {
                if (message.Type != ControlMessageType.Interrupt && (reason = _partner.Received(this, in message)) is not null)
                {
                    break;
                }
            }

            // After every message: a signal whose own message found the stream full is not lost.
            _interrupts.Take(_signaled);
        }

        _stream.Dispose();
        Memory.Forget();
        _partner.Ended(this, reason);
        _ended.SetResult();
    }
}
