using System.Buffers.Binary;

namespace Vmbus;

/// <summary>What becomes of a handler's exception, and of the packet that it leaves owed: <see cref="HandlerExceptionPolicy"/>.</summary>
internal sealed class HandlerExceptions(ChannelConnection connection, SuspendSignal suspend)
{
    private readonly VmbusChannel _channel = connection.Channel;

    /// <summary>A handler that gives up once suspending has begun does what it was asked to do: its packet is retired without payload.</summary>
    public bool IsCancellation(IncomingPacket packet, Exception exception)
        => packet.IsHandledAsynchronously && exception is OperationCanceledException && suspend.IsRaised;

    /// <summary>A handler has thrown.</summary>
    /// <param name="handler">Which.</param>
    /// <param name="owed">Its packet, if that is still owed.</param>
    /// <param name="generation">The packet's generation.</param>
    /// <param name="duty">Where the duty to complete it stands.</param>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Whether the channel stops.</returns>
    public bool Handle(string handler, IncomingPacket? owed, long generation, PacketDuty duty, Exception exception)
    {
        Interlocked.Increment(ref _channel.CounterSet.HandlerExceptions);
        if (owed is not null)
        {
            connection.Verifier?.ThrewWhileOwed(handler, owed.TransactionId, exception);
        }

        bool stops = _channel.Options.HandlerException != HandlerExceptionPolicy.FailPacket;
        if (stops)
        {
            // The reason first: it wins over that of the failed packet.
            connection.Stop(exception, close: true);
            owed?.Fail(generation, duty);
        }
        else if (owed is not null)
        {
            Span<byte> status = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(status, (uint)NtStatus.Unsuccessful);
            owed.Complete(generation, duty, status);
        }

        _channel.ReportHandlerException(handler, exception);
        return stops;
    }
}
