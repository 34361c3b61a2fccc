using System.Reflection;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Oracle;
using Vmbus.Analyzers.Differential.Oracle.Choices;
using Vmbus.Analyzers.Differential.Oracle.Packets;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>Learns by running it what a program does with its packets.</summary>
internal static class PacketRunner
{
    private delegate void InlineHandler(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags);

    private delegate NtStatus AnsweringHandler(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags);

    private static readonly VmbusChannel Channel = new(VmbusBus.CreateInProcess(), new VmbusChannelOptions { FriendlyName = "Differential" });

    public static ProgramTruth Run(Type program, string text)
    {
        MethodInfo handle = program.GetMethod("Handle", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!;
        FieldInfo[] fields = program.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
        CallExceptions exceptions = ProgramExceptions.Of(text);
        bool asksLevel = text.Contains("KernelIrql", StringComparison.Ordinal);
        return PathEnumerator.Run(script => new PacketPath(script, exceptions), path => RunPath(path, program, fields, handle, asksLevel), text);
    }

    private static void RunPath(PacketPath path, Type program, FieldInfo[] fields, MethodInfo handle, bool asksLevel)
    {
        Irql level = asksLevel && path.Choose(2) == 1 ? Irql.Passive : Irql.Dispatch;
        using IrqlScope raised = KernelIrql.Raise(level);
        object driver = Activator.CreateInstance(program)!;
        try
        {
            Invoke(handle, driver, path);
        }
        catch (Exception e) when (e is TransferException or DeviceException or InvalidOperationException)
        {
            path.Leave(e);
        }

        path.Settle(driver, fields);
    }

    private static void Invoke(MethodInfo handle, object driver, PacketPath path)
    {
        ParameterInfo[] parameters = handle.GetParameters();
        PacketCompletion packet = path.Deliver();
        if (handle.ReturnType == typeof(NtStatus))
        {
            Answer(handle.CreateDelegate<AnsweringHandler>(driver), packet, path);
        }
        else if (parameters.Length == 4)
        {
            handle.CreateDelegate<InlineHandler>(driver)(Channel, packet, packet.Buffer, ProcessPacketFlags.None);
        }
        else if (parameters[0].ParameterType == typeof(PacketCompletion))
        {
            handle.CreateDelegate<OnPacket>(driver)(packet);
        }
        else if (handle.ReturnType == typeof(Task))
        {
            Task task = handle.CreateDelegate<Func<PendingPacket, Task>>(driver)(packet.Pend());
            path.Abandon(task);
        }
        else
        {
            handle.CreateDelegate<OnPending>(driver)(packet.Pend());
        }
    }

    /// <summary>Does what generated code does: completes with what the handler returns, and fails the packet if it throws.</summary>
    private static void Answer(AnsweringHandler handler, PacketCompletion packet, PacketPath path)
    {
        path.IsAnswered = true;
        NtStatus answer;
        try
        {
            answer = handler(Channel, packet, packet.Buffer, ProcessPacketFlags.None);
        }
        catch (Exception e) when (e is TransferException or DeviceException)
        {
            path.Leave(e);
            packet.Fail();
            return;
        }

        packet.Complete(in answer);
    }
}
