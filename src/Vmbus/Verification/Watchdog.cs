using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vmbus.Verification;

/// <summary>
/// A thread that looks at watched threads from outside: callbacks over their budget, and what the wait watch cannot see, sleep and I/O. It looks often while
/// callbacks run, seldom while none does, and ends when there is nothing to look at.
/// </summary>
internal static class Watchdog
{
    private const int BusyPeriod = 10;
    private const int LongestPeriod = 160;
    private const int OwedPeriod = 500;

    /// <summary>In how many looks, one after the other, a thread must be blocked in the operating system: once it may be a page fault.</summary>
    private const int LooksUntilBlocked = 3;

    private static WatchedThread[] Snapshot = [];

    private static readonly Lock Sync = new();
    private static readonly List<WatchedThread> Threads = [];
    private static readonly ConditionalWeakTable<IOwesPackets, object> Sources = [];
    private static readonly AutoResetEvent Woken = new(false);
    private static bool IsRunning;
    private static volatile bool IsParked;

    /// <summary>A thread is looked at from here on, as long as it lives.</summary>
    public static void Watch(VerifiedThread thread)
    {
        lock (Sync)
        {
            Threads.Add(new WatchedThread(thread));
            Run();
        }
    }

    /// <summary>Owed packets are looked at from here on, until <see cref="Forget"/> or the source is dropped.</summary>
    public static void Watch(IOwesPackets source, TimeSpan limit)
    {
        if (limit != Timeout.InfiniteTimeSpan)
        {
            lock (Sync)
            {
                Sources.Add(source, limit);
                Run();
            }
        }
    }

    /// <summary>Ends that.</summary>
    public static void Forget(IOwesPackets source)
    {
        lock (Sync)
        {
            Sources.Remove(source);
        }
    }

    /// <summary>Something runs at DISPATCH_LEVEL: look soon.</summary>
    public static void Wake()
    {
        if (IsParked)
        {
            IsParked = false;
            Woken.Set();
        }
    }

    private static void Run()
    {
        if (!IsRunning)
        {
            IsRunning = true;
            new Thread(Loop) { IsBackground = true, Name = "VMBus verifier" }.Start();
        }
    }

    private static void Loop()
    {
        int period = BusyPeriod;
        long owedLook = Environment.TickCount64;
        while (true)
        {
            // Parked it is woken by the first callback; awake it never is, so that callbacks do not pay for it.
            IsParked = period >= LongestPeriod;
            if (Woken.WaitOne(period))
            {
                period = BusyPeriod;
            }

            IsParked = false;
            WatchedThread[] threads;
            lock (Sync)
            {
                int gone = Threads.RemoveAll(static thread => thread.IsGone);
                if (Threads.Count == 0 && !Sources.Any())
                {
                    IsRunning = false;
                    return;
                }

                if (gone != 0 || Snapshot.Length != Threads.Count)
                {
                    Snapshot = [.. Threads];
                }

                threads = Snapshot;
            }

            bool isBusy = false;
            foreach (WatchedThread thread in threads)
            {
                isBusy |= thread.Look();
            }

            period = isBusy ? BusyPeriod : Math.Min(period * 2, LongestPeriod);
            if (Environment.TickCount64 - owedLook >= OwedPeriod)
            {
                LookAtOwed();
                owedLook = Environment.TickCount64;
            }
        }
    }

    private static void LookAtOwed()
    {
        KeyValuePair<IOwesPackets, object>[] sources;
        lock (Sync)
        {
            sources = [.. Sources];
        }

        foreach ((IOwesPackets source, object limit) in sources)
        {
            source.ReportOwed((TimeSpan)limit);
        }
    }

    /// <summary>One thread, and what was seen of it in earlier looks.</summary>
    private sealed class WatchedThread(VerifiedThread thread)
    {
        private readonly WeakReference<VerifiedThread> _thread = new(thread);
        private long _sequence;
        private long _since;
        private int _blockedLooks;
        private bool _isOverBudget;
        private TimeSpan _gcPause;

        public bool IsGone => !_thread.TryGetTarget(out VerifiedThread? thread) || !thread.Thread.IsAlive;

        /// <returns>Whether something runs at DISPATCH_LEVEL on the thread, or did since the last look.</returns>
        public bool Look()
        {
            if (!_thread.TryGetTarget(out VerifiedThread? thread))
            {
                return false;
            }

            long sequence = thread.Sequence;
            CallbackFrame frame = thread.Frame;
            if ((sequence & 1) == 0 || thread.Sequence != sequence)
            {
                bool wasActive = sequence != _sequence;
                _sequence = sequence;
                return wasActive;
            }

            ChannelVerifier verifier = frame.Channel ?? ChannelVerifier.Regions;
            bool isNew = sequence != _sequence;
            if (isNew)
            {
                _sequence = sequence;
                _since = verifier.Time.GetTimestamp();
                _blockedLooks = 0;
                _isOverBudget = false;
                _gcPause = GC.GetTotalPauseDuration();
            }

            if (!Debugger.IsAttached)
            {
                LookForSleep(thread, sequence, isNew, verifier, in frame);
                TimeSpan duration = verifier.Time.GetElapsedTime(_since);
                if (!_isOverBudget && verifier.CallbackBudget != Timeout.InfiniteTimeSpan && duration > verifier.CallbackBudget)
                {
                    _isOverBudget = true;
                    verifier.OverBudget(frame.Handler, frame.TransactionId, duration);
                }
            }

            return true;
        }

        private void LookForSleep(VerifiedThread thread, long sequence, bool isNew, ChannelVerifier verifier, in CallbackFrame frame)
        {
            bool isManaged = (thread.Thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0;

            // To ask the operating system is dear: only about a callback that was seen before. A thread that the collector holds up is no blocked one.
            TimeSpan gcPause = GC.GetTotalPauseDuration();
            bool isBlocked = isManaged || (!isNew && gcPause == _gcPause && OperatingSystemThread.IsBlocked(thread.OperatingSystemId));
            _gcPause = gcPause;
            if (!isBlocked || thread.IsInSeenWait || thread.Sequence != sequence)
            {
                _blockedLooks = 0;
            }
            else if (++_blockedLooks == (isManaged ? 1 : LooksUntilBlocked))
            {
                verifier.Blocked(frame.Handler, frame.TransactionId, isManaged);
            }
        }
    }
}
