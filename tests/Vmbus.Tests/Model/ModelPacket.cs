using Vmbus.Ring;

namespace Vmbus.Tests.Model;

/// <summary>A packet, or the completion of one, in a ring of the model, or waiting for room there.</summary>
/// <param name="Sequence">Its number among those of its sender.</param>
/// <param name="Send">How it was sent.</param>
/// <param name="IsCompletion">Whether it is the completion.</param>
internal sealed record ModelPacket(long Sequence, PacketSend Send, bool IsCompletion)
{
    /// <summary>The bytes that it takes in the ring.</summary>
    public int Footprint => IsCompletion ? (int)RingSpace.Footprint(0, PacketSend.AnswerLength) : (int)RingSpace.Footprint(Send.HasData ? 24 : 0, Send.Length);
}
