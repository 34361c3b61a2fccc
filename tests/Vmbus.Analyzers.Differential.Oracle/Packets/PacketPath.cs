using System.Collections;
using System.Reflection;
using System.Threading.Channels;
using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A path on which packets are delivered, and what goes wrong with them.</summary>
public sealed class PacketPath(ChoiceScript script, CallExceptions exceptions) : ProgramPath(script, exceptions)
{
    private readonly List<TestPacket> _packets = [];
    private readonly List<Exception> _thrownAgain = [];
    private readonly List<PendingPacket> _displaced = [];
    private readonly HashSet<PendingPacket> _aliased = [];
    private readonly HashSet<TestPacket> _endedElsewhere = [];
    private readonly HashSet<TestPacket> _takenOver = [];
    private readonly HashSet<TestPacket> _lostByContract = [];
    private readonly HashSet<TestPacket> _thrownAway = [];
    private readonly HashSet<Exception> _thrownByContract = [];
    private int _deliveredAtTakeOver;
    private bool _rethrowsByContract;
    private bool _isLeftByContract;
    private int _callsAtStore = -1;
    private readonly HashSet<TestPacket> _awaiting = [];
    private bool _isLeftByThrow;
    private bool _isLeftAfterCalls;
    private bool _isLeftByCall;
    private bool _isLeftByHelper;
    private bool _isLeftLater;
    private bool _isLater;
    private int _endedBefore;
    private bool _isProbing;
    private bool _isEndedElsewhere;
    private int _suspended;
    private bool _hasResumed;
    private bool _isGivenAway;

    public static new PacketPath Current => (PacketPath)ProgramPath.Current;

    public PacketFaults Faults { get; private set; }

    /// <summary>Whether generated code completes the packet that is delivered: an end before that is one too many, whatever comes after it.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>How many packets have come into the queue of the driver.</summary>
    public int Arrived { get; set; }

    /// <summary>Once something has gone wrong, the path is not what was written any more; only what the rules leave open may turn out to be wrong otherwise.</summary>
    protected override bool IsDecided => base.IsDecided || (Faults & ~PacketFaults.Undecided) != PacketFaults.None;

    public override IEnumerable<string> FaultNames => Enum.GetValues<PacketFaults>().Where(f => f != PacketFaults.None && Faults.HasFlag(f)).Select(static f => f.ToString());

    /// <summary>What it is to go on with a packet whose data is to come.</summary>
    private PacketFaults GoingOn => _awaiting.Overlaps(_takenOver) ? PacketFaults.WentOnElsewhere : PacketFaults.WentOn;

    /// <summary>Delivers another packet.</summary>
    public PacketCompletion Deliver()
    {
        var packet = TestPacket.Create([1, 2, 3, 4, 5, 6, 7, 8], transactionId: (ulong)_packets.Count + 1, externalData: new byte[8]);
        _packets.Add(packet);
        return packet.Completion;
    }

    /// <summary>
    /// Lets the rest of the driver do its part once the function has been left, runs what was deferred and completes what is stored,
    /// and judges what is owed then.
    /// </summary>
    /// <param name="driver">The object whose fields are the stores.</param>
    /// <param name="fields">Its fields.</param>
    public void Settle(object driver, FieldInfo[] fields)
    {
        HashSet<PendingPacket> open = [];
        void NoteOpen() => open.UnionWith(fields.SelectMany(f => Stored(f.GetValue(driver))).Where(p => !IsEnded(p) || _aliased.Contains(p)));

        NoteOpen();
        IList<Action>[] stored = [.. fields.Select(f => f.GetValue(driver)).OfType<IList<Action>>()];
        for (int ran = -1, next = 0; ran != next;)
        {
            // One may give away another one.
            ran = next;
            while (Deferred.TryDequeue(out Action? action))
            {
                Later(action);
                NoteOpen();
                next++;
            }

            foreach (IList<Action> actions in stored)
            {
                for (; actions.Count > 0; next++)
                {
                    Action action = actions[0];
                    actions.RemoveAt(0);
                    Later(action);
                    NoteOpen();
                }
            }
        }

        var drained = new HashSet<PendingPacket>();
        foreach (PendingPacket packet in fields.SelectMany(f => Stored(f.GetValue(driver))))
        {
            if (drained.Add(packet) && !IsLeftOpen(open.Contains(packet) && IsEnded(packet)))
            {
                Later(packet.Complete);
            }
        }

        foreach (PendingPacket packet in _displaced.Where(p => !drained.Contains(p)))
        {
            IsLeftOpen(true);
            Later(packet.Complete);
        }

        if (_awaiting.Any(static p => p.Outcome != TestPacketOutcome.None) && Faults == PacketFaults.None)
        {
            Faults = _awaiting.Overlaps(_endedElsewhere) ? PacketFaults.Undecided : GoingOn;
        }

        TestPacket[] owed = [.. _packets.Where(p => !IsEnded(p) && !_awaiting.Contains(p) && (!_isLeftByContract || _takenOver.Contains(p)))];
        if (!IsHalted && (Faults & ~PacketFaults.Undecided) == PacketFaults.None && !_isLeftByCall && owed.Length > 0)
        {
            bool isElsewhere = Array.TrueForAll(owed, p => p.Outcome == TestPacketOutcome.Pended || _takenOver.Contains(p));
            Faults |= _suspended > 0 || Array.TrueForAll(owed, _lostByContract.Contains) ? PacketFaults.Undecided
                : Array.TrueForAll(owed, p => _thrownAway.Contains(p) || _lostByContract.Contains(p)) ? PacketFaults.ThrownAfterCalls
                : _isLeftByThrow ? isElsewhere && _isLeftAfterCalls ? PacketFaults.ThrownAfterCalls : PacketFaults.Thrown
                : _isLeftLater ? PacketFaults.ThrownLater
                : PacketFaults.Leaked;
        }

        // The exception of something called owes nothing for who called it; a function of the program that throws it has packets of its own, perhaps.
        IsLeftOpen(!IsHalted && _isLeftByHelper && owed.Length > 0);
    }

    /// <summary>
    /// The packet in a field is about to be replaced. A packet that the same function has just put there is lost; of any other the field's
    /// owner knows more than the function does, and answers for it.
    /// </summary>
    public void Displace(PendingPacket packet)
    {
        if (!packet.IsDefault && _callsAtStore != Calls)
        {
            _displaced.Add(packet);
        }
    }

    /// <summary>A function that says so takes a packet over.</summary>
    public void TakeOver(PacketCompletion packet) => TakeOver(TransactionIdOf(packet));

    /// <summary>A function that says so takes a packet over.</summary>
    public void TakeOver(PendingPacket packet) => TakeOver(TransactionIdOf(packet));

    /// <summary>A function that has taken a packet over throws: to its callers that is the exception of something called.</summary>
    public void ThrowByContract(Exception exception) => _thrownByContract.Add(exception);

    /// <summary>A function that has taken a packet over is about to throw again what it has caught.</summary>
    public void RethrowByContract() => _rethrowsByContract = true;

    /// <summary>A packet was put into a field.</summary>
    public void NoteStore() => _callsAtStore = Calls;

    /// <summary>An exception of something that was called owes nothing; one that was thrown here does.</summary>
    public override void Leave(Exception exception)
    {
        _isLeftByThrow |= IsThrown(exception);
        _isLeftAfterCalls |= Calls > 0;
        _isLeftByContract |= _thrownByContract.Contains(exception);
        LeaveByCall(exception);
    }

    /// <summary>A packet is given to an object that completes it some time: whoever ends it otherwise ends what is not its own to end.</summary>
    public void GiveAway() => _isGivenAway = true;

    /// <summary>A packet is completed by an object that the program gave it to: when, the program does not say.</summary>
    public void EndElsewhere(PacketCompletion packet)
    {
        _isEndedElsewhere = true;
        Note(TransactionIdOf(packet), _endedElsewhere);
    }

    /// <summary>A packet is completed through something that the program made of it.</summary>
    public void EndThroughAlias(PendingPacket packet)
    {
        _isEndedElsewhere = true;
        _aliased.Add(packet);
    }

    /// <summary>External data of a packet is asked for: whether it is still to come.</summary>
    public bool IsToCome(PacketCompletion packet)
    {
        TestPacket asked = _packets[(int)packet.TransactionId - 1];
        if (_awaiting.Count > 0 || IsEnded(asked) || Choose(2) == 0)
        {
            return false;
        }

        _awaiting.Add(asked);
        return true;
    }

    /// <summary>External data is about to be used.</summary>
    public void UseData()
    {
        if (_awaiting.Count > 0 && Faults == PacketFaults.None)
        {
            Faults = GoingOn;
        }
    }

    /// <summary>An iterator waits, with a packet, for its caller to come back; the caller may not.</summary>
    public void Suspend() => _suspended++;

    /// <summary>The caller of an iterator has come back.</summary>
    public void Resume()
    {
        _suspended--;
        _hasResumed = true;
    }

    private static bool IsEnded(TestPacket packet) => packet.Outcome is not (TestPacketOutcome.None or TestPacketOutcome.Pended);

    private bool IsThrown(Exception exception) => exception is TransferException { Thrower: not null } || _thrownAgain.Contains(exception);

    private void LeaveByCall(Exception exception)
    {
        _isLeftByCall |= !IsThrown(exception);
        _isLeftByHelper |= exception is TransferException { IsOfHelper: true };
    }

    private void TakeOver(ulong transactionId)
    {
        Note(transactionId, _takenOver);
        _deliveredAtTakeOver = _packets.Count;
    }

    /// <summary>Notes a packet by its number; one that is ended has none.</summary>
    private void Note(ulong transactionId, HashSet<TestPacket> packets)
    {
        if (transactionId > 0)
        {
            packets.Add(_packets[(int)transactionId - 1]);
        }
    }

    /// <summary>Runs a function that was given away.</summary>
    private void Later(Action action)
    {
        _isLater = true;
        _endedBefore = _packets.Count(IsEnded);
        try
        {
            action();
        }
        catch (Exception e) when (e is TransferException or DeviceException or InvalidOperationException)
        {
            _isLeftLater |= IsThrown(e);
            LeaveByCall(e);
        }
    }

    /// <summary>Notes what the rules leave open, as long as nothing else is wrong: whoever takes a packet out of a store may do so for the function that completes it.</summary>
    private bool IsLeftOpen(bool isOpen)
    {
        if (isOpen && Faults == PacketFaults.None)
        {
            Faults = PacketFaults.Undecided;
        }

        return isOpen;
    }

    private bool IsEnded(PendingPacket packet) => TransactionIdOf(packet) == 0;

    /// <summary>The packet's number; 0 if it is ended.</summary>
    private ulong TransactionIdOf(PendingPacket packet) => Probe(packet, static p => p.TransactionId);

    /// <summary>The packet's number; 0 if it is ended.</summary>
    private ulong TransactionIdOf(PacketCompletion packet) => Probe(packet, static p => p.TransactionId);

    private ulong Probe<TPacket>(TPacket packet, Func<TPacket, ulong> read)
        where TPacket : allows ref struct
    {
        _isProbing = true;
        try
        {
            return read(packet);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
        finally
        {
            _isProbing = false;
        }
    }

    protected override void Raised(Exception exception, string? rethrower)
    {
        if (_isProbing || Faults != PacketFaults.None)
        {
            // The run time has already refused something: from there on the path is not what was written.
            return;
        }

        switch (exception)
        {
            case ObjectDisposedException when exception.Message.Contains("VMB304", StringComparison.Ordinal):
                Faults = _isEndedElsewhere ? PacketFaults.Undecided : IsAnswered || _isGivenAway ? PacketFaults.UsedTooLate : PacketFaults.DataUsedAfter;
                break;
            case ObjectDisposedException when exception.Message.Contains("VMB103", StringComparison.Ordinal):
                // A function that was given away and only looks does so late or in time, as it is run.
                Faults = _isEndedElsewhere || (_isLater && _packets.Count(IsEnded) == _endedBefore) ? PacketFaults.Undecided
                    : IsAnswered || _isLater || _hasResumed || _isGivenAway ? PacketFaults.UsedTooLate
                    : PacketFaults.UsedAfter;
                break;
            case InvalidOperationException when exception.Message.Contains("VMB102", StringComparison.Ordinal):
                Faults = PacketFaults.CompletedTwice;
                break;
            case TransferException or DeviceException:
                // Whoever took a packet over by contract answers for it, and for what came to it since: for what it throws, unless it catches that itself. Exceptions of what it calls are no exits of it.
                if (rethrower is null ? _thrownByContract.Contains(exception) : _rethrowsByContract)
                {
                    _thrownAway.UnionWith(_takenOver.Concat(_packets.Skip(_deliveredAtTakeOver)).Where(static p => !IsEnded(p)));
                }
                else if (rethrower is null && !IsThrown(exception))
                {
                    _lostByContract.UnionWith(_takenOver.Where(static p => !IsEnded(p)));
                }

                if (rethrower is not null)
                {
                    _thrownAgain.Add(exception);
                    _ = _rethrowsByContract ? _thrownByContract.Add(exception) : _thrownByContract.Remove(exception);
                    _rethrowsByContract = false;
                }

                break;
            default:
                Stray ??= exception;
                break;
        }
    }

    /// <summary>The packets in something that a field holds.</summary>
    private static IEnumerable<PendingPacket> Stored(object? store) => store switch
    {
        null or string or IEnumerable<Action> => [],
        PendingPacket packet => packet.IsDefault ? [] : [packet],
        Transfer transfer => Stored(transfer.Packet),
        ValueTuple<PendingPacket, int> pair => Stored(pair.Item1),
        Waiting waiting => Stored(waiting.Packet),
        Channel<PendingPacket> channel => channel.Reader.TryPeek(out PendingPacket packet) ? [packet] : [],
        IDictionary map => map.Values.Cast<object?>().ToArray().SelectMany(Stored),
        IEnumerable all => all.Cast<object?>().ToArray().SelectMany(Stored),
        _ => [],
    };
}
