using System.Diagnostics;
using Vmbus.Diagnostics;

namespace Vmbus.Verification;

/// <summary>The verifier of one channel: makes reports of what is seen, each cause once.</summary>
/// <param name="channel">The channel's name; <see langword="null"/> for regions outside callbacks.</param>
/// <param name="options">What is watched.</param>
/// <param name="time">The clock.</param>
internal sealed class ChannelVerifier(string? channel, VerifierOptions options, TimeProvider time)
{
    /// <summary>How many causes are told apart; a channel with more has been told enough.</summary>
    private const int MaximumCauses = 256;

    private readonly HashSet<(VerifierViolation Violation, string Cause)> _causes = [];

    /// <summary>For regions at DISPATCH_LEVEL outside callbacks.</summary>
    public static ChannelVerifier Regions { get; } = new(null, VerifierOptions.Default, TimeProvider.System);

    public TimeProvider Time => time;

    public TimeSpan CallbackBudget => options.CallbackBudget;

    public TimeSpan OwedPacketLimit => options.OwedPacketLimit;

    /// <summary>A thread begins to wait.</summary>
    public void Waits(string? handler, ulong? transactionId, in BlockingCall call)
    {
        string rule = call.IsLock ? "VMB206" : "VMB201";
        if (IsNew(VerifierViolation.Wait, rule, $"{handler} {call.Caller} {call.Offset}"))
        {
            string remedy = call.IsLock
                ? "Use a SpinLock or an interlocked operation, or handle the packet at PASSIVE_LEVEL."
                : "Pend the packet and complete it later, or handle it at PASSIVE_LEVEL.";
            Post(VerifierViolation.Wait, rule, handler, transactionId, null, new StackTrace(fNeedFileInfo: true).ToString(),
                $"{Who(handler)} waits at DISPATCH_LEVEL: {call.Caller} called {call.Name}. {remedy}");
        }
    }

    /// <summary>A thread was found blocked from outside.</summary>
    public void Blocked(string? handler, ulong? transactionId, bool isManagedSleep)
    {
        if (IsNew(VerifierViolation.Blocked, "VMB201", $"{handler} {isManagedSleep}"))
        {
            Post(VerifierViolation.Blocked, "VMB201", handler, transactionId, null, null,
                $"{Who(handler)} blocks at DISPATCH_LEVEL: its thread {(isManagedSleep ? "sleeps (Thread.Sleep, SpinWait)" : "is in a call of the operating system that does not return (I/O)")}. Pend the packet and complete it later, or handle it at PASSIVE_LEVEL.");
        }
    }

    /// <summary>A callback takes too long.</summary>
    public void OverBudget(string? handler, ulong? transactionId, TimeSpan duration)
    {
        if (IsNew(VerifierViolation.OverBudget, "VMB201", $"{handler}"))
        {
            Post(VerifierViolation.OverBudget, "VMB201", handler, transactionId, duration, null,
                $"{Who(handler)} has run at DISPATCH_LEVEL for {Seconds(duration)}; its budget is {Seconds(CallbackBudget)}. Do less, or handle the packet at PASSIVE_LEVEL.");
        }
    }

    /// <summary>A callback left the level of its thread changed.</summary>
    public void IrqlNotRestored(string? handler, ulong? transactionId, IrqlState before, IrqlState after)
    {
        if (IsNew(VerifierViolation.IrqlNotRestored, "VMB204", $"{handler}"))
        {
            string what = before.Current == after.Current
                ? $"with {after.Depth - before.Depth} more raises open than when it was called"
                : $"at {IrqlViolationException.Name(after.Current)}; it was called at {IrqlViolationException.Name(before.Current)}";
            Post(VerifierViolation.IrqlNotRestored, "VMB204", handler, transactionId, null, null,
                $"{Who(handler)} returned {what}. Dispose the scope of each raise on every path. The level was put back.");
        }
    }

    /// <summary>A packet's duty was ended once more, or its members were used after the end.</summary>
    public void Misused(bool isEnd, string? handler, ulong? transactionId, string what)
    {
        (VerifierViolation violation, string rule) = isEnd ? (VerifierViolation.EndedTwice, "VMB102") : (VerifierViolation.UsedAfterEnd, "VMB103");
        if (IsNew(violation, rule, $"{handler} {what}"))
        {
            Post(violation, rule, handler, transactionId, null, new StackTrace(fNeedFileInfo: true).ToString(), what);
        }
    }

    /// <summary>A handler returned without ending the duty.</summary>
    public void Lost(string? handler, ulong transactionId)
    {
        if (IsNew(VerifierViolation.Lost, "VMB101", $"{handler}"))
        {
            Post(VerifierViolation.Lost, "VMB101", handler, transactionId, null, null,
                $"{Who(handler)} returned without completing packet {transactionId}: nobody can any more, and Pause and Disable wait for it. Complete, Fail, DeferToPassive or Pend on every path.");
        }
    }

    /// <summary>A handler threw without having ended the duty.</summary>
    public void ThrewWhileOwed(string? handler, ulong transactionId, Exception exception)
    {
        if (IsNew(VerifierViolation.ThrewWhileOwed, "VMB108", $"{handler} {exception.GetType()}"))
        {
            Post(VerifierViolation.ThrewWhileOwed, "VMB108", handler, transactionId, null, exception.StackTrace,
                $"{Who(handler)} threw {exception.GetType()} with packet {transactionId} uncompleted: {exception.Message}");
        }
    }

    /// <summary>A packet is owed for very long.</summary>
    public void OwedTooLong(string? handler, ulong transactionId, TimeSpan age, bool isLost)
    {
        string rule = isLost ? "VMB101" : "VMB106";
        if (IsNew(VerifierViolation.OwedTooLong, rule, $"{handler} {isLost}", isRepeatedLook: true))
        {
            Post(VerifierViolation.OwedTooLong, rule, handler, transactionId, age, null,
                $"Packet {transactionId} of {Who(handler)} has been owed for {Seconds(age)}{(isLost ? ": its handler returned without completing it" : ": it was pended; look for what should complete it")}.");
        }
    }

    /// <summary>A completion payload went nowhere.</summary>
    public void PayloadDropped(string? handler, ulong transactionId, int length)
    {
        if (IsNew(VerifierViolation.PayloadDropped, null, $"{handler}"))
        {
            Post(VerifierViolation.PayloadDropped, null, handler, transactionId, null, null,
                $"{Who(handler)} completed packet {transactionId} with {length} bytes, but its sender asked for no completion: they were dropped. Test IsCompletionRequested, or answer in-band.");
        }
    }

    private static string Seconds(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private string Who(string? handler) => channel is null ? "Code that raised its thread" : $"{handler ?? "A handler"} of channel {channel}";

    private bool IsNew(VerifierViolation violation, string? rule, string cause, bool isRepeatedLook = false)
    {
        bool isNew;
        lock (_causes)
        {
            isNew = _causes.Count < MaximumCauses && _causes.Add((violation, cause));
        }

        if (isNew || !isRepeatedLook)
        {
            VmbusMeter.CountViolation(violation.ToString(), rule);
        }

        return isNew;
    }

    private void Post(VerifierViolation violation, string? rule, string? handler, ulong? transactionId, TimeSpan? duration, string? stack, string message)
        => ReportQueue.Post(new VerifierReport(violation, rule, channel, handler, transactionId, duration, stack, message), options.Sink);
}
