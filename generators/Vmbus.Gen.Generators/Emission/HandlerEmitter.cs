using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Emits what happens to a packet that has found its handler, by the locals <c>batch</c>, <c>packet</c> and <c>buffer</c>.</summary>
internal static class HandlerEmitter
{
    /// <param name="writer">Takes the statements.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="qualifiedName">The class of static handlers.</param>
    /// <param name="done">The statement that ends the work on the packet.</param>
    /// <param name="isLast">Whether nothing follows that the work would have to be ended before.</param>
    public static void Emit(SourceWriter writer, HandlerModel handler, string qualifiedName, string done, bool isLast = false)
    {
        if (handler.IsEmitted)
        {
            EmitGuards(writer, handler, done);
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

    private static void EmitGuards(SourceWriter writer, HandlerModel handler, string done)
    {
        if (handler.PayloadType is { } payload)
        {
            writer.Line($"if (buffer.Length < {Runtime.SizeOf(payload)})")
                .Open()
                .Line($"{Runtime.Dispatch}.Malformed(packet);")
                .Line(done)
                .Close()
                .Line();
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

        if (handler.Arguments.Any(static a => a.Role == ParameterRole.ExternalData))
        {
            EmitExternalData(writer, done);
        }
    }

    /// <summary>On Pending the packet comes again when its data is there; without data it is malformed.</summary>
    private static void EmitExternalData(SourceWriter writer, string done)
        => writer.Line($"{Runtime.Status} status = packet.GetExternalData({Runtime.ExternalDataFlags}.None, out {Runtime.ExternalData} data);")
            .Line($"if (status == {Runtime.Status}.Pending)")
            .Open()
            .Line(done)
            .Close()
            .Line()
            .Line($"if (status != {Runtime.Status}.Success)")
            .Open()
            .Line($"{Runtime.Dispatch}.Malformed(packet);")
            .Line(done)
            .Close()
            .Line();

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
