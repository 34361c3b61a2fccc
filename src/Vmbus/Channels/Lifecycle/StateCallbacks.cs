using System.Globalization;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>Calls the state-change callbacks of a channel, one at a time, and knows which one runs.</summary>
internal sealed class StateCallbacks(VmbusChannel channel)
{
    private Running? _running;

    /// <summary>Whether PostStarted has not returned. Any thread.</summary>
    public bool IsInPostStarted => Volatile.Read(ref _running) is { Name: nameof(IChannelCallbacks.PostStarted) };

    /// <summary>The callback that has not returned, and for how long; <see langword="null"/> if none runs. Any thread.</summary>
    public string? DescribeRunning() => Volatile.Read(ref _running) is { } running
        ? string.Create(CultureInfo.InvariantCulture, $"{running.Name}, for {channel.Options.TimeProvider.GetElapsedTime(running.Since).TotalSeconds:0.0} s")
        : null;

    /// <summary>Calls one. One that throws stops the channel.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="connection">The opening that it concerns, if there is one.</param>
    /// <param name="call">The call.</param>
    /// <param name="kind">What is allowed in it.</param>
    /// <param name="noted">Runs once others can see that the callback runs.</param>
    public void Call(string name, ChannelConnection? connection, Action<IChannelCallbacks> call, CallbackKind kind = CallbackKind.StateChange, Action? noted = null)
    {
        using CallbackScope scope = CallbackScope.Enter(channel, kind);
        VerifiedCallback verified = VerifiedCallback.Enter(connection?.Verifier, name);
        Interlocked.Exchange(ref _running, new Running(name, channel.Options.TimeProvider.GetTimestamp()));
        noted?.Invoke();
        try
        {
            call(channel.Callbacks);
        }
        catch (Exception exception)
        {
            connection?.Stop(exception, close: true);
            channel.ReportHandlerException(name, exception);
        }
        finally
        {
            verified.Dispose();
            KernelIrql.ResetToPassive();
            Interlocked.Exchange(ref _running, null);
        }
    }

    /// <summary>A callback that has not returned yet.</summary>
    private sealed record Running(string Name, long Since);
}
