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
    private bool _isLeftByThrow;
    private bool _isLeftByCall;

    public static new PacketPath Current => (PacketPath)ProgramPath.Current;

    public PacketFaults Faults { get; private set; }

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
            Try(action);
        }

        object?[] stores = [.. driver.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Select(f => f.GetValue(driver))];
        foreach (Action action in stores.OfType<IEnumerable<Action>>().SelectMany(static a => a))
        {
            Try(action);
        }

        foreach (object? store in stores)
        {
            Drain(store);
        }

        if (!IsHalted && Faults == PacketFaults.None && !_isLeftByCall && _packets.Exists(static p => p.Outcome is TestPacketOutcome.None or TestPacketOutcome.Pended))
        {
            Faults = _isLeftByThrow ? PacketFaults.Thrown : PacketFaults.Leaked;
        }
    }

    /// <summary>An exception of something that was called owes nothing; one that was thrown here does.</summary>
    public override void Leave(Exception exception)
    {
        bool isThrown = exception is TransferException { IsThrown: true } || _thrownAgain.Contains(exception);
        _isLeftByThrow |= isThrown;
        _isLeftByCall |= !isThrown;
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is TransferException or DeviceException or InvalidOperationException)
        {
            Leave(e);
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
                Faults = PacketFaults.UsedAfter;
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
                    Try(packet.Complete);
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
