namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Makes whole sources out of handlers' bodies.</summary>
internal static class IrqlSource
{
    private const string Frame = """
        using System.Collections.Concurrent;
        using System.Diagnostics;
        using System.Net.Sockets;
        using System.Runtime.CompilerServices;

        public struct Header { public uint Type; public uint Length; }

        public interface IStore
        {
            void Save();
            [Blocks] void Flush();
            [IrqlRequiresMax(Irql.Passive)] void Commit();
        }

        public sealed partial class Host
        {
            private static readonly TimeSpan Zero = TimeSpan.Zero;
            private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
            private readonly ManualResetEventSlim _event = new();
            private readonly SemaphoreSlim _semaphore = new(1);
            private readonly object _gate = new();
            private readonly FileStream _file = null!;
            private readonly IStore _store = null!;
            private readonly List<int> _list = [];
            private readonly BlockingCollection<int> _bounded = new(16);
            private readonly BlockingCollection<int> _unbounded = new();
            private readonly Task<int> _task = null!;

            private static bool G() => Environment.TickCount > 0;

        MEMBERS
        }
        """;

    public static string Class(string members) => Frame.Replace("MEMBERS", members, StringComparison.Ordinal);

    /// <summary>A handler of this body, which runs at DISPATCH_LEVEL.</summary>
    public static string Handler(string body, string members = "")
        => Class("[ProcessPacket(1u)] private void OnPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer)\n{\n" + body + "\n}\n" + members);
}
