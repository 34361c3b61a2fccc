using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.Generators;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>Writes and compiles classes of handlers, with what the generator adds, and the same handlers behind switches that are written by hand.</summary>
internal static class HandlerSource
{
    /// <summary>The JIT does not optimize a method of more than 2,000 basic blocks; with more cases than this, a careful programmer gives each a method.</summary>
    private const int MaximumInOneMethod = 256;

    private const string Usings = "using System;\nusing System.Buffers.Binary;\nusing System.Runtime.CompilerServices;\nusing System.Runtime.InteropServices;\nusing Vmbus;\nusing Vmbus.Benchmarks.Dispatch;\n\n";

    /// <summary>Compiles a class for these message types, optimized.</summary>
    public static CompiledHandlers Compile(uint[] messageTypes)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            $"Handlers{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(Usings + Handlers(messageTypes) + BySwitch("BySwitch", messageTypes) + BySwitch("BySwitchAgain", messageTypes) + ByTable(messageTypes))],
            AppDomain.CurrentDomain.GetAssemblies().Where(static a => !a.IsDynamic && a.Location.Length > 0).Select(static a => MetadataReference.CreateFromFile(a.Location)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        CSharpGeneratorDriver.Create(new ChannelCallbacksGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = generated.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        }

        image.Position = 0;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(image);
        IHandlers handlers = (IHandlers)Activator.CreateInstance(assembly.GetType("Handlers")!)!;
        return new CompiledHandlers(
            (IChannelCallbacks)Activator.CreateInstance(assembly.GetType("Handlers")!)!,
            (IChannelCallbacks)Activator.CreateInstance(assembly.GetType("BySwitch")!, handlers)!,
            (IChannelCallbacks)Activator.CreateInstance(assembly.GetType("BySwitchAgain")!, handlers)!,
            (IChannelCallbacks)Activator.CreateInstance(assembly.GetType("ByTable")!, handlers)!,
            handlers);
    }

    private static string Handlers(uint[] types)
    {
        StringBuilder text = new("public sealed partial class Handlers : IHandlers\n{\n    private ulong _sum;\n");
        for (int i = 0; i < types.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    [ProcessPacket({types[i]}u)] internal void On{i}(PacketCompletion packet, in {MessageOf(i)} message) {{ _sum += message.Value ^ {i}; packet.Complete(); }}\n");
        }

        text.Append("    public (uint Type, Handler Handle)[] Table() =>\n    [\n");
        for (int i = 0; i < types.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"        ({types[i]}u, (packet, buffer) => On{i}(packet, in MemoryMarshal.AsRef<{MessageOf(i)}>(buffer))),\n");
        }

        return text.Append("    ];\n}\n\n").ToString();
    }

    /// <summary>The switch that a careful programmer writes: in each case one test of the length, no call that need not be, one place for what is failed.</summary>
    private static string BySwitch(string name, uint[] types) => ByHand(name, "", "BinaryPrimitives.ReadUInt32LittleEndian(buffer)", [.. types.Select(static t => t.ToString(CultureInfo.InvariantCulture) + "u")]);

    /// <summary>A hash table of the programmer's own, with probing, before a switch over positions.</summary>
    private static string ByTable(uint[] types)
    {
        int bits = 2;
        while (1 << bits < 4 * types.Length)
        {
            bits++;
        }

        uint[] keys = new uint[1 << bits];
        int[] positions = new int[1 << bits];
        for (int i = 0; i < types.Length; i++)
        {
            int slot = (int)(unchecked(types[i] * 2654435769u) >> (32 - bits));
            while (positions[slot] != 0)
            {
                slot = (slot + 1) & (keys.Length - 1);
            }

            (keys[slot], positions[slot]) = (types[i], i + 1);
        }

        string table = $$"""
                private static ReadOnlySpan<uint> Keys => [{{string.Join(", ", keys)}}];
                private static ReadOnlySpan<ushort> Positions => [{{string.Join(", ", positions)}}];

                private static int Find(uint type)
                {
                    int slot = (int)(unchecked(type * 2654435769u) >> {{32 - bits}});
                    while (true)
                    {
                        int position = Positions[slot];
                        if (Keys[slot] == type || position == 0)
                        {
                            return position;
                        }

                        slot = (slot + 1) & {{(1 << bits) - 1}};
                    }
                }

            """;
        return ByHand("ByTable", table, "Find(BinaryPrimitives.ReadUInt32LittleEndian(buffer))", [.. Enumerable.Range(1, types.Length).Select(static i => i.ToString(CultureInfo.InvariantCulture))]);
    }

    private static string MessageOf(int handler) => (handler % 4) switch { 0 => nameof(Message0), 1 => nameof(Message1), 2 => nameof(Message2), _ => nameof(Message3) };

    private static string ByHand(string name, string members, string subject, IReadOnlyList<string> labels)
    {
        string cases;
        if (labels.Count <= MaximumInOneMethod)
        {
            cases = string.Concat(labels.Select(static (label, i) =>
                $"                case {label}: if (buffer.Length < Unsafe.SizeOf<{MessageOf(i)}>()) goto default; handlers.On{i}(packet, in MemoryMarshal.AsRef<{MessageOf(i)}>(buffer)); break;\n"));
        }
        else
        {
            cases = string.Concat(labels.Select(static (label, i) => $"                case {label}: Handle{i}(handlers, packet, buffer); break;\n"));
            members += string.Concat(labels.Select(static (_, i) => $$"""
                    [MethodImpl(MethodImplOptions.NoInlining)] private static void Handle{{i}}(Handlers handlers, PacketCompletion packet, ReadOnlySpan<byte> buffer)
                    {
                        if (buffer.Length < Unsafe.SizeOf<{{MessageOf(i)}}>()) packet.Fail();
                        else handlers.On{{i}}(packet, in MemoryMarshal.AsRef<{{MessageOf(i)}}>(buffer));
                    }

                """));
        }

        return $$"""
            public sealed class {{name}}(Handlers handlers) : IChannelCallbacks
            {
            {{members}}
                public void ProcessBatch(ref PacketBatch batch)
                {
                    while (batch.MoveNext())
                    {
                        PacketCompletion packet = batch.Packet;
                        ReadOnlySpan<byte> buffer = batch.Buffer;
                        if (buffer.Length < sizeof(uint))
                        {
                            packet.Fail();
                            continue;
                        }

                        switch ({{subject}})
                        {
            {{cases}}
                            default: packet.Fail(); break;
                        }
                    }
                }
            }


            """;
    }
}
