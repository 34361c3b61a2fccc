namespace Vmbus;

/// <summary>The status codes of the kernel that the client library answers with.</summary>
public enum NtStatus : uint
{
    /// <summary>STATUS_SUCCESS.</summary>
    Success = 0x00000000,

    /// <summary>STATUS_TIMEOUT: a success code.</summary>
    Timeout = 0x00000102,

    /// <summary>STATUS_PENDING: the operation goes on; a success code.</summary>
    Pending = 0x00000103,

    /// <summary>STATUS_BUFFER_OVERFLOW: it did not fit and was not queued, or some was written and more is to come.</summary>
    BufferOverflow = 0x80000005,

    /// <summary>STATUS_UNSUCCESSFUL.</summary>
    Unsuccessful = 0xC0000001,

    /// <summary>STATUS_INVALID_HANDLE: it names nothing that exists, or something of another kind.</summary>
    InvalidHandle = 0xC0000008,

    /// <summary>STATUS_INVALID_PARAMETER.</summary>
    InvalidParameter = 0xC000000D,

    /// <summary>STATUS_NO_SUCH_DEVICE: nothing with these ids is offered.</summary>
    NoSuchDevice = 0xC000000E,

    /// <summary>STATUS_INVALID_DEVICE_REQUEST: the endpoint does not have this operation.</summary>
    InvalidDeviceRequest = 0xC0000010,

    /// <summary>STATUS_MORE_PROCESSING_REQUIRED.</summary>
    MoreProcessingRequired = 0xC0000016,

    /// <summary>STATUS_BUFFER_TOO_SMALL.</summary>
    BufferTooSmall = 0xC0000023,

    /// <summary>STATUS_OBJECT_NAME_COLLISION: an endpoint with these ids exists.</summary>
    ObjectNameCollision = 0xC0000035,

    /// <summary>STATUS_DATA_ERROR: what the peer wrote is not what the protocol allows.</summary>
    DataError = 0xC000003E,

    /// <summary>STATUS_REVISION_MISMATCH: written by another version.</summary>
    RevisionMismatch = 0xC0000059,

    /// <summary>STATUS_INSUFFICIENT_RESOURCES.</summary>
    InsufficientResources = 0xC000009A,

    /// <summary>STATUS_NOT_SUPPORTED.</summary>
    NotSupported = 0xC00000BB,

    /// <summary>STATUS_INVALID_PARAMETER_1: the channel is not in a state that allows the call.</summary>
    InvalidParameter1 = 0xC00000EF,

    /// <summary>STATUS_INVALID_PARAMETER_2.</summary>
    InvalidParameter2 = 0xC00000F0,

    /// <summary>STATUS_INVALID_PARAMETER_3.</summary>
    InvalidParameter3 = 0xC00000F1,

    /// <summary>STATUS_CANCELLED.</summary>
    Cancelled = 0xC0000120,

    /// <summary>STATUS_POSSIBLE_DEADLOCK: the caller would wait for itself.</summary>
    PossibleDeadlock = 0xC0000194,

    /// <summary>STATUS_INVALID_DEVICE_STATE.</summary>
    InvalidDeviceState = 0xC0000184,

    /// <summary>STATUS_INVALID_BUFFER_SIZE.</summary>
    InvalidBufferSize = 0xC0000206,

    /// <summary>STATUS_DEVICE_REMOVED: the channel is going away.</summary>
    DeviceRemoved = 0xC00002B6,
}
