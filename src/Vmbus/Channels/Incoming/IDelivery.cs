namespace Vmbus;

/// <summary>What is done with the turn.</summary>
internal interface IDelivery
{
    /// <summary>
    /// The caller has the turn: delivers what there is. At its end the turn is given back by <see cref="DeliveryTurn.GiveBack"/> or handed on by
    /// <see cref="DeliveryTurn.HandOnToPassive"/>.
    /// </summary>
    void Deliver();
}
