/* A host of channels as small as one can be: it delivers packets to a callback table and writes down what its functions are called with. */
#include "vmbus_native.h"

#include <pthread.h>
#include <stddef.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATA_SIZE 24

typedef struct HOST HOST;

struct VMBPACKETCOMPLETION__ {
    HOST *Host;
    UINT32 Number;
    UINT64 TransactionId;
    UINT8 IsCompletionRequested;
    UINT8 IsDeferred;
    UINT8 IsAwaited;
    UINT8 IsThere;
    VMB_MDL Mdl[2];
    UINT8 Data[DATA_SIZE];
};

struct HOST {
    VMB_CALLBACK_TABLE Table;
    VMBCHANNEL Channel;
    pthread_mutex_t Lock;
    char Log[65536];
    size_t Length;
    VMBPACKET LastSent;
    NTSTATUS SendStatus;
    UINT8 Irql;
    UINT8 IsPendingFirst;
    UINT8 IsMdlCircular;
    UINT8 CompletesAtOnce;
    UINT32 NestedType;
};

static void note(HOST *host, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pthread_mutex_lock(&host->Lock);
    host->Length += (size_t)vsnprintf(host->Log + host->Length, sizeof host->Log - host->Length, format, arguments);
    pthread_mutex_unlock(&host->Lock);
    va_end(arguments);
}

static void note_bytes(HOST *host, const void *buffer, UINT32 length)
{
    char text[2 * 256 + 1] = "";
    for (UINT32 i = 0; i < length && i < 256; i++)
    {
        snprintf(text + 2 * i, 3, "%02x", ((const UINT8 *)buffer)[i]);
    }
    note(host, "%s\n", buffer == NULL ? "null" : text);
}

static void VMB_CALL complete(VMBPACKETCOMPLETION packet, const void *buffer, UINT32 length)
{
    HOST *host = packet->Host;
    note(host, "complete %u ", packet->Number);
    note_bytes(host, buffer, length);
    if (host->NestedType != 0)
    {
        /* A host that has its next packet at hand delivers it before it returns. */
        UINT32 type = host->NestedType;
        VMBPACKETCOMPLETION next = calloc(1, sizeof *next);
        host->NestedType = 0;
        next->Host = host;
        next->Number = packet->Number + 100;
        host->Table.ProcessPacket(host->Channel, next, &type, sizeof type, 0);
        note(host, "back in %u\n", packet->Number);
    }
}

static void VMB_CALL fail(VMBPACKETCOMPLETION packet)
{
    note(packet->Host, "fail %u\n", packet->Number);
}

static void VMB_CALL defer(VMBPACKETCOMPLETION packet)
{
    note(packet->Host, "defer %u\n", packet->Number);
    packet->IsDeferred = 1;
}

static NTSTATUS VMB_CALL get_external_data(VMBPACKETCOMPLETION packet, UINT32 flags, VMB_MDL **mdl)
{
    HOST *host = packet->Host;
    note(host, "data %u flags %u\n", packet->Number, flags);
    if (host->IsPendingFirst && !packet->IsThere)
    {
        packet->IsAwaited = 1;
        packet->IsThere = 1;
        return VMB_STATUS_PENDING;
    }
    for (UINT32 i = 0; i < DATA_SIZE; i++)
    {
        packet->Data[i] = (UINT8)i;
    }
    packet->Mdl[0] = (VMB_MDL){ &packet->Mdl[1], packet->Data, DATA_SIZE - 8 };
    packet->Mdl[1] = (VMB_MDL){ host->IsMdlCircular ? &packet->Mdl[0] : NULL, packet->Data + DATA_SIZE - 8, 8 };
    *mdl = packet->Mdl;
    return VMB_STATUS_SUCCESS;
}

static NTSTATUS VMB_CALL send(PVOID context, VMBPACKET packet, const void *buffer, UINT32 length, UINT64 transaction, const VMB_MDL *data, UINT32 flags)
{
    HOST *host = context;
    note(host, "send %s xid %llu flags %x ", packet == NULL ? "bytes" : "packet", (unsigned long long)transaction, flags);
    note_bytes(host, buffer, length);
    for (; data != NULL; data = data->Next)
    {
        note(host, "  with ");
        note_bytes(host, data->Address, data->ByteCount);
    }
    if (host->SendStatus >= 0 && packet != NULL)
    {
        host->LastSent = packet;
        if (host->CompletesAtOnce)
        {
            host->Table.PacketCompletionRoutine(packet, VMB_STATUS_SUCCESS, (PVOID)buffer, length);
        }
    }
    return host->SendStatus;
}

static void VMB_CALL get_transaction(VMBPACKETCOMPLETION packet, UINT64 *transaction, UINT8 *is_completion_requested)
{
    *transaction = packet->TransactionId;
    *is_completion_requested = packet->IsCompletionRequested;
}

static UINT8 VMB_CALL current_irql(PVOID context)
{
    return ((HOST *)context)->Irql;
}

HOST *host_create(UINT8 tells_irql, VMB_KMCL_EXPORTS *exports)
{
    HOST *host = calloc(1, sizeof *host);
    VMB_KMCL_EXPORTS filled = VMB_KMCL_EXPORTS_INIT;
    pthread_mutex_init(&host->Lock, NULL);
    host->Irql = VMB_IRQL_DISPATCH;
    filled.Context = host;
    filled.Complete = complete;
    filled.Fail = fail;
    filled.DeferToPassive = defer;
    filled.GetExternalData = get_external_data;
    filled.Send = send;
    filled.GetTransaction = get_transaction;
    filled.CurrentIrql = tells_irql ? current_irql : NULL;
    *exports = filled;
    return host;
}

/* 0 where the table is one that the header describes. */
int host_start(HOST *host, const VMB_CALLBACK_TABLE *table, VMBCHANNEL channel)
{
    if (table->Size != sizeof *table || table->Version != VMB_CALLBACK_TABLE_VERSION)
    {
        return 1;
    }
    host->Table = *table;
    host->Channel = channel;
    return 0;
}

/* Delivers a packet, and again for as long as the handlers ask for it, from a thread of its own that .NET has never seen. */
typedef struct {
    HOST *Host;
    VMBPACKETCOMPLETION Packet;
    const void *Buffer;
    UINT32 Length;
    UINT32 Flags;
} DELIVERY;

static void *deliver(void *context)
{
    DELIVERY *delivery = context;
    HOST *host = delivery->Host;
    VMBPACKETCOMPLETION packet = delivery->Packet;
    int again;
    do
    {
        /* The callback must not look at the buffer once it has returned. */
        UINT8 *buffer = delivery->Length == 0 ? NULL : malloc(delivery->Length);
        if (buffer != NULL)
        {
            memcpy(buffer, delivery->Buffer, delivery->Length);
        }
        packet->IsDeferred = packet->IsAwaited = 0;
        host->Table.ProcessPacket(host->Channel, packet, buffer, delivery->Length, delivery->Flags);
        if (buffer != NULL)
        {
            memset(buffer, 0xcc, delivery->Length);
            free(buffer);
        }
        again = packet->IsDeferred || packet->IsAwaited;
        host->Irql = packet->IsDeferred ? VMB_IRQL_PASSIVE : VMB_IRQL_DISPATCH;
    } while (again);
    host->Irql = VMB_IRQL_DISPATCH;
    return NULL;
}

void host_deliver(HOST *host, UINT32 number, const void *buffer, UINT32 length, UINT32 flags)
{
    pthread_t thread;
    /* Packets live on after their delivery: they are leaked, and the test ends. */
    VMBPACKETCOMPLETION packet = calloc(1, sizeof *packet);
    DELIVERY delivery = { host, packet, buffer, length, flags };
    packet->Host = host;
    packet->Number = number;
    packet->TransactionId = 1000 + number;
    packet->IsCompletionRequested = 1;
    pthread_create(&thread, NULL, deliver, &delivery);
    pthread_join(thread, NULL);
}

NTSTATUS host_open(HOST *host)
{
    NTSTATUS status = host->Table.Opened(host->Channel);
    if (status >= 0)
    {
        host->Table.Started(host->Channel);
        host->Table.PostStarted(host->Channel);
    }
    return status;
}

void host_close(HOST *host)
{
    host->Table.Suspend(host->Channel);
    host->Table.Closed(host->Channel);
}

void host_end_batch(HOST *host, UINT32 packets)
{
    host->Table.ProcessingComplete(host->Channel, packets);
}

void host_pnp_failure(HOST *host, NTSTATUS status)
{
    host->Table.PnpFailure(host->Channel, status);
}

VMBPACKET host_complete_sent(HOST *host, NTSTATUS status, const char *text)
{
    VMBPACKET packet = host->LastSent;
    host->Table.PacketCompletionRoutine(packet, status, (PVOID)text, text == NULL ? 0 : (UINT32)strlen(text));
    return packet;
}

/* Saves the packet sent last as KMCL does, and restores it: the size, then the bytes. */
NTSTATUS host_save_and_restore(HOST *host)
{
    UINT8 saved[64];
    UINT8 library[4] = { 'l', 'i', 'b', 0 };
    UINT32 needed = 0, written = 0;
    NTSTATUS status = host->Table.SavePacket(host->Channel, host->LastSent, NULL, 0, &needed);
    note(host, "needs %u status %x\n", needed, (unsigned)status);
    if (status < 0 && needed == 0)
    {
        return status;
    }
    status = host->Table.SavePacket(host->Channel, host->LastSent, saved, needed, &written);
    return status < 0 ? status : host->Table.RestorePacket(host->Channel, library, 3, saved, written);
}

void host_set(HOST *host, NTSTATUS send_status, UINT8 is_pending_first, UINT8 is_mdl_circular, UINT8 completes_at_once)
{
    host->SendStatus = send_status;
    host->IsPendingFirst = is_pending_first;
    host->IsMdlCircular = is_mdl_circular;
    host->CompletesAtOnce = completes_at_once;
}

void host_nest(HOST *host, UINT32 type)
{
    host->NestedType = type;
}

/* Takes what was written down so far, in one piece: others may be writing. */
UINT32 host_take_log(HOST *host, char *text, UINT32 size)
{
    pthread_mutex_lock(&host->Lock);
    UINT32 length = host->Length < size ? (UINT32)host->Length : size;
    memcpy(text, host->Log, length);
    host->Length = 0;
    host->Log[0] = 0;
    pthread_mutex_unlock(&host->Lock);
    return length;
}

/* The layout that the compiler gives the structures, as text. */
const char *host_layout(void)
{
    static char text[1024];
    snprintf(
        text, sizeof text,
        "VMB_MDL %zu: %zu %zu %zu\n"
        "VMB_KMCL_EXPORTS %zu: %zu %zu %zu %zu %zu %zu %zu %zu %zu %zu\n"
        "VMB_CALLBACK_TABLE %zu: %zu %zu %zu %zu %zu %zu %zu %zu %zu %zu %zu %zu %zu\n",
        sizeof(VMB_MDL), offsetof(VMB_MDL, Next), offsetof(VMB_MDL, Address), offsetof(VMB_MDL, ByteCount),
        sizeof(VMB_KMCL_EXPORTS), offsetof(VMB_KMCL_EXPORTS, Size), offsetof(VMB_KMCL_EXPORTS, Version), offsetof(VMB_KMCL_EXPORTS, Context),
        offsetof(VMB_KMCL_EXPORTS, Complete), offsetof(VMB_KMCL_EXPORTS, Fail), offsetof(VMB_KMCL_EXPORTS, DeferToPassive),
        offsetof(VMB_KMCL_EXPORTS, GetExternalData), offsetof(VMB_KMCL_EXPORTS, Send), offsetof(VMB_KMCL_EXPORTS, GetTransaction), offsetof(VMB_KMCL_EXPORTS, CurrentIrql),
        sizeof(VMB_CALLBACK_TABLE), offsetof(VMB_CALLBACK_TABLE, Size), offsetof(VMB_CALLBACK_TABLE, Version), offsetof(VMB_CALLBACK_TABLE, ProcessPacket),
        offsetof(VMB_CALLBACK_TABLE, ProcessingComplete), offsetof(VMB_CALLBACK_TABLE, Opened), offsetof(VMB_CALLBACK_TABLE, Closed),
        offsetof(VMB_CALLBACK_TABLE, Suspend), offsetof(VMB_CALLBACK_TABLE, Started), offsetof(VMB_CALLBACK_TABLE, PostStarted),
        offsetof(VMB_CALLBACK_TABLE, SavePacket), offsetof(VMB_CALLBACK_TABLE, RestorePacket), offsetof(VMB_CALLBACK_TABLE, PnpFailure), offsetof(VMB_CALLBACK_TABLE, PacketCompletionRoutine));
    return text;
}
