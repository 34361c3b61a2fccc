using System.Collections.Concurrent;

namespace Vmbus.Tests.Handlers;

/// <summary>Asynchronous handlers of every shape. What they wait for is the test's to end.</summary>
internal sealed partial class AsyncHandlers
{
    public enum Kind
    {
        Value = 1,
        Nothing,
        TaskOfValue,
        Task,
        InBand,
        Finished,
        FinishedNothing,
        FinishedTask,
        Whole,
        Throws,
        ThrowsInPlace,
        Blocks,
        NoTask,
        ReturnsForeignTask,
        Registers,
        Keeps,
    }

    /// <summary>What each handler that is waiting waits for, in the order in which they began.</summary>
    public ConcurrentQueue<TaskCompletionSource<ulong>> Waiting { get; } = new();

    public ConcurrentQueue<ulong> Started { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>What the last handler that takes memory was given.</summary>
    public ReadOnlyMemory<byte> Memory { get; private set; }

    public Exception Exception { get; set; } = new FormatException();

    [ProcessPacket(Kind.Value, Irql = Irql.Passive)]
    private async ValueTask<Message> OnValue(Message message, CancellationToken token)
    {
        message.Id = await Wait(message.Id, token);
        return message;
    }

    [ProcessPacket(Kind.Nothing, Irql = Irql.Passive)]
    private async ValueTask OnNothing(Message message, CancellationToken token) => await Wait(message.Id, token);

    [ProcessPacket(Kind.TaskOfValue, Irql = Irql.Passive)]
    private async Task<ulong> OnTaskOfValue(CancellationToken token, Message message) => await Wait(message.Id, token);

    [ProcessPacket(Kind.Task, Irql = Irql.Passive)]
    private async Task OnTask(Message message, CancellationToken token) => await Wait(message.Id, token);

    [ProcessPacket(Kind.InBand, Irql = Irql.Passive, Reply = PacketReply.InBand)]
    private async ValueTask<Message> OnInBand(Message message, CancellationToken token)
    {
        message.Id = await Wait(message.Id, token);
        return message;
    }

    [ProcessPacket(Kind.Finished, Irql = Irql.Passive)]
    private static async ValueTask<Message> OnFinished(Message message, ReadOnlyMemory<byte> buffer, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        return message with { Flags = (uint)buffer.Length };
    }

    [ProcessPacket(Kind.FinishedNothing, Irql = Irql.Passive)]
    private static async ValueTask OnFinishedNothing(VmbusChannel channel, ReadOnlyMemory<byte> buffer) => await new ValueTask<int>(buffer.Length);

    [ProcessPacket(Kind.FinishedTask, Irql = Irql.Passive)]
    private static async Task OnFinishedTask(ProcessPacketFlags flags) => await Task.CompletedTask;

    [ProcessPacket(Kind.Whole, Irql = Irql.Passive)]
    private async ValueTask<ulong> OnWhole(ReadOnlyMemory<byte> buffer, CancellationToken token)
    {
        Memory = buffer;
        await Wait(0, token);
        return BitConverter.ToUInt64(buffer.Span[8..]);
    }

    [ProcessPacket(Kind.Throws, Irql = Irql.Passive)]
    private async ValueTask<ulong> OnThrows(Message message)
    {
        await Wait(message.Id, CancellationToken.None);
        throw Exception;
    }

    [ProcessPacket(Kind.ThrowsInPlace, Irql = Irql.Passive)]
    private ValueTask OnThrowsInPlace() => throw Exception;

    [ProcessPacket(Kind.Blocks, Irql = Irql.Passive)]
    private Task OnBlocks(CancellationToken token)
    {
        Log.Enqueue("blocks");
        token.WaitHandle.WaitOne();
        throw new OperationCanceledException();
    }

    [ProcessPacket(Kind.NoTask, Irql = Irql.Passive)]
    private static Task OnNoTask() => null!;

    [ProcessPacket(Kind.ReturnsForeignTask, Irql = Irql.Passive)]
    private Task<ulong> OnForeign(PacketCompletion packet)
    {
        TaskCompletionSource<ulong> source = new();
        Started.Enqueue(packet.TransactionId);
        Waiting.Enqueue(source);
        return source.Task;
    }

    [ProcessPacket(Kind.Registers, Irql = Irql.Passive)]
    private static ValueTask OnRegisters(CancellationToken token)
    {
        token.Register(static () => throw new FormatException());
        return default;
    }

    [ProcessPacket(Kind.Keeps, Irql = Irql.Passive)]
    private ValueTask OnKeeps(ReadOnlyMemory<byte> buffer)
    {
        if (!Memory.IsEmpty)
        {
            Log.Enqueue(Record.Exception(() => Memory.Span.Length)?.GetType().Name ?? $"reads packet {BitConverter.ToUInt64(Memory.Span[8..])}");
        }

        Memory = buffer;
        return default;
    }

    [ChannelSuspend]
    private void OnSuspend(VmbusChannel channel) => Log.Enqueue("suspend");

    private async Task<ulong> Wait(ulong id, CancellationToken token)
    {
        TaskCompletionSource<ulong> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Started.Enqueue(id);
        Waiting.Enqueue(source);
        try
        {
            return await source.Task.WaitAsync(token);
        }
        catch (OperationCanceledException)
        {
            Log.Enqueue("cancelled");
            throw;
        }
    }

    internal record struct Message(Kind Type, uint Flags, ulong Id);
}
