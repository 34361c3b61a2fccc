namespace Vmbus.Tests.Model;

/// <summary>What both endpoints of one opening have in common: which of them has left it, the rings, and the memory that the client shares.</summary>
internal sealed class ModelConnection
{
    public bool ServerLeft { get; set; }

    public bool ClientLeft { get; set; }

    /// <summary>The ring that the server receives from.</summary>
    public Queue<ModelPacket> ToServer { get; } = new();

    /// <summary>The ring that the client receives from.</summary>
    public Queue<ModelPacket> ToClient { get; } = new();

    public List<ModelGpadl> Gpadls { get; } = [];
}
