namespace Vmbus;

/// <summary>One wake-up of an incoming queue: how much more it may deliver, and why it delivers no more. Belongs to whoever holds the turn.</summary>
internal sealed class DeliveryWakeUp(DeliveryTurn turn, OwedPackets owed)
{
    /// <summary>How many packets one wake-up delivers before the other channels of the processor have their turn.</summary>
    private const int PacketsPerWakeUp = 256;

    private int _budget;

    /// <summary>What has ended the wake-up; <see cref="DeliveryPause.None"/>: nothing yet.</summary>
    public DeliveryPause Pause { get; private set; }

    /// <summary>Begins, or looks at the ring again after it was empty.</summary>
    public void Begin()
    {
        Pause = DeliveryPause.None;
        _budget = PacketsPerWakeUp;
    }

    /// <summary>Ends it.</summary>
    public void End(DeliveryPause pause) => Pause = pause;

    /// <summary>Lets it end with the packet that is delivered now.</summary>
    public void SpendBudget() => _budget = 0;

    /// <summary>Whether another packet may be taken out of the ring; else the wake-up has ended.</summary>
    public bool MayDeliver()
    {
        if (Pause != DeliveryPause.None)
        {
            return false;
        }

        if (!turn.IsEnabled)
        {
            Pause = DeliveryPause.Stopped;
        }
        else if (_budget == 0)
        {
            Pause = DeliveryPause.Budget;
        }
        else if (owed.IsQuotaReached())
        {
            Pause = DeliveryPause.Quota;
        }
        else
        {
            _budget--;
            return true;
        }

        return false;
    }
}
