using System.Buffers.Binary;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Dispatching;

/// <summary>
/// A compiled class of handlers with what the generator added, to be given packets. Handlers write what they were given to <c>Log.Write</c>.
/// </summary>
internal sealed class HandlerSet : IDisposable
{
    private const string LogSource = """
        public static class Log
        {
            public static readonly List<string> Entries = [];

            public static void Write(FormattableString entry) => Entries.Add(FormattableString.Invariant(entry));

            public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
        }
        """;

    private readonly LoadedAssembly _assembly;
    private readonly List<string> _log;

    private HandlerSet(LoadedAssembly assembly, IChannelCallbacks callbacks)
    {
        _assembly = assembly;
        _log = (List<string>)assembly.TypeOf("Log").GetField("Entries")!.GetValue(null)!;
        Callbacks = callbacks;
    }

    public IChannelCallbacks Callbacks { get; }

    /// <summary>Compiles a class <c>Handlers</c>.</summary>
    public static HandlerSet Compile(string source, bool allowUnsafe = false, string className = "Handlers")
    {
        GeneratorTest test = GeneratorVerifierFor(TestProject.Of(source, LogSource) with { AllowUnsafe = allowUnsafe });
        LoadedAssembly assembly = test.Run().Load();
        Type type = assembly.TypeOf(className);
        return new HandlerSet(
            assembly,
            type.IsAbstract && type.IsSealed
                ? (IChannelCallbacks)type.GetProperty("Callbacks")!.GetValue(null)!
                : (IChannelCallbacks)Activator.CreateInstance(type, nonPublic: true)!);
    }

    /// <summary>Delivers a packet and tells what the handlers wrote and what became of it, as <c>OnA(1) Completed:00000000</c>.</summary>
    public string Deliver(ReadOnlySpan<byte> bytes, ProcessPacketFlags flags = ProcessPacketFlags.None)
    {
        TestPacket packet = TestPacket.Create(bytes, flags);
        _log.Clear();
        packet.Deliver(Callbacks);
        string throughBatch = Describe(packet);

        // The same packet by itself goes the same way.
        TestPacket single = TestPacket.Create(bytes, flags);
        _log.Clear();
        Callbacks.ProcessPacket(single.Channel, single.Completion, single.Buffer, single.Flags);
        Assert.Equal(throughBatch, Describe(single));
        return throughBatch;
    }

    public string Deliver(uint messageType) => Deliver(Packet(messageType));

    /// <summary>Runs a callback other than the processing of packets and tells what it wrote.</summary>
    public string Run(Action<IChannelCallbacks> callback)
    {
        _log.Clear();
        callback(Callbacks);
        return string.Join(" ", _log);
    }

    /// <summary>A packet of a u32 message type and numbers after it.</summary>
    public static byte[] Packet(params ReadOnlySpan<uint> numbers)
    {
        byte[] bytes = new byte[numbers.Length * sizeof(uint)];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), numbers[i]);
        }

        return bytes;
    }

    public void Dispose() => _assembly.Dispose();

    private static GeneratorTest GeneratorVerifierFor(TestProject project)
        => new(project.WithGenerators(new ChannelCallbacksGenerator())) { CompileWithAllOptions = false };

    private string Describe(TestPacket packet)
    {
        string outcome = packet.Outcome.ToString();
        if (packet.Payload.Length > 0)
        {
            outcome += ":" + Convert.ToHexString(packet.Payload.Span);
        }

        if (packet.Reply.Length > 0)
        {
            outcome += " reply:" + Convert.ToHexString(packet.Reply.Span);
        }

        return string.Join(" ", _log.Append(outcome));
    }
}
