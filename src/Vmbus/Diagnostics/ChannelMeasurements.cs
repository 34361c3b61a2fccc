namespace Vmbus.Diagnostics;

/// <summary>What is measured of one endpoint: counts since it was created.</summary>
internal struct ChannelMeasurements
{
    public long PacketsReceived;
    public long PacketsSent;
    public long BytesReceived;
    public long BytesSent;
    public long SignalsSent;
    public long RingFullWaits;
    public long PacketsLost;
    public long PacketsFailed;
    public long PayloadsDropped;
    public long HandlerExceptions;

    /// <summary>Adds counts.</summary>
    public void Add(in ChannelMeasurements other)
    {
        PacketsReceived += other.PacketsReceived;
        PacketsSent += other.PacketsSent;
        BytesReceived += other.BytesReceived;
        BytesSent += other.BytesSent;
        SignalsSent += other.SignalsSent;
        RingFullWaits += other.RingFullWaits;
        PacketsLost += other.PacketsLost;
        PacketsFailed += other.PacketsFailed;
        PayloadsDropped += other.PayloadsDropped;
        HandlerExceptions += other.HandlerExceptions;
    }

    /// <summary>Takes counts away.</summary>
    public void Subtract(in ChannelMeasurements other)
    {
        PacketsReceived -= other.PacketsReceived;
        PacketsSent -= other.PacketsSent;
        BytesReceived -= other.BytesReceived;
        BytesSent -= other.BytesSent;
        SignalsSent -= other.SignalsSent;
        RingFullWaits -= other.RingFullWaits;
        PacketsLost -= other.PacketsLost;
        PacketsFailed -= other.PacketsFailed;
        PayloadsDropped -= other.PayloadsDropped;
        HandlerExceptions -= other.HandlerExceptions;
    }
}
