using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SharedMemory;

/// <summary>What goes wrong around the memory and the socket of a bus, and passes.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed partial class HostFailureTests
{
    [Fact]
    public async Task A_host_that_is_out_of_descriptors_says_so_and_lets_guests_in_when_there_are_some_again()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using SharedHost host = await HostThatHadAGuestAsync();
        using Failures failures = new(host.Path, "AcceptFailed");
        using Socket visitor = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (Descriptors.LeaveFree(0))
        {
            visitor.Connect(new UnixDomainSocketEndPoint(host.Path));
            SharedHost.Await(() => failures.Seen.Count >= 3, () => "the failures");
        }

        EventWrittenEventArgs[] seen = [.. failures.Seen];
        Assert.All(seen, failure => Assert.Equal(typeof(SocketException).FullName, failure.Payload![1]));
        Assert.Equal([10, 20, 40], seen.Take(3).Select(failure => failure.Payload![3]));
        visitor.Dispose();
        using SharedMemoryBus next = await SharedMemoryBus.ConnectAsync(host.Path);
        Assert.True(next.IsConnected);
    }

    [Fact]
    public async Task However_often_a_host_fails_to_let_somebody_in_no_place_is_lost()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string path = Path.Combine(Path.GetTempPath(), $"vmbus-test-{Guid.NewGuid():N}");
        using SharedMemoryBus host = SharedMemoryBus.CreateHost(path, new VmbusBusOptions { GuestMemorySize = 1 << 20, TimeProvider = new Impatience() });
        using (SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(path))
        {
            Assert.True(guest.IsConnected);
        }

        SharedHost.Await(() => !host.IsConnected, () => "the first guest to go");
        using Failures failures = new(path, "AcceptFailed");
        while (failures.Seen.Count <= 64)
        {
            // A few at a time: a process without descriptors cannot do much else. In all, more than there may be visitors at one time.
            using Socket visitor = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            int before = failures.Seen.Count;
            using Descriptors taken = Descriptors.LeaveFree(0);
            visitor.Connect(new UnixDomainSocketEndPoint(path));
            SharedHost.Await(() => failures.Seen.Count >= before + 4, () => $"failures after {before}");
        }

        using SharedMemoryBus next = await SharedMemoryBus.ConnectAsync(path).WaitAsync(ChannelPair.Patience);
        Assert.True(next.IsConnected);
    }

    [Fact]
    public async Task However_many_visitors_are_no_guests_the_next_guest_finds_a_place()
    {
        using SharedHost host = new();
        byte[] noise = new byte[256];
        for (int i = 0; i < 200; i++)
        {
            using Socket visitor = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            visitor.Connect(new UnixDomainSocketEndPoint(host.Path));
            if (i % 2 == 0)
            {
                // A type that nobody sends: it is told so. The others leave without a word.
                noise[0] = 99;
                visitor.Send(noise);
                Assert.True(visitor.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
            }
        }

        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path).WaitAsync(ChannelPair.Patience);
        Assert.True(guest.IsConnected);
    }

    [Fact]
    public async Task A_host_that_gets_no_memory_for_a_guest_says_so_and_serves_the_next()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using SharedHost host = await HostThatHadAGuestAsync();
        using Failures failures = new(host.Path, "ContactFailed");
        using Socket visitor = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        byte[] contact = new byte[256];
        (contact[0], contact[84]) = (14, 1);
        using (Descriptors.LeaveFree(1))
        {
            // The one is for the connection.
            visitor.Connect(new UnixDomainSocketEndPoint(host.Path));
            visitor.Send(contact);
            SharedHost.Await(() => !failures.Seen.IsEmpty, () => "the failure");
        }

        Assert.Contains("memfd_create", (string)Assert.Single(failures.Seen).Payload![2]!, StringComparison.Ordinal);
        Assert.Equal(0, visitor.Receive(contact));
        using SharedMemoryBus next = await SharedMemoryBus.ConnectAsync(host.Path);
        Assert.True(next.IsConnected);
    }

    [Fact]
    public async Task Options_that_cannot_be_are_refused_before_the_host_is_asked()
    {
        string path = Path.Combine(Path.GetTempPath(), $"vmbus-test-{Guid.NewGuid():N}");
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        VmbusException refused = await Assert.ThrowsAsync<VmbusException>(() => SharedMemoryBus.ConnectAsync(path, new VmbusBusOptions { ExternalData = (ExternalDataMode)7 }));
        Assert.Equal(NtStatus.InvalidParameter2, refused.Status);
        Assert.False(listener.Poll(0, SelectMode.SelectRead));
        File.Delete(path);
    }

    [Fact]
    public async Task Rings_that_the_host_writes_to_before_they_are_open_fail_the_opening_and_nothing_else()
    {
        using SharedHost host = new();
        using SharedMemoryBus bus = await SharedMemoryBus.ConnectAsync(host.Path);
        using GuestMemoryBlock block = bus.AllocateGuestMemory(1);
        Assert.True(host.Bus.GuestMemory.TryGetPage(block.FirstPageFrameNumber, out Memory<byte> pages, out _, out _));
        using CancellationTokenSource enough = new();
        Task writer = Task.Run(() =>
        {
            Span<uint> words = MemoryMarshal.Cast<byte, uint>(pages.Span);
            while (!enough.IsCancellationRequested)
            {
                // Both indices of whatever ring the next opening gets.
                for (int word = 0; word < words.Length; word += 1024)
                {
                    Volatile.Write(ref words[word], 0x12345);
                    Volatile.Write(ref words[word + 1], 0x12345);
                }
            }
        });
        VmbusChannel client = new(bus, new VmbusChannelOptions { InterfaceType = host.InterfaceType, InterfaceInstance = host.Server.InterfaceInstance, FriendlyName = "guest" });
        ScriptedCallbacks callbacks = new();
        client.SetCallbacks(callbacks);
        try
        {
            // Whether the writer runs in the moment between is not for the test to say.
            for (int i = 0; i < 2000 && callbacks.Log.Count(name => name == "PnpFailure DataError") < 3; i++)
            {
                client.Enable();
                SharedHost.Await(
                    () => IsServed(host) && client.State is ChannelState.Disabled or ChannelState.Stopped or ChannelState.Active,
                    () => $"an answer: {client.State}");
                client.Disable();
            }
        }
        finally
        {
            await enough.CancelAsync();
            await writer;
        }

        Assert.Contains("PnpFailure DataError", callbacks.Log);
        client.Enable();
        SharedHost.Await(() => IsServed(host) && client.State == ChannelState.Active, () => $"the client to open: {client.State} {client.Fault}");
        Assert.Equal(NtStatus.Success, client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
        client.Dispose();
    }

    /// <summary>What a guest needs of the process has been loaded then, and takes no descriptor any more.</summary>
    private static async Task<SharedHost> HostThatHadAGuestAsync()
    {
        SharedHost host = new();
        using (SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path))
        {
            Assert.True(guest.IsConnected);
        }

        SharedHost.Await(() => !host.Bus.IsConnected, () => "the first guest to go");
        return host;
    }

    /// <summary>A server that has found a ring corrupt stays stopped until somebody enables it anew.</summary>
    private static bool IsServed(SharedHost host)
    {
        if (host.Server.State == ChannelState.Stopped)
        {
            host.Server.Disable();
            host.Server.Enable();
            host.Server.Start();
        }

        return true;
    }

    private static bool TryTake(List<FileStream> taken)
    {
        try
        {
            taken.Add(File.OpenRead("/dev/null"));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    private record struct Limit(ulong Current, ulong Maximum);

    /// <summary>Takes the descriptors of the process but a few.</summary>
    private sealed class Descriptors : IDisposable
    {
        private const int Resource = 7;

        private readonly List<FileStream> _taken = [];
        private readonly Limit _limit;

        private Descriptors() => Assert.Equal(0, GetLimit(Resource, out _limit));

        public static Descriptors LeaveFree(int count)
        {
            Descriptors descriptors = new();
            FileStream highest = File.OpenRead("/dev/null");
            descriptors._taken.Add(highest);
            Limit low = descriptors._limit with { Current = (ulong)highest.SafeFileHandle.DangerousGetHandle() + 8 };
            Assert.Equal(0, SetLimit(Resource, in low));
            while (TryTake(descriptors._taken))
            {
            }

            for (int i = 0; i < count; i++)
            {
                descriptors._taken[^1].Dispose();
                descriptors._taken.RemoveAt(descriptors._taken.Count - 1);
            }

            return descriptors;
        }

        public void Dispose()
        {
            Assert.Equal(0, SetLimit(Resource, in _limit));
            _taken.ForEach(file => file.Dispose());
        }
    }

    /// <summary>A clock whose rests are over at once.</summary>
    private sealed class Impatience : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }

    private sealed class Failures(string path, string name) : EventListener
    {
        public ConcurrentQueue<EventWrittenEventArgs> Seen { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == VmbusDiagnostics.EventSourceName)
            {
                EnableEvents(eventSource, EventLevel.Warning);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            // The constructor of the base class may come to events before the properties are there.
            if (eventData.EventName == name && (string)eventData.Payload![0]! == path)
            {
                Seen?.Enqueue(eventData);
            }
        }
    }
}
