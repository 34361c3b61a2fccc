using System.Globalization;
using System.Text;

namespace Vmbus.Analyzers.Benchmarks;

/// <summary>Writes single methods whose analysis is measured alone.</summary>
internal static class MethodSource
{
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

    private static string Class(string method) => ServiceSource.Frame + "public sealed partial class Host\n{\n" + ServiceSource.State + method + "}\n";
}
