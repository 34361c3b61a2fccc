namespace Vmbus.Ring;

/// <content>Waiting for room: the pending send size.</content>
public sealed unsafe partial class RingWriter
{
    private bool _usesFlowControl;

    /// <summary>
    /// Whether the pending send size is used on this ring: the feature bit was set when the writer attached, or by <see cref="EnableFlowControl"/>.
    /// </summary>
    public bool UsesFlowControl => _usesFlowControl;

    /// <summary>Tells the reader that this side uses the pending send size, and honours it on the ring that it receives from.</summary>
    /// <remarks>To be called when the channel opens. Without it a writer that finds the ring full must poll.</remarks>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void EnableFlowControl()
    {
        ThrowIfDetached();
        RingControlPage page = Page;
        page.FeatureBits = RingControlPage.PendingSendSizeFeature;
        _usesFlowControl = true;
        GC.KeepAlive(this);
    }

    /// <summary>Asks the reader for a signal when room for a packet becomes free, and looks once more whether it already is.</summary>
    /// <param name="bytesNeeded">The footprint of the packet in bytes (<see cref="RingSpace.Footprint"/>), or more so as to be woken less often.</param>
    /// <returns>True: there is room, the request is withdrawn: write. False: the request stands: wait for the signal (or the ring is corrupt, see <see cref="RingEndpoint.Corruption"/>).</returns>
    /// <remarks>Afterwards, when the packet is written: <see cref="ClearPendingSend"/>. Everything staged must have been published before.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or no ring of this size can ever have so much room.</exception>
    /// <exception cref="InvalidOperationException">Packets are staged that the reader cannot see, or flow control is not enabled on this ring.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public bool PreparePendingSend(int bytesNeeded)
    {
        ThrowIfDetached();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesNeeded);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytesNeeded, DataSize - RingSpace.Granularity);
        if (HasUnpublished)
        {
            throw new InvalidOperationException("Packets are staged but not published: the reader could never make room. Call Publish first.");
        }

        if (!_usesFlowControl)
        {
            throw new InvalidOperationException("Flow control is not enabled on this ring: the reader would not signal. Call EnableFlowControl when the channel opens.");
        }

        RingControlPage page = Page;
        page.PendingSendSize = (uint)bytesNeeded;

        // The reader stores its index and then looks at the pending size; here it is the other way round.
        Interlocked.MemoryBarrier();
        bool hasRoom = Refresh() && Room >= (uint)bytesNeeded;
        if (hasRoom)
        {
            page.PendingSendSize = 0;
        }

        GC.KeepAlive(this);
        return hasRoom;
    }

    /// <summary>Withdraws the request of <see cref="PreparePendingSend"/>; otherwise every later crossing would signal again.</summary>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void ClearPendingSend()
    {
        ThrowIfDetached();
        RingControlPage page = Page;
        page.PendingSendSize = 0;
        GC.KeepAlive(this);
    }
}
