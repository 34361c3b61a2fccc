namespace Vmbus;

/// <summary>What external data is needed for.</summary>
[Flags]
public enum ExternalDataFlags : uint
{
    /// <summary>For reading and writing.</summary>
    None = 0,

    /// <summary>For reading only: VMBUS_CHANNEL_PACKET_EXTERNAL_DATA_FLAG_READ_ONLY.</summary>
    ReadOnly = 0x1,
}
