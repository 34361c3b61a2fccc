using System.Globalization;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Dispatching;

/// <summary>Which packet goes to which handler.</summary>
public sealed class MessageTypeTests
{
    [Theory]
    [InlineData(1, 0, "0x7F", "-1")]
    [InlineData(1, 3, "255", "sbyte.MinValue")]
    [InlineData(2, 0, "0x1234", "short.MinValue")]
    [InlineData(2, 5, "ushort.MaxValue", "-2")]
    [InlineData(4, 0, "uint.MaxValue", "int.MinValue")]
    [InlineData(4, 7, "0", "-2")]
    [InlineData(8, 0, "ulong.MaxValue", "long.MinValue")]
    [InlineData(8, 1, "0x1122334455667788", "-2")]
    public void Of_every_size_at_every_offset(int size, int offset, string first, string second)
    {
        using HandlerSet handlers = HandlerSet.Compile($$"""
            [ChannelCallbacks(MessageTypeSize = {{size}}, MessageTypeOffset = {{offset}})]
            public sealed partial class Handlers
            {
                [ProcessPacket({{first}})] private void First(PacketCompletion packet) { Log.Write($"first"); packet.Complete(); }
                [ProcessPacket({{second}})] private void Second(PacketCompletion packet) { Log.Write($"second"); packet.Complete(); }
                [ProcessPacket] private void Other(PacketCompletion packet) { Log.Write($"other"); packet.Complete(); }
            }
            """);

        Assert.Equal("first Completed", handlers.Deliver(Bytes(first)));
        Assert.Equal("second Completed", handlers.Deliver(Bytes(second)));
        Assert.Equal("other Completed", handlers.Deliver(Bytes("3")));
        Assert.Equal("other Completed", handlers.Deliver(Bytes(first).AsSpan(0, offset + size - 1)));
        Assert.Equal("other Completed", handlers.Deliver([]));
        Assert.Equal("First", handlers.Callbacks.DescribeHandler(Bytes(first)));
        Assert.Equal("Other", handlers.Callbacks.DescribeHandler([]));

        byte[] Bytes(string expression)
        {
            byte[] bytes = new byte[offset + size];
            Array.Fill(bytes, (byte)0xEE);
            BitConverter.GetBytes(Value(expression)).AsSpan(0, size).CopyTo(bytes.AsSpan(offset));
            return bytes;
        }
    }

    [Fact]
    public void Enums_and_several_types_of_one_handler()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            public enum Kind : long { A = 1, B = -1, C = 0x12345678 }

            public sealed partial class Handlers
            {
                [ProcessPacket(Kind.A, 7, Kind.C, Kind.A)] private void OnMany(PacketCompletion packet) { Log.Write($"many"); packet.Complete(); }
                [ProcessPacket(Kind.B)] private void OnB(PacketCompletion packet) { Log.Write($"b"); packet.Complete(); }
                [ProcessPacket(new object[] { 20, (byte)21 })] private void OnArray(PacketCompletion packet) { Log.Write($"array"); packet.Complete(); }
            }
            """);

        Assert.Equal("many Completed", handlers.Deliver(1));
        Assert.Equal("many Completed", handlers.Deliver(7));
        Assert.Equal("many Completed", handlers.Deliver(0x12345678));
        Assert.Equal("b Completed", handlers.Deliver(uint.MaxValue));
        Assert.Equal("array Completed", handlers.Deliver(21));
        Assert.Equal("Failed", handlers.Deliver(2));
        Assert.Null(handlers.Callbacks.DescribeHandler(HandlerSet.Packet(2)));
    }

    [Fact]
    public void Unhandled_packets_are_completed_where_the_class_says_so()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            [ChannelCallbacks(Unhandled = UnhandledPacket.CompleteEmpty)]
            public sealed partial class Handlers
            {
                [ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Fail();
            }
            """);

        Assert.Equal("Failed", handlers.Deliver(1));
        Assert.Equal("Completed", handlers.Deliver(2));
        Assert.Equal("Completed", handlers.Deliver([1]));
    }

    [Fact]
    public void Own_types_then_base_types_then_own_default_then_base_default()
    {
        const string Source = """
            public abstract partial class Root
            {
                [ProcessPacket(1)] private void OnRoot(PacketCompletion packet) { Log.Write($"root"); packet.Complete(); }
                [ProcessPacket(2)] protected virtual void OnVirtual(PacketCompletion packet) { Log.Write($"virtual"); packet.Complete(); }
                [ProcessPacket] private void OnRootDefault(PacketCompletion packet) { Log.Write($"root default"); packet.Complete(); }
            }

            public class Between : Root;

            public partial class Middle<T> : Between
            {
                [ProcessPacket(3)] private void OnMiddle(PacketCompletion packet) { Log.Write($"middle"); packet.Complete(); }
                protected override void OnVirtual(PacketCompletion packet) { Log.Write($"override"); packet.Complete(); }
            }

            public sealed partial class Handlers : Middle<int>
            {
                [ProcessPacket(4)] private void OnOwn(PacketCompletion packet) { Log.Write($"own"); packet.Complete(); }
                DEFAULT
            }

            public sealed class Plain : Middle<string>;
            """;
        using HandlerSet hidden = HandlerSet.Compile(Source.Replace(
            "DEFAULT", "[ProcessPacket] private void OnDefault(PacketCompletion packet) { Log.Write($\"own default\"); packet.Complete(); }", StringComparison.Ordinal));
        using HandlerSet inherited = HandlerSet.Compile(Source.Replace("DEFAULT", "", StringComparison.Ordinal));
        using HandlerSet plain = HandlerSet.Compile(Source.Replace("DEFAULT", "", StringComparison.Ordinal), className: "Plain");

        foreach (HandlerSet handlers in new[] { hidden, inherited })
        {
            Assert.Equal("root Completed", handlers.Deliver(1));
            Assert.Equal("override Completed", handlers.Deliver(2));
            Assert.Equal("middle Completed", handlers.Deliver(3));
            Assert.Equal("own Completed", handlers.Deliver(4));
            Assert.Equal("OnMiddle", handlers.Callbacks.DescribeHandler(HandlerSet.Packet(3)));
        }

        Assert.Equal("own default Completed", hidden.Deliver(5));
        Assert.Equal("root default Completed", inherited.Deliver(5));
        Assert.Equal("OnDefault", hidden.Callbacks.DescribeHandler(HandlerSet.Packet(5)));
        Assert.Equal("OnRootDefault", inherited.Callbacks.DescribeHandler(HandlerSet.Packet(5)));
        Assert.Equal("middle Completed", plain.Deliver(3));
        Assert.Equal("Failed", HandlerSetFailing());

        static string HandlerSetFailing()
        {
            using HandlerSet withoutDefault = HandlerSet.Compile("""
                public abstract partial class Root { [ProcessPacket(1)] private void OnRoot(PacketCompletion packet) => packet.Complete(); }
                public sealed partial class Handlers : Root { [ProcessPacket(2)] private void OnOwn(PacketCompletion packet) => packet.Complete(); }
                """);
            return withoutDefault.Deliver(3);
        }
    }

    [Fact]
    public void Static_generic_record_and_nested_classes()
    {
        using HandlerSet ofStatic = HandlerSet.Compile("""
            public static partial class Handlers
            {
                private class ChannelCallbackSet;

                [ProcessPacket(1)] private static void On(PacketCompletion packet) { Log.Write($"static"); packet.Complete(); }
            }
            """);
        using HandlerSet nested = HandlerSet.Compile("""
            public partial struct Outer<T>
            {
                public sealed partial record Inner<U>(U? Value = default)
                {
                    public Inner() : this(default(U)) { }

                    [ProcessPacket(1)] private void On(PacketCompletion packet) { Log.Write($"{typeof(T).Name} {typeof(U).Name}"); packet.Complete(); }
                }
            }

            public static class Handlers { public static IChannelCallbacks Callbacks { get; } = new Outer<int>.Inner<string>(); }
            """);

        Assert.Equal("static Completed", ofStatic.Deliver(1));
        Assert.Equal("Int32 String Completed", nested.Deliver(1));
    }

    [Theory]
    [InlineData(4, 40, 1UL)]
    [InlineData(4, 17, 2654435761UL)]
    [InlineData(4, 300, 2654435761UL)]
    [InlineData(8, 60, 11400714819323198485UL)]
    [InlineData(2, 50, 40503UL)]
    [InlineData(4, 100, 5UL)]
    [InlineData(1, 60, 3UL)]
    [InlineData(8, 24, 9UL)]
    [InlineData(4, 1000, 2654435761UL)]
    public void Every_one_of_many_types_finds_its_handler_and_no_other_type_does(int size, int count, ulong step)
    {
        ulong mask = size == 8 ? ulong.MaxValue : (1UL << (8 * size)) - 1;
        ulong[] types = [.. Enumerable.Range(1, count).Select(i => unchecked((ulong)i * step) & mask).Distinct()];
        string methods = string.Join("\n", types.Select(static (t, i) =>
            string.Create(CultureInfo.InvariantCulture, $"    [ProcessPacket({t}UL)] private void On{i}(PacketCompletion packet) {{ Log.Write($\"{i}\"); packet.Complete(); }}")));
        using HandlerSet handlers = HandlerSet.Compile($"[ChannelCallbacks(MessageTypeSize = {size})]\npublic sealed partial class Handlers\n{{\n{methods}\n}}\n");

        for (int i = 0; i < types.Length; i++)
        {
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{i} Completed"), handlers.Deliver(Bytes(types[i])));
            foreach (ulong neighbour in new[] { types[i] + 1, types[i] ^ 0x80, types[i] ^ (1UL << ((8 * size) - 1)) })
            {
                if (!types.Contains(neighbour & mask))
                {
                    Assert.Equal("Failed", handlers.Deliver(Bytes(neighbour)));
                }
            }
        }

        ReadOnlySpan<byte> Bytes(ulong type) => BitConverter.GetBytes(type).AsSpan(0, size);
    }

    private static ulong Value(string expression) => expression switch
    {
        "sbyte.MinValue" => unchecked((ulong)sbyte.MinValue),
        "short.MinValue" => unchecked((ulong)short.MinValue),
        "int.MinValue" => unchecked((ulong)int.MinValue),
        "long.MinValue" => unchecked((ulong)long.MinValue),
        "ushort.MaxValue" => ushort.MaxValue,
        "uint.MaxValue" => uint.MaxValue,
        "ulong.MaxValue" => ulong.MaxValue,
        _ when expression.StartsWith("0x", StringComparison.Ordinal) => ulong.Parse(expression.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        _ => unchecked((ulong)long.Parse(expression, CultureInfo.InvariantCulture)),
    };
}
