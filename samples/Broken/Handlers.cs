// Handlers with the mistakes that the rules find. `dotnet build samples/Broken` prints what README.md shows.

using System.Collections.Concurrent;
using Vmbus;

namespace Broken;

/// <summary>The completion of packets, and what may wait.</summary>
public sealed partial class DiskHandlers
{
    private readonly ConcurrentQueue<PendingPacket> _queue = new();
    private readonly FileStream _image = File.OpenWrite("disk.img");
    private ulong _end;

    public bool IsReadOnly { get; set; }

    /// <summary>The early return forgets the packet: the sender waits for ever, and so does Pause.</summary>
    [ProcessPacket(DiskRequest.Write)]
    private void OnWrite(PacketCompletion packet, in WriteRequest request, [Remainder] ReadOnlySpan<byte> data)
    {
        if (IsReadOnly)
        {
            return;
        }

        _end = Math.Max(_end, request.Offset + (uint)data.Length);
        packet.Complete();
    }

    /// <summary>The catch block swallows the exception and, with it, the duty.</summary>
    [ProcessPacket(DiskRequest.Trim)]
    private void OnTrim(PacketCompletion packet, in WriteRequest request)
    {
        try
        {
            _end = checked(request.Offset + request.Length);
            packet.Complete();
        }
        catch (OverflowException)
        {
        }
    }

    /// <summary>A handler runs at DISPATCH_LEVEL, where nothing may wait; the flush to the disk does, two calls further down.</summary>
    [ProcessPacket(DiskRequest.Flush)]
    private void OnFlush(PacketCompletion packet)
    {
        FlushImage();
        packet.Complete();
    }

    private void FlushImage() => _image.Flush(flushToDisk: true);

    /// <summary>Retries after a pause, at a level at which there are no pauses.</summary>
    [ProcessPacket(DiskRequest.Query)]
    private void OnQuery(PacketCompletion packet)
    {
        while (IsReadOnly)
        {
            Thread.Sleep(10);
        }

        packet.Complete(in _end);
    }
}

/// <summary>Not partial, so the dispatch cannot be generated.</summary>
public sealed class ClosedHandlers
{
    [ProcessPacket(DiskRequest.Write)]
    private void OnWrite(PacketCompletion packet) => packet.Complete();
}

/// <summary>The shape of handlers.</summary>
[ChannelCallbacks(MessageTypeSize = 1)]
public sealed partial class ShapelessHandlers
{
    [ProcessPacket(1)]
    private void OnFirst(PacketCompletion packet) => packet.Complete();

    /// <summary>The type 1 has a handler already.</summary>
    [ProcessPacket(1)]
    private void OnFirstAgain(PacketCompletion packet) => packet.Complete();

    /// <summary>A packet holds bytes, no string.</summary>
    [ProcessPacket(2)]
    private void OnText(PacketCompletion packet, string text) => packet.Complete();

    /// <summary>Nor can a string be sent back.</summary>
    [ProcessPacket(3)]
    private string OnName() => "disk";

    /// <summary>A structure with a reference in it has no layout on the wire.</summary>
    [ProcessPacket(4)]
    private void OnNamed(PacketCompletion packet, in NamedRequest request) => packet.Complete();

    /// <summary>The message type is one byte here.</summary>
    [ProcessPacket(0x1_00)]
    private void OnFar(PacketCompletion packet) => packet.Complete();

    /// <summary>With what should this one complete its packet?</summary>
    [ProcessPacket(5)]
    private void OnNothing(in WriteRequest request) => _ = request.Offset;

    /// <summary>It waits, and may run at DISPATCH_LEVEL.</summary>
    [ProcessPacket(6)]
    private async ValueTask OnSlow() => await Task.Delay(10);

    /// <summary>Nobody can say what T is.</summary>
    [ProcessPacket(7)]
    private void OnAny<T>(PacketCompletion packet) => packet.Complete();
}

internal enum DiskRequest : uint
{
    Write = 1,
    Trim = 2,
    Flush = 3,
    Query = 4,
}

internal readonly record struct WriteRequest(uint Type, uint Length, ulong Offset);

internal readonly record struct NamedRequest(uint Type, string Name);
