using System.Buffers.Binary;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>What becomes of a handler's exception, and of the packet that it leaves owed: <see cref="HandlerExceptionPolicy"/>.</summary>
/// <param name="channel">The channel.</param>
/// <param name="verifier">Its verifier, where it is watched.</param>
/// <param name="suspend">Tells its asynchronous handlers that it suspends.</param>
/// <param name="stop">Stops it, with the reason.</param>
internal sealed class HandlerExceptions(VmbusChannel channel, ChannelVerifier? verifier, SuspendSignal suspend, Action<Exception> stop)
{
    /// <summary>A handler has thrown. One that gives up once suspending has begun does what it was asked to do: its packet is retired without payload.</summary>
    /// <param name="handler">Which.</param>
    /// <param name="owed">Its packet, if that is still owed.</param>
    /// <param name="generation">The packet's generation.</param>
    /// <param name="duty">Where the duty to complete it stands.</param>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Whether the channel stops.</returns>
    public bool Handle(string handler, IncomingPacket? owed, long generation, PacketDuty duty, Exception exception)
    {
        if (owed is { IsHandledAsynchronously: true } && exception is OperationCanceledException && suspend.IsRaised)
        {
            owed.Complete(generation, duty, default);
            return false;
        }

        Interlocked.Increment(ref channel.CounterSet.HandlerExceptions);
        if (owed is not null)
        {
            verifier?.ThrewWhileOwed(handler, owed.TransactionId, exception);
        }

        bool stops = channel.Options.HandlerException != HandlerExceptionPolicy.FailPacket;
        if (stops)
        {
            // The reason first: it wins over that of the failed packet.
            stop(exception);
            owed?.Fail(generation, duty);
        }
        else if (owed is not null)
        {
            // Where the sender asked for no completion nobody is told, and the handler is not to be blamed for a payload that it never gave.
            Span<byte> status = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(status, (uint)NtStatus.Unsuccessful);
            owed.Complete(generation, duty, owed.IsCompletionRequested ? status[..Math.Min(status.Length, owed.Owner.MaximumCompletionPayload)] : default);
        }

        channel.ReportHandlerException(handler, exception);
        return stops;
    }
}
