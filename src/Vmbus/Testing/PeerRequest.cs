namespace Vmbus.Testing;

/// <summary>A packet that asks for its completion, and the task that has it.</summary>
internal static class PeerRequest
{
    /// <summary>Sends the packet and takes it over: it is disposed when it is done, or where it could not be sent.</summary>
    public static NtStatus Send(VmbusPacket packet, ReadOnlySpan<byte> payload, out Task<PeerResponse> response)
    {
        TaskCompletionSource<PeerResponse> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        response = answer.Task;
        packet.CompletionRoutine = (done, status, buffer) =>
        {
            answer.SetResult(new PeerResponse(status, buffer.ToArray()));
            done.Dispose();
        };
        NtStatus sent = packet.Send(payload, VmbusSendFlags.WaitForCompletion);
        if (!sent.IsSuccess())
        {
            packet.Dispose();
        }

        return sent;
    }
}
