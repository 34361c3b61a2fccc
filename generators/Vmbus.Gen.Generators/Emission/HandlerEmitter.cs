using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Emits what happens to packets that have found their handlers, in one method with <c>packet</c>, <c>buffer</c> and, where a handler uses it, <c>batch</c>.</summary>
/// <param name="writer">Takes the statements.</param>
/// <param name="qualifiedName">The class of static handlers.</param>
/// <param name="done">The statement by which the method ends the work on a packet.</param>
/// <param name="hasMalformedLabel">Whether the method fails the malformed packets of all its handlers at one place: their way is short then.</param>
/// <param name="receiver">The object whose handlers they are.</param>
internal sealed class HandlerEmitter(SourceWriter writer, string qualifiedName, string done, bool hasMalformedLabel = false, string receiver = "this")
{
    private const string FailMalformed = $"{Runtime.Dispatch}.Malformed(packet);";

    /// <summary>Behind it a malformed packet is failed.</summary>
    private const string MalformedLabel = "Malformed";

    /// <summary>Whether packets can be malformed for the handler.</summary>
    public static bool CanBeMalformed(HandlerModel handler) => handler.IsEmitted && (handler.PayloadType is not null || TakesExternalData(handler));

    /// <summary>Whether the handler takes something that only the batch knows.</summary>
    public static bool UsesBatch(HandlerModel handler)
        => handler.IsEmitted && handler.Arguments.Any(static a => a.Role is ParameterRole.Channel or ParameterRole.Flags or ParameterRole.NativeFlags);

    /// <param name="handler">The handler.</param>
    /// <param name="isLast">Whether the method ends there and nothing has to be said for it.</param>
    public void Emit(HandlerModel handler, bool isLast = false)
    {
        if (handler.IsEmitted)
        {
            EmitGuards(handler);
            EmitCall(handler);
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

    /// <summary>The place that malformed packets go to, at the end of the method's work on a packet.</summary>
    public void EmitMalformedLabel()
    {
        if (hasMalformedLabel)
        {
            writer.Line().Line(MalformedLabel + ":").Line(FailMalformed);
        }
    }

    private void EmitGuards(HandlerModel handler)
    {
        if (handler.PayloadType is { } payload)
        {
            EmitMalformedIf($"buffer.Length < {Runtime.SizeOf(payload)}");
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
            EmitExternalData();
        }
    }

    private static bool TakesExternalData(HandlerModel handler) => handler.Arguments.Any(static a => a.Role == ParameterRole.ExternalData);

    private void EmitMalformedIf(string condition)
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
    private void EmitExternalData()
    {
        writer.Line($"{Runtime.Status} status = packet.GetExternalData({Runtime.ExternalDataFlags}.None, out {Runtime.ExternalData} data);")
            .Line($"if (status == {Runtime.Status}.Pending)")
            .Open()
            .Line(done)
            .Close()
            .Line();
        EmitMalformedIf($"status != {Runtime.Status}.Success");
    }

    private void EmitCall(HandlerModel handler)
    {
        string arguments = string.Join(", ", handler.Arguments.Select(a => Argument(a, handler.PayloadType)));
        string call = $"{(handler.IsStatic ? qualifiedName : receiver)}.{handler.Method}({arguments})";
        if (handler.Arguments.Any(static a => a.Role == ParameterRole.NativeBuffer))
        {
            writer.Line("unsafe").Open().Line("fixed (byte* pointer = buffer)").Open();
            EmitStatements(handler, call);
            writer.Close().Close();
        }
        else
        {
            EmitStatements(handler, call);
        }
    }

    private void EmitStatements(HandlerModel handler, string call)
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
