namespace Vmbus;

/// <summary>Where the packets of a <see cref="PacketBatch"/> come from.</summary>
internal abstract class PacketSource
{
    /// <summary>Ends the delivery of the current packet and makes the next one current.</summary>
    public abstract bool MoveNext(ref PacketBatch batch);
}
