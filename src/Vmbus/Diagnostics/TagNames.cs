namespace Vmbus.Diagnostics;

/// <summary>The names of tags on measurements and activities.</summary>
internal static class TagNames
{
    public const string ChannelName = "vmbus.channel.name";
    public const string InterfaceType = "vmbus.interface.type";
    public const string Role = "vmbus.endpoint.role";
    public const string Direction = "network.io.direction";
    public const string Handler = "vmbus.handler";
    public const string TransactionId = "vmbus.transaction.id";
    public const string PacketSize = "vmbus.packet.size";
    public const string Rule = "vmbus.rule";
    public const string Violation = "vmbus.violation";
    public const string ErrorType = "error.type";

    /// <summary>OpenTelemetry's tag on what is measured together because there were too many tag sets.</summary>
    public const string Overflow = "otel.metric.overflow";
}
