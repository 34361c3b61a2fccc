using System.Collections;
using System.Reflection;
using System.Threading.Channels;
using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A path on which packets are delivered, and what goes wrong with them.</summary>
public sealed class PacketPath(ChoiceScript script, bool callsThrow) : ProgramPath(script, callsThrow)
{
    private readonly List<TestPacket> _packets = [];
    private readonly HashSet<PendingPacket> _drained = [];
    private readonly List<Exception> _thrownAgain = [];
    private readonly List<PendingPacket> _displaced = [];
    private int _callsAtStore = -1;
    private bool _isLeftByThrow;
    private bool _isLeftByCall;
    private bool _isLeftLater;
    private bool _isEndedElsewhere;
    private int _suspended;

    public static new PacketPath Current => (PacketPath)ProgramPath.Current;

    public PacketFaults Faults { get; private set; }

    /// <summary>How many packets have come into the queue of the driver.</summary>
    public int Arrived { get; set; }

    public override IEnumerable<string> FaultNames => Enum.GetValues<PacketFaults>().Where(f => f != PacketFaults.None && Faults.HasFlag(f)).Select(static f => f.ToString());

    /// <summary>Delivers another packet.</summary>
    public PacketCompletion Deliver()
    {
        var packet = TestPacket.Create([1, 2, 3, 4, 5, 6, 7, 8], transactionId: (ulong)_packets.Count + 1);
        _packets.Add(packet);
        return packet.Completion;
    }

    /// <summary>
    /// Lets the rest of the driver do its part once the function has been left, runs what was deferred and completes what is stored,
    /// and judges what is owed then.
    /// </summary>
    /// <param name="driver">The object whose fields are the stores.</param>
    public void Settle(object driver)
    {
        while (Deferred.TryDequeue(out Action? action))
        {
            Later(action);
        }

        FieldInfo[] fields = driver.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
        foreach (IList<Action> actions in fields.Select(f => f.GetValue(driver)).OfType<IList<Action>>())
        {
            // One may store another one.
            for (int i = 0; i < actions.Count; i++)
            {
                Later(actions[i]);
            }
        }

        foreach (FieldInfo field in fields)
        {
            Drain(field.GetValue(driver));
        }

        if (_displaced.Exists(p => !_drained.Contains(p)) && Faults == PacketFaults.None)
        {
            Faults = PacketFaults.Undecided;
            Drain(_displaced);
        }

        if (!IsHalted && (Faults & ~PacketFaults.Undecided) == PacketFaults.None && !_isLeftByCall && _packets.Exists(static p => p.Outcome is TestPacketOutcome.None or TestPacketOutcome.Pended))
        {
            Faults |= _suspended > 0 ? PacketFaults.Undecided
                : _isLeftByThrow ? PacketFaults.Thrown
                : _isLeftLater ? PacketFaults.ThrownLater
                : PacketFaults.Leaked;
        }
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

    /// <summary>A packet was put into a field.</summary>
    public void NoteStore() => _callsAtStore = Calls;

    /// <summary>An exception of something that was called owes nothing; one that was thrown here does.</summary>
    public override void Leave(Exception exception)
    {
        _isLeftByThrow |= IsThrown(exception);
        _isLeftByCall |= !IsThrown(exception);
    }

    /// <summary>A packet is completed by an object that the program gave it to: when, the program does not say.</summary>
    public void EndElsewhere() => _isEndedElsewhere = true;

    /// <summary>An iterator waits, with a packet, for its caller to come back; the caller may not.</summary>
    public void Suspend() => _suspended++;

    /// <summary>The caller of an iterator has come back.</summary>
    public void Resume() => _suspended--;

    private bool IsThrown(Exception exception) => exception is TransferException { IsThrown: true } || _thrownAgain.Contains(exception);

    /// <summary>Runs a function that was given away.</summary>
    private void Later(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is TransferException or DeviceException or InvalidOperationException)
        {
            _isLeftLater |= IsThrown(e);
            _isLeftByCall |= !IsThrown(e);
        }
    }

    protected override void Raised(Exception exception, bool isRethrown)
    {
        if (Faults != PacketFaults.None)
        {
            // The run time has already refused something: from there on the path is not what was written.
            return;
        }

        switch (exception)
        {
            case ObjectDisposedException when exception.Message.Contains("VMB103", StringComparison.Ordinal):
                Faults = _isEndedElsewhere ? PacketFaults.Undecided : PacketFaults.UsedAfter;
                break;
            case InvalidOperationException when exception.Message.Contains("VMB102", StringComparison.Ordinal):
                Faults = PacketFaults.CompletedTwice;
                break;
            case TransferException or DeviceException:
                if (isRethrown)
                {
                    _thrownAgain.Add(exception);
                }

                break;
            default:
                Stray ??= exception;
                break;
        }
    }

    private void Drain(object? stored)
    {
        switch (stored)
        {
            case null or string or IEnumerable<Action>:
                break;
            case PendingPacket { IsDefault: false } packet:
                if (_drained.Add(packet))
                {
                    Later(packet.Complete);
                }

                break;
            case Transfer transfer:
                Drain(transfer.Packet);
                break;
            case ValueTuple<PendingPacket, int> pair:
                Drain(pair.Item1);
                break;
            case Channel<PendingPacket> channel:
                while (channel.Reader.TryRead(out PendingPacket packet))
                {
                    Drain(packet);
                }

                break;
            case IDictionary map:
                Drain(map.Values);
                break;
            case IEnumerable all:
                foreach (object? one in all.Cast<object?>().ToArray())
                {
                    Drain(one);
                }

                break;
        }
    }
}
