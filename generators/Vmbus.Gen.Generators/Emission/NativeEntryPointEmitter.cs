using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Emits the functions that C calls, with the signatures of the KMCL callbacks, and the table that hands them out.</summary>
internal static class NativeEntryPointEmitter
{
    private static readonly EntryPoint[] EntryPoints =
    [
        new("ProcessPacket", "void", "nint channel, nint packet, void* buffer, uint bufferLength, uint flags", "channel, packet, buffer, bufferLength, flags"),
        new("ProcessingComplete", "void", "nint channel, uint packetsProcessed", "channel, packetsProcessed"),
        new("Opened", Runtime.Status, "nint channel", "channel"),
        new("Closed", "void", "nint channel", "channel"),
        new("Suspend", "void", "nint channel", "channel"),
        new("Started", "void", "nint channel", "channel"),
        new("PostStarted", "void", "nint channel", "channel"),
        new("SavePacket", Runtime.Status, "nint channel, nint packet, void* buffer, uint bufferSize, uint* bytesNeeded", "channel, packet, buffer, bufferSize, bytesNeeded"),
        new("RestorePacket", Runtime.Status, "nint channel, void* libraryState, uint librarySize, void* savedState, uint savedSize", "channel, libraryState, librarySize, savedState, savedSize"),
        new("PnpFailure", "void", $"nint channel, {Runtime.Status} status", "channel, status"),
        new("PacketCompletionRoutine", "void", $"nint packet, {Runtime.Status} status, void* buffer, uint bufferLength", "packet, status, buffer, bufferLength"),
    ];

    public static void Emit(SourceWriter writer, NativeModel native)
    {
        writer.Lines($"""
            /// <summary>The native entry points of this class, for a C host. VMBCHANNEL is what <see cref="{Runtime.NativeChannel}"/> makes for an instance of it.</summary>
            {MemberAttributes.GeneratedCode}
            public static unsafe {Runtime.NativeTable} {NativeEntryPointRules.TableProperty} => new()
            """).Open();
        foreach (EntryPoint entry in EntryPoints)
        {
            writer.Line($"{entry.Name} = &{native.EntryClass}.{entry.Name},");
        }

        writer.Outdent().Line("};").Line();
        writer.Line(MemberAttributes.GeneratedCode)
            .Line(MemberAttributes.StepThrough)
            .Line($"private static unsafe class {native.EntryClass}")
            .Open();
        bool isFirst = true;
        foreach (EntryPoint entry in EntryPoints)
        {
            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
            writer.Line($"[global::System.Runtime.InteropServices.UnmanagedCallersOnly(EntryPoint = \"{native.Prefix}_{entry.Name}\")]")
                .Line($"internal static {entry.Returns} {entry.Name}({entry.Parameters})")
                .Indent()
                .Line($"=> {Runtime.NativeDispatch}.{entry.Name}<{native.CallbacksType}>({entry.Arguments});")
                .Outdent();
        }

        writer.Close();
    }

    private sealed record EntryPoint(string Name, string Returns, string Parameters, string Arguments);
}
