using Vmbus.Ring;

namespace Vmbus;

/// <summary>The two rings of an open channel. The client donates the memory; readers and writers keep it alive.</summary>
/// <param name="ClientToServer">The ring that the client sends on.</param>
/// <param name="ServerToClient">The ring that the server sends on.</param>
/// <param name="GuestMemory">The memory that the client's packets and GPADLs reference.</param>
internal sealed record ChannelRings(RingMemory ClientToServer, RingMemory ServerToClient, IGuestMemory GuestMemory) : IDisposable
{
    /// <summary>Names the opening that the rings are of.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Whether the client, which says so when it asks to open, sends and expects packets with the header of a pipe.</summary>
    public bool IsPipe { get; set; }

    /// <summary>Gives the client's own hold on the memory back.</summary>
    public void Dispose()
    {
        ClientToServer.Dispose();
        ServerToClient.Dispose();
    }
}
