namespace Vmbus;

/// <summary>Where the packets of a <see cref="PacketBatch"/> come from, and who is told what becomes of them.</summary>
internal abstract class PacketSource : PacketOwner
{
    /// <summary>Ends the delivery of the current packet and makes the next one current.</summary>
    public abstract bool MoveNext(ref PacketBatch batch);
}
