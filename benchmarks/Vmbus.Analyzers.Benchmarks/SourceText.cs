using System.Globalization;
using System.Text;

namespace Vmbus.Analyzers.Benchmarks;

/// <summary>Writes the code that is analyzed.</summary>
internal static class SourceText
{
    private const string Frame = """
        using System;
        using System.Collections.Concurrent;
        using System.IO;
        using Vmbus;

        """;

    private const string Members = """
            private readonly ConcurrentQueue<PendingPacket> _queue = new();
            private bool _isReadOnly;
            private long _bytes;
            private static bool G() => Environment.TickCount > 0;
            private static void Log() { }
            private static void Log(string text) { }

        """;

    /// <summary>A handler of the given number of guards: about three blocks each.</summary>
    public static string Handler(int guards)
    {
        var body = new StringBuilder();
        for (int i = 0; i < guards; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"        if (buffer.Length < {i * 8}) {{ Log(); packet.Fail(); return; }}\n");
        }

        return Class($"    [ProcessPacket(1u)] private void M(PacketCompletion packet, ReadOnlySpan<byte> buffer)\n    {{\n{body}        packet.Complete();\n    }}\n");
    }

    /// <summary>Flags that are set and tested in turn; the packet hangs on the first.</summary>
    public static string Branches(int branches, int flags)
    {
        var body = new StringBuilder();
        for (int i = 0; i < flags; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"        bool f{i} = G();\n");
        }

        for (int i = 0; i < branches; i++)
        {
            int flag = i % flags;
            body.Append(CultureInfo.InvariantCulture, $"        if (f{flag}) {{ Log(); Log(\"x\"); f{(flag + 7) % flags} = G(); }} else {{ Log(); }}\n");
        }

        return Class($"    [ProcessPacket(1u)] private void M(PacketCompletion packet)\n    {{\n{body}        if (f0) packet.Complete(); else packet.Fail();\n    }}\n");
    }

    /// <summary>A class of ordinary handlers and of methods that have nothing to do with packets.</summary>
    public static string Class(int number, int handlers, int others)
    {
        var text = new StringBuilder();
        for (int i = 0; i < handlers; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    [ProcessPacket({{i + 1}}u)]
                    private void On{{i}}(PacketCompletion packet, ReadOnlySpan<byte> buffer)
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
                                if (buffer[n] == {{i % 200}})
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
                            Log("{{i}}");
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
                            Reply{{i}}(packet, size);
                        }
                    }

                    private void Reply{{i}}(PacketCompletion packet, int size)
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


                """);
        }

        AppendOthers(text, others);
        if (handlers > 0)
        {
            text.Append("    public void Drain() { while (_queue.TryDequeue(out PendingPacket packet)) packet.Complete(); }\n");
        }

        return Frame + $"public sealed partial class Host{number}\n{{\n" + (handlers > 0 ? Members : "    private long _bytes;\n    private static void Log(string text) { }\n") + text + "}\n";
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

    private static string Class(string method) => Frame + "public sealed partial class Host\n{\n" + Members + method + "}\n";
}
