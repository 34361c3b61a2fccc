using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Vmbus.Testing;

/// <summary>
/// The other end of a channel, which plays a script: it sends, expects packets in an order, answers each as the script says, and closes. Bind it to either endpoint.
/// The script begins when the channel is running, once, and runs at PASSIVE_LEVEL on the thread pool.
/// </summary>
/// <example><code>
/// ScriptedPeer guest = new ScriptedPeer()
///     .Send(new Hello(Version: 3))
///     .Expect&lt;Welcome&gt;("a welcome", w => w.Version == 3)
///     .Close();
/// await using LoopbackPair pair = LoopbackPair.Open(server: new Service(), client: guest);
/// await guest.Finished;
/// </code></example>
public sealed class ScriptedPeer : IChannelCallbacks
{
    private readonly List<(string What, Func<VmbusChannel, Task> Run)> _steps = [];
    private readonly Channel<PendingPacket> _arrivals = System.Threading.Channels.Channel.CreateUnbounded<PendingPacket>();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _patience;
    private int _begun;

    /// <summary>A peer without steps yet.</summary>
    /// <param name="patience">How long each step may take, real time; <see langword="null"/>: 10 s.</param>
    public ScriptedPeer(TimeSpan? patience = null) => _patience = patience ?? TimeSpan.FromSeconds(10);

    /// <summary>
    /// Ends when the script has come to its end; faulted with a <see cref="TestExpectationException"/> that names the step at which something else happened. Packets that
    /// come afterwards are completed without payload.
    /// </summary>
    public Task Finished => _finished.Task;

    /// <summary>Adds a step: a packet that asks for no completion.</summary>
    /// <param name="payload">The payload, copied.</param>
    /// <returns>The peer.</returns>
    public ScriptedPeer Send(ReadOnlySpan<byte> payload)
    {
        byte[] copy = payload.ToArray();
        return Do($"send {PayloadText.Of(copy)}", channel => RequireSuccess(channel.Send(copy)));
    }

    /// <summary>Adds a step: a packet of the bytes of a structure, which asks for no completion.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <returns>The peer.</returns>
    public ScriptedPeer Send<T>(in T payload)
        where T : unmanaged
        => Send(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in payload)));

    /// <summary>Adds a step: a packet that asks for a completion; the script goes on when that has come.</summary>
    /// <param name="payload">The payload, copied.</param>
    /// <param name="check">Looks at the answer, and throws if it is not what it should be; <see langword="null"/>: any answer with a status of success.</param>
    /// <returns>The peer.</returns>
    public ScriptedPeer Request(ReadOnlySpan<byte> payload, Action<PeerResponse>? check = null)
    {
        byte[] copy = payload.ToArray();
        return Step($"request {PayloadText.Of(copy)}", async channel =>
        {
            RequireSuccess(PeerRequest.Send(channel.AllocatePacket(), copy, out Task<PeerResponse> answer));
            PeerResponse response = await answer.WaitAsync(_patience).ConfigureAwait(false);
            if (check is null)
            {
                RequireSuccess(response.Status);
            }
            else
            {
                check(response);
            }
        });
    }

    /// <summary>Adds a step: the next packet to arrive has these bytes.</summary>
    /// <param name="payload">The bytes, copied; what may follow on the wire as padding is not compared.</param>
    /// <param name="answer">What becomes of the packet.</param>
    /// <returns>The peer.</returns>
    public ScriptedPeer Expect(ReadOnlySpan<byte> payload, PeerAnswer answer = default)
    {
        byte[] copy = payload.ToArray();
        return Expect($"the packet {PayloadText.Of(copy)}", bytes => bytes.Length >= copy.Length && bytes.Length - copy.Length < 8 && bytes.Span[..copy.Length].SequenceEqual(copy), answer);
    }

    /// <summary>Adds a step: the next packet to arrive begins with a structure that fits.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="what">What is expected, for messages: "a version request".</param>
    /// <param name="matches">Whether it fits.</param>
    /// <param name="answer">What becomes of the packet.</param>
    /// <returns>The peer.</returns>
    public ScriptedPeer Expect<T>(string what, Predicate<T> matches, PeerAnswer answer = default)
        where T : unmanaged
    {
        ArgumentChecks.RequireNotNull(matches);
        return Expect(what, bytes => bytes.Length >= Unsafe.SizeOf<T>() && matches(MemoryMarshal.Read<T>(bytes.Span)), answer);
    }

    /// <summary>Adds a step: the next packet to arrive fits.</summary>
    /// <param name="what">What is expected, for messages.</param>
    /// <param name="matches">Whether the bytes, padding of the wire included, fit; the memory ends when it returns.</param>
    /// <param name="answer">What becomes of the packet.</param>
    /// <returns>The peer.</returns>
    public ScriptedPeer Expect(string what, Predicate<ReadOnlyMemory<byte>> matches, PeerAnswer answer = default)
    {
        ArgumentChecks.RequireNotNull(matches);
        return Step($"expect {what}", async channel =>
        {
            using CancellationTokenSource timeout = new(_patience);
            PendingPacket packet = await _arrivals.Reader.ReadAsync(timeout.Token).ConfigureAwait(false);
            string arrived = PayloadText.Of(packet.BufferMemory.Span);
            if (matches(packet.BufferMemory))
            {
                answer.Give(packet);
            }
            else
            {
                packet.Complete();
                throw new TestExpectationException($"{arrived} arrived.");
            }
        });
    }

    /// <summary>Adds a step of the test's own.</summary>
    /// <param name="what">What it does, for messages.</param>
    /// <param name="action">Gets the peer's endpoint.</param>
    /// <returns>The peer.</returns>
    public ScriptedPeer Do(string what, Action<VmbusChannel> action)
    {
        ArgumentChecks.RequireNotNull(action);
        return Step(what, channel =>
        {
            action(channel);
            return Task.CompletedTask;
        });
    }

    /// <summary>Adds a step: the peer closes the channel, and the script goes on when that is done.</summary>
    /// <returns>The peer.</returns>
    public ScriptedPeer Close() => Step("close the channel", channel => channel.DisableAsync().WaitAsync(_patience));

    void IChannelCallbacks.ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        PendingPacket arrived = packet.Pend();
        if (!_arrivals.Writer.TryWrite(arrived))
        {
            arrived.Complete();
        }
    }

    void IChannelCallbacks.PostStarted(VmbusChannel channel)
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Peer.RunAsync(state.Channel), (Peer: this, Channel: channel), preferLocal: false);
        }
    }

    private static void RequireSuccess(NtStatus status)
    {
        if (!status.IsSuccess())
        {
            throw new TestExpectationException($"The status is {status}.");
        }
    }

    private ScriptedPeer Step(string what, Func<VmbusChannel, Task> run)
    {
        if (Volatile.Read(ref _begun) != 0)
        {
            throw new InvalidOperationException("The script runs already: add its steps before the channel opens.").With(NtStatus.InvalidDeviceState);
        }

        _steps.Add((what, run));
        return this;
    }

    private async Task RunAsync(VmbusChannel channel)
    {
        TestExpectationException? failure = null;
        for (int i = 0; i < _steps.Count && failure is null; i++)
        {
            try
            {
                await _steps[i].Run(channel).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
            {
                failure = Failed(i, $"Nothing came of it within {_patience}; {channel} is {channel.State}.", exception);
            }
            catch (Exception exception)
            {
                failure = Failed(i, exception.Message, exception);
            }
        }

        // What comes from here on, and what nobody expected, must not keep the channel from closing.
        _arrivals.Writer.Complete();
        while (_arrivals.Reader.TryRead(out PendingPacket packet))
        {
            string arrived = PayloadText.Of(packet.BufferMemory.Span);
            packet.Complete();
            failure ??= new TestExpectationException($"The script of {_steps.Count} steps had ended, or stopped, when {arrived} arrived.");
        }

        if (failure is null)
        {
            _finished.SetResult();
        }
        else
        {
            _finished.SetException(failure);
        }
    }

    private TestExpectationException Failed(int step, string what, Exception cause) => new($"Step {step + 1} of {_steps.Count}, {_steps[step].What}: {what}", cause);
}
