using System.Collections.Concurrent;

namespace Vmbus.Tests.Handlers;

/// <summary>Handlers of every kind that take external data.</summary>
internal sealed partial class DataHandlers
{
    public const uint Owing = 1;
    public const uint Returning = 2;
    public const uint Passive = 3;
    public const uint Asynchronous = 4;

    public ConcurrentQueue<string> Calls { get; } = new();

    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [ProcessPacket(Owing)]
    private void OnOwing(PacketCompletion packet, ExternalData data) => packet.Complete(Note(nameof(OnOwing), data));

    [ProcessPacket(Returning)]
    private uint OnReturning(ExternalData data) => Note(nameof(OnReturning), data);

    [ProcessPacket(Passive, Irql = Irql.Passive)]
    private uint OnPassive(ExternalData data) => Note(nameof(OnPassive), data);

    [ProcessPacket(Asynchronous, Irql = Irql.Passive)]
    private async ValueTask<uint> OnAsynchronous(ExternalData data)
    {
        await Gate.Task;
        return Note(nameof(OnAsynchronous), data);
    }

    private uint Note(string handler, ExternalData data)
    {
        byte[] bytes = new byte[data.Length];
        data.CopyTo(bytes);
        Calls.Enqueue($"{handler} {Convert.ToHexString(bytes)}");
        return (uint)bytes.Sum(static value => value);
    }
}
