namespace Vmbus;

/// <summary>On a <see cref="PacketCompletion"/> or <see cref="PendingPacket"/> parameter: the callee looks at the packet and does not complete it; the duty stays with the caller.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class BorrowsPacketAttribute : Attribute;
