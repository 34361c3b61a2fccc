using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Vmbus.Tests.Handlers;

/// <summary>Notes the structures that reach it.</summary>
internal sealed partial class PlaceHandlers
{
    public const uint PlaceType = 7;

    public ConcurrentQueue<Place> Places { get; } = new();

    /// <summary>16 bytes: two granules of the ring.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct Place
    {
        public uint Type;
        public uint X;
        public uint Y;
        public uint Z;
    }

    [ProcessPacket(PlaceType)]
    private void OnPlace(PacketCompletion packet, in Place place)
    {
        Places.Enqueue(place);
        packet.Complete();
    }
}
