using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Releases;

/// <summary>
/// Code that the generators of earlier releases wrote and their compilers compiled runs on the run time of today: the assemblies beside this file are never made
/// again. Each release adds one, with <c>VMBUS_ADD_RELEASE=version</c> in the environment.
/// </summary>
public sealed class ReleasedCodeTests
{
    private const string AddVariable = "VMBUS_ADD_RELEASE";

    public static TheoryData<string> Releases => [.. Directory.EnumerateFiles(Folder(), "Handlers-*.dll").Select(static f => Path.GetFileName(f))];

    [Fact]
    public void A_release_is_added_where_the_environment_says_so()
    {
        if (Environment.GetEnvironmentVariable(AddVariable) is { Length: > 0 } version)
        {
            string path = Path.Combine(Folder(), $"Handlers-{version}.dll");
            Assert.False(File.Exists(path), $"{path} is what a release compiled; it is never made again.");
            ProjectImage.WriteTo(path, (TestProject.Of(File.ReadAllText(Path.Combine(Folder(), "ReleasedHandlers.txt"))) with { AssemblyName = $"Handlers-{version}", AllowUnsafe = true }).WithGenerators(new ChannelCallbacksGenerator()));
        }

        Assert.NotEmpty(Releases);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void Packets_reach_their_handlers(string release)
    {
        using Loaded loaded = new(release);
        IChannelCallbacks handlers = loaded.Handlers;
        Assert.Equal("Completed 010000002A000000", Deliver(handlers, [1, 0, 0, 0, 42, 0, 0, 0]));
        Assert.Equal("Failed ", Deliver(handlers, [1, 0, 0, 0]));
        Assert.Equal("Completed 020000002B000000", Deliver(handlers, [2, 0, 0, 0, 43, 0, 0, 0]));
        Assert.Equal("Completed  2F000000", Deliver(handlers, [3, 0, 0, 0, 44, 0, 0, 0, 1, 2, 3]));
        Assert.Equal("Completed 0400000001", Deliver(handlers, [4, 0, 0, 0, 1]));
        Assert.Equal("Completed ", Deliver(handlers, [5, 0, 0, 0]));
        Assert.Equal("Failed ", Deliver(handlers, [6, 0, 0, 0]));
        Assert.Equal("Completed 0700000008000000", Deliver(handlers, [7, 0, 0, 0, 1, 0, 0, 0]));
        Assert.Equal("Completed ", Deliver(handlers, [8, 0, 0, 0]));
        Assert.Equal("Pended ", Deliver(handlers, [9, 0, 0, 0]));
        Assert.Equal("Completed 64", Deliver(handlers, [100, 0, 0, 0]));
        Assert.Equal("Completed 63", Deliver(handlers, [101, 0, 0, 0]));
        Assert.Equal("Completed 63", Deliver(handlers, [1]));
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Equal("Deferred ", Deliver(handlers, [5, 0, 0, 0]));
            Assert.Equal("Deferred ", Deliver(handlers, [7, 0, 0, 0, 1, 0, 0, 0]));
        }

        Assert.Equal("Completed 02", Deliver(loaded.Sparse, [0xEE, .. BitConverter.GetBytes(15755400384260043839)]));
        Assert.Equal("Completed 04", Deliver(loaded.Sparse, [0xEE, .. BitConverter.GetBytes(ulong.MaxValue)]));
        Assert.Equal("Failed ", Deliver(loaded.Sparse, [0xEE, .. BitConverter.GetBytes(5UL)]));
        Assert.Equal("OnAsync", handlers.DescribeHandler([7, 0, 0, 0]));
        Assert.Equal("OnRoot", handlers.DescribeHandler([100, 0, 0, 0]));
        Assert.Equal("OnRootDefault", handlers.DescribeHandler([]));
    }

    /// <summary>Each way in which a message type finds its handler.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    public void Tables_and_hashes_find_handlers(string release)
    {
        using Loaded loaded = new(release);
        IChannelCallbacks byPosition = loaded.Create("ByPosition");
        IChannelCallbacks byHash = loaded.Create("ByHash");

        Assert.Equal(["Completed 01", "Completed 01", "Completed 02", "Failed ", "Failed ", "Failed "], new uint[] { 100, 132, 140, 101, 99, 141 }.Select(type => Deliver(byPosition, BitConverter.GetBytes(type))));
        Assert.Equal(["Completed 01", "Completed 01", "Completed 02", "Failed ", "Failed "], new uint[] { 0x10000001, 0xD1CEF00D, 0xEE17A2B3, 0, 0x10000002 }.Select(type => Deliver(byHash, BitConverter.GetBytes(type))));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void Padding_is_sent_as_zeros(string release)
    {
        using Loaded loaded = new(release);

        Assert.Equal("Completed 01000000FF000000FF000000FFFFFFFF", Deliver(loaded.Create("Padded"), [1, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 12)]));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void Native_entry_points_are_handed_out(string release)
    {
        using Loaded loaded = new(release);
        NativeCallbackTable table = (NativeCallbackTable)loaded.Create("Native").GetType().GetProperty("NativeCallbacks")!.GetValue(null)!;

        Assert.Equal(1u, table.Version);
        Assert.True(table.Size > 0);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public void Other_callbacks_are_called(string release)
    {
        using Loaded loaded = new(release);
        IChannelCallbacks handlers = loaded.Handlers;
        using VmbusChannel channel = new(VmbusBus.CreateInProcess(), new VmbusChannelOptions());
        Assert.Equal(NtStatus.InvalidParameter, handlers.Opened(channel));
        Assert.Equal("closed", Assert.Throws<FormatException>(() => handlers.Closed(channel)).Message);
        Assert.Equal("batch", Assert.Throws<FormatException>(() => handlers.ProcessingComplete(channel, 1)).Message);
        Assert.Equal("started", Assert.Throws<FormatException>(() => handlers.Started(channel)).Message);
        Assert.Equal("post-started", Assert.Throws<FormatException>(() => handlers.PostStarted(channel)).Message);
        Assert.Equal("suspend", Assert.Throws<FormatException>(() => handlers.Suspend(channel)).Message);
        Assert.Equal("failure", Assert.Throws<FormatException>(() => handlers.PnpFailure(channel, NtStatus.DeviceRemoved)).Message);
        Assert.Equal("sent", Assert.Throws<FormatException>(() => handlers.PacketCompletionRoutine(null!, NtStatus.Success, default)).Message);
        Assert.Equal(NtStatus.Success, handlers.SavePacket(channel, null!, default, out int needed));
        Assert.Equal(3, needed);
        Assert.Equal(NtStatus.DataError, handlers.RestorePacket(channel, default, default));
        Assert.True(handlers.Traits.SavesPackets);
        Assert.Equal((true, PacketReception.InPlace), (loaded.Sparse.Traits.IncomingProcessingAtPassive, loaded.Sparse.Traits.Reception));
    }

    private static string Deliver(IChannelCallbacks callbacks, byte[] bytes)
    {
        TestPacket packet = TestPacket.Create(bytes);
        packet.Deliver(callbacks);
        string reply = packet.Reply.IsEmpty ? "" : " " + Convert.ToHexString(packet.Reply.Span);
        return $"{packet.Outcome} {Convert.ToHexString(packet.Payload.Span)}{reply}";
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private sealed class Loaded : IDisposable
    {
        private readonly AssemblyLoadContext _context = new(nameof(ReleasedCodeTests), isCollectible: true);
        private readonly Assembly _assembly;

        public Loaded(string release)
        {
            _assembly = _context.LoadFromAssemblyPath(Path.Combine(Folder(), release));
            Handlers = Create("Handlers");
            Sparse = (IChannelCallbacks)_assembly.GetType("Released.Sparse")!.GetProperty("Callbacks")!.GetValue(null)!;
        }

        public IChannelCallbacks Handlers { get; }

        public IChannelCallbacks Sparse { get; }

        public IChannelCallbacks Create(string name) => (IChannelCallbacks)Activator.CreateInstance(_assembly.GetType($"Released.{name}")!)!;

        public void Dispose() => _context.Unload();
    }
}
