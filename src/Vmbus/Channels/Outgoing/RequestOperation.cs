using System.Threading.Tasks.Sources;

namespace Vmbus;

/// <summary>
/// A wait for the end of a sent packet, used again and again. Continuations run on the thread pool: the operation itself is the work item, so that resuming
/// allocates nothing and never happens on a dispatch thread.
/// </summary>
internal sealed class RequestOperation(VmbusChannel channel) : IValueTaskSource<RequestResult>, IValueTaskSource<NtStatus>, IThreadPoolWorkItem
{
    private readonly ManualResetEventSlim _ended = new();
    private ManualResetValueTaskSourceCore<RequestResult> _source;
    private CancellationTokenRegistration _cancellation;
    private ITimer? _timer;
    private Memory<byte> _response;
    private byte[] _copy = [];
    private bool _blocking;
    private RequestResult _result;
    private Exception? _failure;
    private VmbusPacket? _packet;

    public short Version => _source.Version;

    /// <summary>Prepares for a request whose response goes straight into the caller's memory.</summary>
    public void BeginAsync(VmbusPacket packet, Memory<byte> response)
    {
        _packet = packet;
        _response = response;
        _blocking = false;
        _source.Reset();
    }

    /// <summary>Prepares for a request that a thread waits for; the response is kept here until the thread takes it.</summary>
    public void BeginBlocking(VmbusPacket packet, int responseLength)
    {
        _packet = packet;
        if (_copy.Length < responseLength)
        {
            _copy = new byte[responseLength];
        }

        _response = _copy.AsMemory(0, responseLength);
        _blocking = true;
        _ended.Reset();
    }

    /// <summary>Lets a time-out and a token cancel the packet. Called after the packet was sent and before anybody can take the result.</summary>
    public void CancelBy(TimeSpan timeout, CancellationToken token)
    {
        if (!token.CanBeCanceled && timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        Cancellation cancellation = new(_packet!, _packet!.Serial);
        if (token.CanBeCanceled)
        {
            _cancellation = token.UnsafeRegister(static cancellation => ((Cancellation)cancellation!).Run(), cancellation);
        }

        if (timeout != Timeout.InfiniteTimeSpan)
        {
            _timer = channel.Options.TimeProvider.CreateTimer(static cancellation => ((Cancellation)cancellation!).Run(), cancellation, timeout, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The packet is done.</summary>
    public void End(NtStatus status, ReadOnlySpan<byte> payload)
    {
        int written = Math.Min(payload.Length, _response.Length);
        try
        {
            payload[..written].CopyTo(_response.Span);
        }
        catch (Exception exception)
        {
            // The caller's memory has gone. Whoever awaits the request is told, and nobody else is concerned.
            _failure = exception;
        }

        // A response that only its padding makes longer than the buffer has fitted.
        if (status == NtStatus.Success && payload.Length > (_response.Length + 7 & ~7) && !_response.IsEmpty)
        {
            status = NtStatus.BufferTooSmall;
        }

        _result = new RequestResult(status, written);
        if (_blocking)
        {
            _ended.Set();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Waits for the end.</summary>
    public RequestResult Wait(TimeSpan timeout, Span<byte> response)
    {
        if (channel.Options.TimeProvider != TimeProvider.System && timeout != Timeout.InfiniteTimeSpan)
        {
            CancelBy(timeout, default);
            _ended.Wait();
        }
        else if (!_ended.Wait(timeout))
        {
            _packet!.Cancel();

            // Cancelled, or completed at the last moment; either way it ends now.
            _ended.Wait();
        }

        RequestResult result = _result;
        _copy.AsSpan(0, result.Written).CopyTo(response);
        Release();
        return result;
    }

    /// <summary>Gives the operation and its packet back after the result was taken.</summary>
    public void Release()
    {
        _cancellation.Dispose();
        _cancellation = default;
        _timer?.Dispose();
        _timer = null;
        Abandon();
    }

    /// <summary>Gives back an operation whose packet was not sent.</summary>
    public void Abandon()
    {
        _response = default;
        VmbusPacket packet = _packet!;
        _packet = null;
        packet.Operation = null;
        packet.Dispose();
        channel.ReturnOperation(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            _source.SetException(failure);
        }
        else
        {
            _source.SetResult(_result);
        }
    }

    RequestResult IValueTaskSource<RequestResult>.GetResult(short token)
    {
        // Of a token that is not the present one, or that has not ended, nothing is given back.
        bool hasFailed = _source.GetStatus(token) == ValueTaskSourceStatus.Faulted;
        RequestResult result;
        try
        {
            result = _source.GetResult(token);
        }
        catch when (hasFailed)
        {
            Release();
            throw;
        }

        Release();
        return result;
    }

    NtStatus IValueTaskSource<NtStatus>.GetResult(short token)
    {
        NtStatus status = _source.GetResult(token).Status;
        Release();
        return status;
    }

    ValueTaskSourceStatus IValueTaskSource<RequestResult>.GetStatus(short token) => _source.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource<NtStatus>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<RequestResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource<NtStatus>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    /// <summary>The cancellation of one send: one that comes late finds the packet sent anew under another number.</summary>
    private sealed class Cancellation(VmbusPacket packet, long serial)
    {
        public void Run() => packet.Cancel(serial);
    }
}
