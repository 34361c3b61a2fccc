namespace Vmbus;

/// <summary>On a <see cref="PacketCompletion"/> or <see cref="PendingPacket"/> parameter: the callee takes over the duty to complete the packet, on every path.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class CompletesPacketAttribute : Attribute;
