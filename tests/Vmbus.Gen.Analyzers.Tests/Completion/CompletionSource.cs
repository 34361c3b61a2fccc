namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>Makes whole sources out of handlers' bodies.</summary>
internal static class CompletionSource
{
    private const string Frame = """
        using System.Collections.Concurrent;
        using System.Diagnostics;
        using System.Diagnostics.CodeAnalysis;
        using System.Threading.Channels;

        public enum Kind : uint { One = 1, Two = 2, Three = 3 }
        public struct Header { public uint Type; public uint Length; }
        public sealed class ProtocolException(string text) : Exception(text);

        internal interface ISink
        {
            void Put(PendingPacket packet);
            void Take([CompletesPacket] PacketCompletion packet);
            void Look([BorrowsPacket] PacketCompletion packet);
            void Unknown(PacketCompletion packet);
        }

        public delegate void Forward(PacketCompletion packet);
        public delegate void Finish([CompletesPacket] PacketCompletion packet);

        public sealed partial class Host
        {
            private readonly ConcurrentQueue<PendingPacket> _queue = new();
            private readonly Dictionary<ulong, PendingPacket> _byId = new();
            private readonly object _gate = new();
            private readonly ISink _sink = null!;
            private PendingPacket _held;
            private PendingPacket[] _slots = new PendingPacket[4];
            private bool _flag;
            private static bool s_flag;

            private static bool G() => Environment.TickCount > 0;
            private static void Log(string text) => Debug.WriteLine(text);
            private static void Log() => Debug.WriteLine("");
            private static int Compute() => Environment.TickCount;
            private static NtStatus Status() => (NtStatus)(uint)Environment.TickCount;

        MEMBERS
        }
        """;

    public static string Class(string members) => Frame.Replace("MEMBERS", members, StringComparison.Ordinal);

    /// <summary>A handler of this body whose packet is completed on every path.</summary>
    public static string Completes(string body) => Class(Handler("packet", body));

    /// <summary>A handler of this body that leaves its packet uncompleted on some path.</summary>
    public static string Leaks(string body) => Class(Handler("{|VMB101:packet|}", body));

    private static string Handler(string packet, string body)
        => $"[ProcessPacket(1u)] private void OnPacket(VmbusChannel channel, PacketCompletion {packet}, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)\n"
            + (body.StartsWith("=>", StringComparison.Ordinal) ? body : "{\n" + body + "\n}");
}
