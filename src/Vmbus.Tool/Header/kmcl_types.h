/* The same in the headers of all assemblies: the first one that is included counts. */
#ifndef VMB_KMCL_TYPES
#define VMB_KMCL_TYPES

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The convention of the entry points and of the host's functions: the platform's own. */
#if defined(_MSC_VER) && defined(_M_IX86)
#define VMB_CALL __stdcall
#elif defined(__GNUC__) && defined(_WIN32) && defined(__i386__)
#define VMB_CALL __attribute__((stdcall))
#else
#define VMB_CALL
#endif

/*
 * Types and callbacks as VmbusKernelModeClientLibApi.h names them. Where that header and those of the WDK or the Windows SDK come first, define
 * VMB_USE_PLATFORM_TYPES.
 */
#ifndef VMB_USE_PLATFORM_TYPES
typedef void *PVOID;
typedef uint8_t UINT8;
typedef uint32_t UINT32;
typedef uint64_t UINT64;
typedef int32_t NTSTATUS;

/* A channel: opaque. NativeChannel.Create makes it, NativeChannel.Destroy ends it. */
typedef struct VMBCHANNEL__ *VMBCHANNEL;

/* A packet that the host delivers, and owes the sender an answer for: the host's own, opaque to the handlers. */
typedef struct VMBPACKETCOMPLETION__ *VMBPACKETCOMPLETION;

/* A packet that the handlers send: opaque to the host. */
typedef struct VMBPACKET__ *VMBPACKET;

typedef void VMB_CALL EVT_VMB_CHANNEL_PROCESS_PACKET(VMBCHANNEL Channel, VMBPACKETCOMPLETION Packet, PVOID Buffer, UINT32 BufferLength, UINT32 Flags);
typedef void VMB_CALL EVT_VMB_CHANNEL_PROCESSING_COMPLETE(VMBCHANNEL Channel, UINT32 PacketsProcessed);
typedef NTSTATUS VMB_CALL EVT_VMB_CHANNEL_OPENED(VMBCHANNEL Channel);
typedef void VMB_CALL EVT_VMB_CHANNEL_CLOSED(VMBCHANNEL Channel);
typedef void VMB_CALL EVT_VMB_CHANNEL_SUSPEND(VMBCHANNEL Channel);
typedef void VMB_CALL EVT_VMB_CHANNEL_STARTED(VMBCHANNEL Channel);
typedef void VMB_CALL EVT_VMB_CHANNEL_POST_STARTED(VMBCHANNEL Channel);
typedef NTSTATUS VMB_CALL EVT_VMB_CHANNEL_SAVE_PACKET(VMBCHANNEL Channel, VMBPACKET Packet, PVOID SaveBuf, UINT32 SaveBufSize, UINT32 *SaveBufSizeNeeded);
typedef NTSTATUS VMB_CALL EVT_VMB_CHANNEL_RESTORE_PACKET(VMBCHANNEL Channel, PVOID LibBuf, UINT32 LibBufSize, PVOID SaveBuf, UINT32 SaveBufSize);
typedef void VMB_CALL EVT_CHANNEL_PNP_FAILURE(VMBCHANNEL Channel, NTSTATUS Status);
typedef void VMB_CALL EVT_VMB_PACKET_COMPLETION_ROUTINE(VMBPACKET Packet, NTSTATUS Status, PVOID Buffer, UINT32 BufferLength);
#endif

/* Flags of EVT_VMB_CHANNEL_PROCESS_PACKET: the packet references external data. */
#define VMB_PROCESS_PACKET_EXTERNAL_DATA 0x1u

/* Flags of GetExternalData: it is only read. */
#define VMB_EXTERNAL_DATA_READ_ONLY 0x1u

/* Flags of Send. Without VMB_SEND_WAIT_FOR_COMPLETION the packet is done when it is in the ring, else when the other side has completed it. */
#define VMB_SEND_WAIT_FOR_COMPLETION 0x1u
#define VMB_SEND_FORCE_MDL_LENGTH 0x2u
#define VMB_SEND_PAGED_BUFFER 0x4u
/* Answer VMB_STATUS_BUFFER_OVERFLOW where the packet does not fit into the ring, and do not queue it. */
#define VMB_SEND_NEVER_QUEUE 0x80000000u

#define VMB_STATUS_SUCCESS ((NTSTATUS)0x00000000u)
#define VMB_STATUS_PENDING ((NTSTATUS)0x00000103u)
#define VMB_STATUS_BUFFER_OVERFLOW ((NTSTATUS)0x80000005u)
#define VMB_STATUS_UNSUCCESSFUL ((NTSTATUS)0xC0000001u)
#define VMB_STATUS_INVALID_HANDLE ((NTSTATUS)0xC0000008u)
#define VMB_STATUS_INVALID_PARAMETER ((NTSTATUS)0xC000000Du)
#define VMB_STATUS_NOT_SUPPORTED ((NTSTATUS)0xC00000BBu)
#define VMB_STATUS_DEVICE_REMOVED ((NTSTATUS)0xC00002B6u)

#define VMB_IRQL_PASSIVE 0
#define VMB_IRQL_APC 1
#define VMB_IRQL_DISPATCH 2

/* A piece of external data and the next one; the memory stays until the packet is completed. */
typedef struct VMB_MDL {
    struct VMB_MDL *Next;
    PVOID Address;
    UINT32 ByteCount;
} VMB_MDL;

/*
 * The functions of the host that handlers end in. Any thread calls them, until NativeChannel.Destroy returns; they must not unwind into their caller. Buffers end
 * with the call. Complete, Fail and DeferToPassive are required, the others may be null.
 */
typedef struct VMB_KMCL_EXPORTS {
    UINT32 Size;
    UINT32 Version;
    /* The host's own; handed to Send and CurrentIrql. */
    PVOID Context;
    /* VmbChannelPacketComplete. Without payload Buffer is null and BufferLength 0. */
    void (VMB_CALL *Complete)(VMBPACKETCOMPLETION Packet, const void *Buffer, UINT32 BufferLength);
    /* VmbChannelPacketFail: the channel's queue stops. */
    void (VMB_CALL *Fail)(VMBPACKETCOMPLETION Packet);
    /* VmbChannelPacketDeferToPassive: the processing callback is to be called again at PASSIVE_LEVEL. */
    void (VMB_CALL *DeferToPassive)(VMBPACKETCOMPLETION Packet);
    /* VmbChannelPacketGetExternalData. VMB_STATUS_PENDING: the processing callback is called again when the data is there. */
    NTSTATUS (VMB_CALL *GetExternalData)(VMBPACKETCOMPLETION Packet, UINT32 Flags, VMB_MDL **Mdl);
    /* VmbPacketSend. After a success status the packet completion routine is called once for a Packet that is not null. */
    NTSTATUS (VMB_CALL *Send)(PVOID Context, VMBPACKET Packet, const void *Buffer, UINT32 BufferLength, UINT64 TransactionId, const VMB_MDL *ExternalData, UINT32 Flags);
    /* The transaction id of a delivered packet, and 1 where its sender asked for a completion. Null: 0, and it did. */
    void (VMB_CALL *GetTransaction)(VMBPACKETCOMPLETION Packet, UINT64 *TransactionId, UINT8 *IsCompletionRequested);
    /* KeGetCurrentIrql. Null: packets are processed at DISPATCH_LEVEL, those that come again after DeferToPassive at PASSIVE_LEVEL. */
    UINT8 (VMB_CALL *CurrentIrql)(PVOID Context);
} VMB_KMCL_EXPORTS;

#define VMB_KMCL_EXPORTS_VERSION 1u

/* The exports of this version, for the functions to be filled in: VMB_KMCL_EXPORTS exports = VMB_KMCL_EXPORTS_INIT; */
#define VMB_KMCL_EXPORTS_INIT { sizeof(VMB_KMCL_EXPORTS), VMB_KMCL_EXPORTS_VERSION, 0, 0, 0, 0, 0, 0, 0, 0 }

/* The entry points of a class of handlers. All are there. None lets an exception through. */
typedef struct VMB_CALLBACK_TABLE {
    UINT32 Size;
    UINT32 Version;
    EVT_VMB_CHANNEL_PROCESS_PACKET *ProcessPacket;
    EVT_VMB_CHANNEL_PROCESSING_COMPLETE *ProcessingComplete;
    EVT_VMB_CHANNEL_OPENED *Opened;
    EVT_VMB_CHANNEL_CLOSED *Closed;
    EVT_VMB_CHANNEL_SUSPEND *Suspend;
    EVT_VMB_CHANNEL_STARTED *Started;
    EVT_VMB_CHANNEL_POST_STARTED *PostStarted;
    EVT_VMB_CHANNEL_SAVE_PACKET *SavePacket;
    EVT_VMB_CHANNEL_RESTORE_PACKET *RestorePacket;
    EVT_CHANNEL_PNP_FAILURE *PnpFailure;
    EVT_VMB_PACKET_COMPLETION_ROUTINE *PacketCompletionRoutine;
} VMB_CALLBACK_TABLE;

#define VMB_CALLBACK_TABLE_VERSION 1u

#ifdef __cplusplus
}
#endif
#endif
