using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>
/// Messages over a socket. Sending never waits: what the socket does not take at once is sent as it takes it. A peer that lets too much of it pile up is given up.
/// </summary>
internal sealed class ControlStream : IDisposable
{
    /// <summary>How much may wait to be sent, in bytes: offers of as many channels as there can be, and room.</summary>
    private const int MaximumWaiting = 8 << 20;

    private readonly Socket _socket;
    private readonly byte[] _incoming = new byte[64 * ControlMessage.Length];
    private readonly Queue<ControlMessage> _waiting = new();
    private int _received;
    private int _sentOfFirst;
    private bool _isDraining;
    private volatile bool _hasWaiting;
    private volatile bool _isBroken;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    /// <summary>Takes a connected socket over.</summary>
    public ControlStream(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
    }

    /// <summary>Sends a message soon, in order. Any thread, DISPATCH_LEVEL or lower. Does nothing on a stream that is closed.</summary>
    public void Send(in ControlMessage message)
    {
        bool drain = false;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_isBroken)
            {
                return;
            }

            if (_waiting.Count * ControlMessage.Length >= MaximumWaiting)
            {
                Break();
                return;
            }

            if (message.Type == ControlMessageType.Interrupt && _hasWaiting)
            {
                // Whoever reads the messages that wait looks at the interrupt page anyway.
                return;
            }

            _waiting.Enqueue(message);
            drain = !SendWaiting() && !_isDraining;
            _isDraining |= drain;
        }
        finally
        {
            Exit(taken);
        }

        if (drain)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static stream => _ = stream.DrainAsync(), this, preferLocal: false);
        }
    }

    /// <summary>Waits for messages, and reads as many as are there.</summary>
    /// <returns>The messages; empty: the other side has gone, or the stream was closed.</returns>
    public ReadOnlySpan<ControlMessage> Receive()
    {
        // What is left of a message that has not come whole.
        int whole = _received / ControlMessage.Length * ControlMessage.Length;
        _incoming.AsSpan(whole, _received - whole).CopyTo(_incoming);
        _received -= whole;
        try
        {
            while (!_isBroken)
            {
                int count = _socket.Receive(_incoming.AsSpan(_received), SocketFlags.None, out SocketError error);
                if (error == SocketError.WouldBlock)
                {
                    _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
                    continue;
                }

                if (error != SocketError.Success || count == 0)
                {
                    break;
                }

                _received += count;
                if (_received >= ControlMessage.Length)
                {
                    return MemoryMarshal.Cast<byte, ControlMessage>(_incoming.AsSpan(0, _received / ControlMessage.Length * ControlMessage.Length));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed by this side.
        }

        return default;
    }

    /// <summary>Ends the conversation: the other side, and whoever waits here, see its end.</summary>
    public void Close()
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            Break();
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Closes the socket, when nobody reads from it any more.</summary>
    public void Dispose()
    {
        Close();
        _socket.Dispose();
    }

    private void Break()
    {
        if (!_isBroken)
        {
            _isBroken = true;
            _waiting.Clear();
            try
            {
                _socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The other side was faster.
            }
        }
    }

    /// <summary>Under the lock.</summary>
    /// <returns>Whether all that waited was sent, or will never be.</returns>
    private bool SendWaiting()
    {
        try
        {
            while (!_isBroken && _waiting.TryPeek(out ControlMessage message))
            {
                ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<ControlMessage>(in message))[_sentOfFirst..];
                int count = SendNow(bytes, out SocketError error);
                if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
                {
                    return false;
                }

                if (error != SocketError.Success)
                {
                    Break();
                    break;
                }

                _sentOfFirst += count;
                if (_sentOfFirst == ControlMessage.Length)
                {
                    _waiting.Dequeue();
                    _sentOfFirst = 0;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            _isBroken = true;
        }
        finally
        {
            _hasWaiting = _waiting.Count != 0;
        }

        return true;
    }

    [IrqlRequiresMax(Irql.Dispatch)]
#pragma warning disable VMB201 // The socket does not block: what it does not take now is left.
    private int SendNow(ReadOnlySpan<byte> bytes, out SocketError error) => _socket.Send(bytes, SocketFlags.None, out error);
#pragma warning restore VMB201

    private async Task DrainAsync()
    {
        bool isDone = false;
        while (!isDone)
        {
            // The socket takes more when the other side has read; a stream that has so much to say is no hot path.
            await Task.Delay(1).ConfigureAwait(false);
            bool taken = false;
            try
            {
                _lock.Enter(ref taken);
                isDone = SendWaiting();
                _isDraining = !isDone;
            }
            finally
            {
                Exit(taken);
            }
        }
    }

    private void Exit(bool taken)
    {
        if (taken)
        {
            _lock.Exit(useMemoryBarrier: false);
        }
    }
}
