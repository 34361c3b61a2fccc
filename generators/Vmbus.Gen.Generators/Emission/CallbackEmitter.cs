using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Emits the members of IChannelCallbacks that pass on what they are given.</summary>
internal static class CallbackEmitter
{
    public static void EmitTraits(SourceWriter writer, TraitsModel traits)
    {
        List<string> values = [];
        if (traits.IncomingProcessingAtPassive is { } passive)
        {
            values.Add($"IncomingProcessingAtPassive = {(passive ? "true" : "false")}");
        }

        if (traits.Reception is { } reception)
        {
            values.Add($"Reception = {Runtime.Reception}.{(reception == ReceptionKind.InPlace ? "InPlace" : "Copied")}");
        }

        if (traits.SavesPackets)
        {
            values.Add("SavesPackets = true");
        }

        writer.Line("/// <inheritdoc/>")
            .Line(MemberAttributes.GeneratedCode)
            .Line($"{Runtime.Traits} {Runtime.Callbacks}.Traits => new() {{ {string.Join(", ", values)} }};");
    }

    public static void Emit(SourceWriter writer, CallbackModel callback, string qualifiedName)
    {
        (string returns, string member, string parameters, string arguments) = callback.Kind switch
        {
            CallbackKind.ProcessingComplete => ("void", "ProcessingComplete", $"{Runtime.Channel} channel, uint packetsProcessed", "channel, packetsProcessed"),
            CallbackKind.Opened => (Runtime.Status, "Opened", $"{Runtime.Channel} channel", "channel"),
            CallbackKind.Closed => ("void", "Closed", $"{Runtime.Channel} channel", "channel"),
            CallbackKind.Suspend => ("void", "Suspend", $"{Runtime.Channel} channel", "channel"),
            CallbackKind.Started => ("void", "Started", $"{Runtime.Channel} channel", "channel"),
            CallbackKind.PostStarted => ("void", "PostStarted", $"{Runtime.Channel} channel", "channel"),
            CallbackKind.SavePacket => (
                Runtime.Status,
                "SavePacket",
                $"{Runtime.Channel} channel, {Runtime.OutgoingPacket} packet, {Runtime.WritableBytes} buffer, out int bytesNeeded",
                "channel, packet, buffer, out bytesNeeded"),
            CallbackKind.RestorePacket => (
                Runtime.Status,
                "RestorePacket",
                $"{Runtime.Channel} channel, {Runtime.Bytes} libraryState, {Runtime.Bytes} savedState",
                "channel, libraryState, savedState"),
            CallbackKind.PnpFailure => ("void", "PnpFailure", $"{Runtime.Channel} channel, {Runtime.Status} status", "channel, status"),
            CallbackKind.PacketCompletionRoutine => (
                "void",
                "PacketCompletionRoutine",
                $"{Runtime.OutgoingPacket} packet, {Runtime.Status} status, {Runtime.Bytes} buffer",
                "packet, status, buffer"),
            _ => throw new ArgumentOutOfRangeException(nameof(callback), callback.Kind, "No callback that is passed on as it comes."),
        };

        string call = $"{(callback.IsStatic ? qualifiedName : "this")}.{callback.Method}({arguments})";
        writer.Line("/// <inheritdoc/>").Line(MemberAttributes.GeneratedCode).Line(MemberAttributes.StepThrough);
        if (callback.ReturnsNothing && returns != "void")
        {
            writer.Line($"{returns} {Runtime.Callbacks}.{member}({parameters})")
                .Open()
                .Line(call + ";")
                .Line($"return {Runtime.Status}.Success;")
                .Close();
        }
        else
        {
            writer.Line($"{returns} {Runtime.Callbacks}.{member}({parameters}) => {call};");
        }
    }
}
