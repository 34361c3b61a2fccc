using System.Net.Sockets;
using Vmbus.Diagnostics;

namespace Vmbus;

/// <summary>
/// Lets in those who connect to a socket, a bounded number at a time, until it is closed. What goes wrong with one is reported and ends nothing: a process that is
/// out of descriptors, or a guest that gave up while it waited, keeps later ones from nothing.
/// </summary>
internal sealed class ContactListener
{
    /// <summary>How many may be about to say who they are at one time; more wait until one has.</summary>
    private const int MaximumContacts = 64;

    /// <summary>How long accepting rests after it has failed; twice as long each time that it fails again.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly Socket _listener;
    private readonly Func<Socket, CancellationToken, Task> _meet;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _contacts = new(MaximumContacts);
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="path">Where.</param>
    /// <param name="meet">Takes over whoever has connected, and the socket with it, until the token is cancelled.</param>
    /// <param name="time">The clock that rests go by.</param>
    public ContactListener(string path, Func<Socket, CancellationToken, Task> meet, TimeProvider time)
    {
        _path = path;
        _meet = meet;
        _time = time;
        _listener = ListeningSocket.Create(path);
        _accepting = AcceptAsync();
    }

    /// <summary>Lets nobody in any more.</summary>
    /// <returns>Whether this call did it; it ends when all that were let in have been met.</returns>
    public async Task<bool> CloseAsync()
    {
        if (_closed.IsCancellationRequested)
        {
            return false;
        }

        await _closed.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        for (int i = 0; i < MaximumContacts; i++)
        {
            await _contacts.WaitAsync().ConfigureAwait(false);
        }

        return true;
    }

    private async Task AcceptAsync()
    {
        TimeSpan rest = ShortestRest;
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                await AcceptOneAsync().ConfigureAwait(false);
                rest = ShortestRest;
            }
            catch (Exception exception) when (!_closed.IsCancellationRequested)
            {
                VmbusEventSource.Log.AcceptFailed(_path, exception.GetType().ToString(), exception.Message, (int)rest.TotalMilliseconds);
                await Task.Delay(rest, _time, _closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Closed: so did the socket end.
            }
        }
    }

    private async Task AcceptOneAsync()
    {
        // One that connects and says nothing keeps nobody else waiting.
        await _contacts.WaitAsync(_closed.Token).ConfigureAwait(false);
        try
        {
            Socket socket = await _listener.AcceptAsync(_closed.Token).ConfigureAwait(false);
            _ = MeetAsync(socket);
        }
        catch
        {
            _contacts.Release();
            throw;
        }
    }

    private async Task MeetAsync(Socket socket)
    {
        try
        {
            await _meet(socket, _closed.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Nobody waits for this task: what is said here is all that is ever heard of it.
            VmbusEventSource.Log.ContactFailed(_path, exception.GetType().ToString(), exception.Message);
        }
        finally
        {
            _contacts.Release();
        }
    }
}
