namespace Vmbus;

/// <summary>Notes that a callback of a channel runs on this thread, so that a call that would wait for it is refused at once.</summary>
internal ref struct CallbackScope
{
    [ThreadStatic]
    private static Frame? Innermost;

    /// <summary>Frames of this thread to use again, so that entering a callback allocates nothing.</summary>
    [ThreadStatic]
    private static Frame? Spare;

    private readonly Frame _frame;

    private CallbackScope(Frame frame) => _frame = frame;

    /// <summary>Enters a callback.</summary>
    public static CallbackScope Enter(VmbusChannel channel, CallbackKind kind)
    {
        Frame frame = Spare ?? new Frame();
        Spare = frame.Outer;
        frame.Channel = channel;
        frame.Kind = kind;
        frame.Outer = Innermost;
        Innermost = frame;
        return new CallbackScope(frame);
    }

    /// <summary>Which callback of the channel runs on this thread, if any.</summary>
    public static CallbackKind? Running(VmbusChannel channel)
    {
        for (Frame? frame = Innermost; frame is not null; frame = frame.Outer)
        {
            if (ReferenceEquals(frame.Channel, channel))
            {
                return frame.Kind;
            }
        }

        return null;
    }

    /// <summary>The channels whose callbacks run on this thread, the innermost first; <see langword="null"/> if none does.</summary>
    public static List<VmbusChannel>? RunningChannels()
    {
        List<VmbusChannel>? channels = null;
        for (Frame? frame = Innermost; frame is not null; frame = frame.Outer)
        {
            (channels ??= []).Add(frame.Channel!);
        }

        return channels;
    }

    public readonly void Dispose()
    {
        Innermost = _frame.Outer;
        _frame.Channel = null;
        _frame.Outer = Spare;
        Spare = _frame;
    }

    /// <summary>One running callback.</summary>
    internal sealed class Frame
    {
        public VmbusChannel? Channel { get; set; }

        public CallbackKind Kind { get; set; }

        public Frame? Outer { get; set; }
    }
}
