using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Emits what happens to a packet that has found its handler, by the locals <c>batch</c>, <c>packet</c> and <c>buffer</c>.</summary>
internal static class HandlerEmitter
{
    private const string FailMalformed = $"{Runtime.Dispatch}.Malformed(packet);";

    /// <summary>Behind it a malformed packet is failed.</summary>
    private const string MalformedLabel = "Malformed";

    /// <summary>Whether packets can be malformed for the handler.</summary>
    public static bool CanBeMalformed(HandlerModel handler) => handler.IsEmitted && (handler.PayloadType is not null || TakesExternalData(handler));

    /// <summary>The place that malformed packets of all handlers of a method go to.</summary>
    public static void EmitMalformedLabel(SourceWriter writer) => writer.Line().Line(MalformedLabel + ":").Line(FailMalformed);

    /// <param name="writer">Takes the statements.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="qualifiedName">The class of static handlers.</param>
    /// <param name="done">The statement that ends the work on the packet.</param>
    /// <param name="isLast">Whether nothing follows that the work would have to be ended before.</param>
    /// <param name="hasMalformedLabel">Whether <see cref="MalformedLabel"/> is where malformed packets go, once for all handlers: their way is short then.</param>
    public static void Emit(SourceWriter writer, HandlerModel handler, string qualifiedName, string done, bool isLast = false, bool hasMalformedLabel = false)
    {
        if (handler.IsEmitted)
        {
            EmitGuards(writer, handler, done, hasMalformedLabel);
            EmitCall(writer, handler, qualifiedName);
        }
        else
        {
            writer.Line($"{Runtime.Dispatch}.Unhandled(packet, {Runtime.Unhandled}.Fail);");
        }

        if (!isLast)
        {
            writer.Line(done);
        }
    }

    private static void EmitGuards(SourceWriter writer, HandlerModel handler, string done, bool hasMalformedLabel)
    {
        if (handler.PayloadType is { } payload)
        {
            EmitMalformedIf(writer, $"buffer.Length < {Runtime.SizeOf(payload)}", done, hasMalformedLabel);
        }

        if (handler.IsDeferred)
        {
            writer.Line($"if ({Runtime.KernelIrql}.Current != {Runtime.Irql}.Passive)")
                .Open()
                .Line("packet.DeferToPassive();")
                .Line(done)
                .Close()
                .Line();
        }

        if (TakesExternalData(handler))
        {
            EmitExternalData(writer, done, hasMalformedLabel);
        }
    }

    private static bool TakesExternalData(HandlerModel handler) => handler.Arguments.Any(static a => a.Role == ParameterRole.ExternalData);

    private static void EmitMalformedIf(SourceWriter writer, string condition, string done, bool hasMalformedLabel)
    {
        writer.Line($"if ({condition})").Open();
        if (hasMalformedLabel)
        {
            writer.Line($"goto {MalformedLabel};");
        }
        else
        {
            writer.Line(FailMalformed).Line(done);
        }

        writer.Close().Line();
    }

    /// <summary>On Pending the packet comes again when its data is there; without data it is malformed.</summary>
    private static void EmitExternalData(SourceWriter writer, string done, bool hasMalformedLabel)
    {
        writer.Line($"{Runtime.Status} status = packet.GetExternalData({Runtime.ExternalDataFlags}.None, out {Runtime.ExternalData} data);")
            .Line($"if (status == {Runtime.Status}.Pending)")
            .Open()
            .Line(done)
            .Close()
            .Line();
        EmitMalformedIf(writer, $"status != {Runtime.Status}.Success", done, hasMalformedLabel);
    }

    private static void EmitCall(SourceWriter writer, HandlerModel handler, string qualifiedName)
    {
        string arguments = string.Join(", ", handler.Arguments.Select(a => Argument(a, handler.PayloadType)));
        string call = $"{(handler.IsStatic ? qualifiedName : "this")}.{handler.Method}({arguments})";
        if (handler.Arguments.Any(static a => a.Role == ParameterRole.NativeBuffer))
        {
            writer.Line("unsafe").Open().Line("fixed (byte* pointer = buffer)").Open();
            EmitStatements(writer, handler, call);
            writer.Close().Close();
        }
        else
        {
            EmitStatements(writer, handler, call);
        }
    }

    private static void EmitStatements(SourceWriter writer, HandlerModel handler, string call)
    {
        foreach (string structure in handler.ReplyStructures)
        {
            writer.Line($"{Runtime.Dispatch}.KeepFields<{structure}>();");
        }

        if (handler.IsAsync)
        {
            string reply = handler.Return == ReturnRole.TaskOfValue ? ", " + ReplyOf(handler) : "";
            writer.Line($"{Runtime.AsyncPacket} handling = {Runtime.AsyncPacket}.Begin(packet);").Line($"handling.End({call}{reply});");
        }
        else if (handler.Return == ReturnRole.Value)
        {
            writer.Line($"{handler.ReplyType} reply = {call};")
                .Line($"{Runtime.Dispatch}.Reply(packet, in reply, {ReplyOf(handler)});");
        }
        else
        {
            writer.Line(call + ";");
        }
    }

    private static string ReplyOf(HandlerModel handler) => $"{Runtime.Reply}.{(handler.Reply == ReplyKind.InBand ? "InBand" : "Completion")}";

    private static string Argument(ArgumentModel argument, string? payload) => argument.Role switch
    {
        ParameterRole.Channel => "batch.Channel",
        ParameterRole.Packet => "packet",
        ParameterRole.Buffer => "buffer",
        ParameterRole.Remainder => $"buffer.Slice({Runtime.SizeOf(payload!)})",
        ParameterRole.Payload when argument.IsByReference => "in " + Runtime.AsRef(payload!, "buffer"),
        ParameterRole.Payload => Runtime.Read(payload!, "buffer"),
        ParameterRole.Flags => "batch.Flags",
        ParameterRole.ExternalData => "data",
        ParameterRole.BufferMemory => "handling.BufferMemory",
        ParameterRole.CancellationToken => "handling.CancellationToken",
        ParameterRole.NativeBuffer => "pointer",
        ParameterRole.NativeLength => "(uint)buffer.Length",
        ParameterRole.NativeFlags => "(uint)batch.Flags",
        _ => throw new ArgumentOutOfRangeException(nameof(argument), argument.Role, "No argument of a handler."),
    };
}
