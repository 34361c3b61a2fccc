using System.Globalization;
using System.Text;

namespace Vmbus.Analyzers.Benchmarks;

/// <summary>Writes the classes of a project: services with handlers of the usual kinds, handlers that all have everything, and code without packets.</summary>
internal static class ServiceSource
{
    public const string Frame = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.InteropServices;
        using Vmbus;

        """;

    public const string State = """
            private readonly ConcurrentQueue<PendingPacket> _queue = new();
            private readonly Dictionary<uint, PendingPacket> _waiting = new();
            private readonly byte[] _reply = new byte[64];
            private bool _isReadOnly;
            private long _bytes;
            private uint _version;
            private static bool G() => Environment.TickCount > 0;
            private static void Log() { }
            private static void Log(string text) { }

        """;

    /// <summary>The payloads that all services share.</summary>
    public const string Messages = """
        using System.Runtime.InteropServices;

        [StructLayout(LayoutKind.Sequential, Pack = 1)]
        public readonly record struct ReadRequest(uint Type, uint Id, ulong Sector, uint Count);

        [StructLayout(LayoutKind.Sequential, Pack = 1)]
        public readonly record struct ReadReply(uint Id, uint Status, ulong Bytes);

        """;

    /// <summary>Ten handlers, each of another kind: what a service mostly consists of.</summary>
    private static readonly string[] Kinds =
    [
        // Answers a value.
        """
            [ProcessPacket(@type)]
            private uint On@n(in ReadRequest request) => request.Count > 8 ? request.Count - @n : _version;


        """,

        // Answers a structure.
        """
            [ProcessPacket(@type)]
            private ReadReply On@n(in ReadRequest request)
            {
                _bytes += request.Count;
                return new ReadReply(request.Id, request.Sector > @n ? 0u : 1u, (ulong)_bytes);
            }


        """,

        // Takes note and completes.
        """
            [ProcessPacket(@type)]
            private void On@n(PacketCompletion packet, in ReadRequest request)
            {
                _version = request.Id;
                _bytes += request.Count;
                packet.Complete();
            }


        """,

        // Guards.
        """
            [ProcessPacket(@type)]
            private void On@n(PacketCompletion packet, ReadOnlySpan<byte> buffer)
            {
                if (buffer.Length < 16)
                {
                    Log("short");
                    packet.Fail();
                    return;
                }

                if (_isReadOnly && buffer[0] != @n)
                {
                    packet.Fail();
                    return;
                }

                _bytes += buffer.Length;
                packet.Complete(buffer.Slice(0, 8));
            }


        """,

        // Reads fields through a reader over a copy.
        """
            [ProcessPacket(@type, Irql = Irql.Passive)]
            private void On@n(PacketCompletion packet, ReadOnlySpan<byte> buffer)
            {
                using var stream = new MemoryStream(buffer.ToArray());
                using var reader = new BinaryReader(stream);
                uint id = reader.ReadUInt32();
                if (id == 0)
                {
                    packet.Fail();
                    return;
                }

                long sum = 0;
                while (stream.Position + 4 <= stream.Length)
                {
                    sum += reader.ReadInt32();
                }

                _bytes += sum + @n;
                packet.Complete();
            }


        """,

        // Loop, try, switch, a flag, and a helper that completes.
        """
            [ProcessPacket(@type)]
            private void On@n(PacketCompletion packet, ReadOnlySpan<byte> buffer)
            {
                if (buffer.Length < 16 || _isReadOnly)
                {
                    packet.Fail();
                    return;
                }

                int size = buffer[0] | (buffer[1] << 8);
                bool isDone = false;
                try
                {
                    for (int n = 0; n < size && n < buffer.Length; n++)
                    {
                        if (buffer[n] == @n % 200)
                        {
                            packet.Complete(buffer.Slice(n));
                            isDone = true;
                            break;
                        }

                        _bytes += buffer[n];
                    }
                }
                catch (InvalidOperationException)
                {
                    Log("@n");
                }

                switch (size)
                {
                    case 1:
                        _isReadOnly = true;
                        break;
                    case 2 when !isDone:
                        _queue.Enqueue(packet.Pend());
                        return;
                }

                if (!isDone)
                {
                    Reply@n(packet, size);
                }
            }

            private void Reply@n(PacketCompletion packet, int size)
            {
                if (size > 4)
                {
                    packet.Complete();
                }
                else
                {
                    packet.Fail();
                }
            }


        """,

        // Finishes later.
        """
            [ProcessPacket(@type)]
            private void On@n(PacketCompletion packet, in ReadRequest request)
            {
                if (_queue.Count > @n + 64)
                {
                    packet.Fail();
                    return;
                }

                _queue.Enqueue(packet.Pend());
            }


        """,

        // Keeps it by its number, and finishes one that came before.
        """
            [ProcessPacket(@type)]
            private void On@n(PacketCompletion packet, in ReadRequest request)
            {
                if (_waiting.Remove(request.Id, out PendingPacket earlier))
                {
                    earlier.Fail();
                }

                _waiting[request.Id] = packet.Pend();
            }


        """,

        // A switch over commands.
        """
            [ProcessPacket(@type)]
            private void On@n(PacketCompletion packet, in ReadRequest request)
            {
                switch (request.Count)
                {
                    case 0:
                        packet.Complete();
                        break;
                    case 1:
                        _version = request.Id + @n;
                        packet.Complete(_reply.AsSpan(0, 4));
                        break;
                    default:
                        packet.Fail();
                        break;
                }
            }


        """,

        // Writes its answer to a stream, whatever happens.
        """
            [ProcessPacket(@type, Irql = Irql.Passive)]
            private void On@n(PacketCompletion packet, in ReadRequest request)
            {
                var answer = new MemoryStream();
                try
                {
                    using (var writer = new BinaryWriter(answer, System.Text.Encoding.UTF8, leaveOpen: true))
                    {
                        writer.Write(request.Id);
                        writer.Write(_bytes + @n);
                    }
                }
                finally
                {
                    packet.Complete(answer.ToArray());
                    answer.Dispose();
                }
            }


        """,
    ];

    /// <summary>The kind that has everything: loop, try, switch, a flag and a helper.</summary>
    private static string Full => Kinds[5];

    /// <summary>A service: its handlers in turn of each kind, and methods of its own that have nothing to do with packets.</summary>
    public static string Service(int number, int handlers, int others) => Service(number, handlers, others, static n => Kinds[n % Kinds.Length]);

    /// <summary>A class whose handlers all have everything.</summary>
    public static string FullService(int number, int handlers) => Service(number, handlers, 0, static _ => Full);

    /// <summary>A class that does not know of packets.</summary>
    public static string Plain(int number, int methods)
    {
        var text = new StringBuilder("using System;\nusing System.IO;\n\n");
        text.Append(CultureInfo.InvariantCulture, $"public sealed class Plain{number}\n{{\n    private long _bytes;\n    private static void Log(string text) {{ }}\n\n");
        AppendOthers(text, methods);
        return text.Append("}\n").ToString();
    }

    private static string Service(int number, int handlers, int others, Func<int, string> kind)
    {
        var text = new StringBuilder(Frame);
        text.Append(CultureInfo.InvariantCulture, $"[ChannelCallbacks(MessageTypeSize = 4)]\npublic sealed partial class Host{number}\n{{\n{State}");
        for (int i = 0; i < handlers; i++)
        {
            string n = i.ToString(CultureInfo.InvariantCulture);
            text.Append(kind(i).Replace("@type", (i + 1).ToString(CultureInfo.InvariantCulture) + "u", StringComparison.Ordinal).Replace("@n", n, StringComparison.Ordinal));
        }

        AppendOthers(text, others);
        text.Append(
            """
                public void Drain()
                {
                    while (_queue.TryDequeue(out PendingPacket packet))
                    {
                        packet.Complete();
                    }

                    foreach (PendingPacket packet in _waiting.Values)
                    {
                        packet.Fail();
                    }

                    _waiting.Clear();
                }
            }

            """);
        return text.ToString();
    }

    private static void AppendOthers(StringBuilder text, int others)
    {
        for (int i = 0; i < others; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    private long Compute{{i}}(byte[] data, int limit, string name)
                    {
                        long sum = 0;
                        for (int n = 0; n < data.Length && n < limit; n++)
                        {
                            if ((data[n] & 1) == 0)
                            {
                                sum += data[n] * {{i + 3}};
                            }
                            else if (data[n] > 100)
                            {
                                sum -= n;
                            }
                        }

                        using (var stream = new MemoryStream())
                        {
                            stream.WriteByte((byte)sum);
                            _bytes += stream.Length;
                        }

                        Log(name + sum);
                        return sum > limit ? limit : sum;
                    }


                """);
        }
    }
}
