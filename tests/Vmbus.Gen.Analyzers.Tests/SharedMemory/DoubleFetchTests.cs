using Vmbus.Gen.Analyzers.SharedMemory;
using Vmbus.Gen.Analyzers.Tests.Language;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.SharedMemory;

public sealed class DoubleFetchTests
{
    private const string Frame = """
        using System.Buffers.Binary;
        using System.Runtime.InteropServices;
        public struct Part { public int Count; }
        public struct Request { public uint Type; public int Length; public Part Part; }
        [ChannelCallbacks(Reception = PacketReception.RECEPTION)] public sealed unsafe partial class Host
        {
            private static void Log(long x) { }
            MEMBERS
            [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request request, ReadOnlySpan<byte> buffer, ExternalData data)
            {
                BODY
                packet.Complete();
            }
        }
        """;

    [Theory]
    [InlineData("if (data.Span[0] > 4) return; int[] a = new int[[|data.Span[0]|]];")]
    [InlineData("int n = data.Span[0]; if (n > 4) return; int[] a = new int[n];")]
    [InlineData("Span<byte> s = data.Span; if (s[4] > 4) Log(1); s = s.Slice(0);")]
    [InlineData("Span<byte> s = data.Span; if (s[4] > 4) return; Span<byte> body = s.Slice(8, [|s[4]|]);")]
    [InlineData("Span<byte> s = data.Span; Span<byte> t = s.Slice(4); if (t[0] > 4) return; if ([|s[4]|] > 1) Log(1); if (s[5] > 1) Log(1);")]
    [InlineData("Span<byte> s = data.Span; int n = BinaryPrimitives.ReadInt32LittleEndian(s); if (n > 1) return; int m = [|s[3]|]; Span<byte> x = stackalloc byte[8]; x = x[m..];")]
    [InlineData("Span<byte> s = data.Span; Log(s[0]); Log(s[0]);")]
    [InlineData("Span<byte> s = data.Span; if (s[0] > 1) Log(s[1]); else Log(s[0]);")]
    [InlineData("for (int i = 0; i < 4; i++) { if (data.Span[i] > 1) Log(i); }")]
    [InlineData("int i = buffer.Length; if (data.Span[i] > 1) return; if ([|data.Span[i]|] > 0) Log(1);")]
    [InlineData("if (Volatile.Read(ref data.Span[0]) > 1) return; if (Volatile.Read(ref data.Span[0]) > 0) Log(1);")]
    [InlineData("var a = MemoryMarshal.Read<Request>(data.Span); if (a.Length > 1) return; var b = [|MemoryMarshal.Read<Request>(data.Span)|]; if (b.Length > 0) Log(1); if (a.Length > 0) Log(1);")]
    [InlineData("ref Request r = ref MemoryMarshal.AsRef<Request>(data.Span); if (r.Length > 1) return; int n = [|r.Length|]; var a = new byte[n]; if (r.Type == 1) Log(1);")]
    [InlineData("byte[] copy = data.Span.ToArray(); if ([|data.Span[0]|] > 1) Log(copy[0]); if (copy[0] > 1) Log(1);")]
    public Task External(string body) => VerifyAsync(body, "Copied");

    [Theory]
    [InlineData("if (request.Length > 4) return; var a = new byte[[|request.Length|]];")]
    [InlineData("if (buffer[0] > 4) return; if ([|packet.Buffer[0]|] > 1) Log(1);")]
    [InlineData("if (request.Part.Count > 1) return; if (request.Length > 1 || [|request.Part.Count|] > 0) Log(1);")]
    [InlineData("Request copy = request; if (copy.Length > 4) return; var a = new byte[copy.Length];")]
    [InlineData("switch (request.Type) { case 1: Log(request.Length); break; default: switch ([|request.Type|]) { case 2: break; } break; }")]
    public Task InPlace(string body) => VerifyAsync(body, "InPlace");

    [Theory]
    [InlineData("if (request.Length > 4) return; var a = new byte[request.Length]; if (buffer[0] > 4) return; if (packet.Buffer[0] > 1) Log(1);")]
    public Task Copied(string body) => VerifyAsync(body, "Copied");

    /// <summary>What helpers read is read where they are called.</summary>
    [Theory]
    [InlineData("if (buffer[0] > 4) return; var a = new byte[[|Length(buffer)|]];", "private static int Length(ReadOnlySpan<byte> b) { int n = b[0]; return n > 2 ? n : 0; }")]
    [InlineData("if (!IsSound(buffer)) return; if ([|buffer[0]|] > 1) Log(1);", "private static bool IsSound(ReadOnlySpan<byte> b) => b[0] < 4;")]
    [InlineData("if (!IsSound(buffer)) return; if (buffer[1] > 1) Log(1);", "private static bool IsSound(ReadOnlySpan<byte> b) => b[0] < 4;")]
    [InlineData("if (!IsSound(buffer.Slice(4))) return; if ([|buffer[4]|] > 1) Log(1); if (buffer[0] > 1) Log(1);", "private static bool IsSound(ReadOnlySpan<byte> b) => b[0] < 4;")]
    [InlineData("[|Use(buffer)|];", "private static void Use(ReadOnlySpan<byte> b) { if (b[0] < 4) { Log(b.Slice(0, b[0]).Length); } }")]
    [InlineData("Use(new byte[4]);", "private static void Use(ReadOnlySpan<byte> b) { if (b[0] < 4) { Log(b.Slice(0, b[0]).Length); } }")]
    [InlineData("if (!IsSound(request)) return; if ([|request.Length|] > 1) Log(1); if (request.Type > 1) Log(1);", "private static bool IsSound(in Request r) => r.Length < 4;")]
    [InlineData("if (!IsSound(data)) return; if ([|data.Span[0]|] > 1) Log(1);", "private static bool IsSound(ExternalData d) => d.Span[0] < 4;")]
    [InlineData("if (!Outer(buffer)) return; if ([|buffer[0]|] > 1) Log(1);", "private static bool Outer(ReadOnlySpan<byte> b) => IsSound(b); private static bool IsSound(ReadOnlySpan<byte> b) => b[0] < 4;")]
    [InlineData("Down(buffer, 3);", "private static void Down(ReadOnlySpan<byte> b, int n) { if (n > 0) Down(b, n - 1); }")]
    [InlineData("byte first = buffer[0]; if (first < 4) Log(Twice(first));", "private static int Twice(int n) => n * 2;")]
    public Task Helpers(string body, string members) => VerifyAsync(body, "InPlace", members);

    [Theory]
    [InlineData("Span<byte> part = data.Span.Slice(8, 4); if (part[0] > 4) return; if ([|part[0]|] > 1) Log(1);")]
    [InlineData("Span<byte> part = data.Span[8..]; if (part[0] > 4) return; if ([|data.Span[8]|] > 1) Log(1);")]
    [InlineData("ref readonly Request r = ref MemoryMarshal.AsRef<Request>(buffer); if (r.Length > 1) return; if ([|r.Length|] > 0) Log(1);")]
    [InlineData("ReadOnlySpan<Request> all = MemoryMarshal.Cast<byte, Request>(buffer); ref readonly Request first = ref all[0]; if (first.Length > 1) return; if ([|first.Length|] > 0) Log(1);")]
    [InlineData("fixed (byte* p = buffer) { if (p[1] > 4) return; if ([|p[1]|] > 1) Log(1); if (p[2] > 1) Log(1); }")]
    [InlineData("fixed (byte* p = buffer) { if (*p > 4) return; if ([|*p|] > 1) Log(1); if (*(p + 1) > 1) Log(1); }")]
    [InlineData("fixed (byte* p = buffer) { if (buffer[4] > 4) return; int n = [|*(int*)(p + 4)|]; var a = new byte[n]; }")]
    public Task Locals(string body) => VerifyAsync(body, "InPlace");

    [Theory]
    [InlineData("if (((Request*)buffer)->Length > 4) return; var a = new byte[[|((Request*)buffer)->Length|]];")]
    [InlineData("Request* r = (Request*)buffer; if (r->Length > 4) return; var a = new byte[[|r->Length|]]; if (r->Type == 1) packet.Fail();")]
    [InlineData("Request* r = (Request*)buffer; Request copy = *r; if (copy.Length > 4) return; var a = new byte[copy.Length];")]
    [InlineData("uint* words = (uint*)buffer; if (words[1] > 4) return; var a = new byte[[|words[1]|]]; if (words[0] == 1) packet.Fail();")]
    [InlineData("if (*(byte*)buffer > 4) return; var a = new byte[[|*(byte*)buffer|]];")]
    public Task Native_shape(string body)
        => VerifyUnsafeAsync($$"""
            public struct Request { public uint Type; public int Length; }
            [ChannelCallbacks(Reception = PacketReception.InPlace)] public sealed unsafe partial class Host
            {
                [ProcessPacket(1u)] private void On(VmbusChannel channel, PacketCompletion packet, void* buffer, uint bufferLength, uint flags) { {{body}} packet.Complete(); }
            }
            """);

    [Theory]
    [InlineData("", "CallbackTraits IChannelCallbacks.Traits => new() { Reception = PacketReception.InPlace };", "[|buffer[0]|]")]
    [InlineData("[ChannelCallbacks(Reception = PacketReception.InPlace)]", "", "[|buffer[0]|]")]
    [InlineData("", "CallbackTraits IChannelCallbacks.Traits => new() { Reception = PacketReception.Copied };", "buffer[0]")]
    [InlineData("", "", "buffer[0]")]
    public Task Callbacks_by_hand(string attribute, string traits, string second)
        => VerifyUnsafeAsync($$"""
            using Vmbus.CompilerServices;
            {{attribute}} public sealed partial class Host : IChannelCallbacks
            {
                {{traits}}
                public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
                {
                    if (buffer[0] > 4) { packet.Fail(); return; }
                    var a = new byte[{{second}}];
                    packet.Complete(a);
                }
            }
            """);

    [Fact]
    public async Task Members_of_extension_blocks()
    {
        foreach (string body in CSharp14.Only(
            [
                "Span<byte> s = data.Span; if (s[0] > 4) return; int[] a = new int[[|s.Size()|]];",
                "Span<byte> s = data.Span; if (s[0] > 4) return; int[] a = new int[[|Ends.Size(s)|]];",
                "Span<byte> s = data.Span; if (s[1] > 4) return; int[] a = new int[s.Size()];",
                "Span<byte> s = data.Span; int n = [|s.Twice()|];",
            ]))
        {
            await VerifyUnsafeAsync(
                Frame.Replace("BODY", body, StringComparison.Ordinal).Replace("RECEPTION", "Copied", StringComparison.Ordinal).Replace("MEMBERS", "", StringComparison.Ordinal)
                    + "\ninternal static class Ends { extension(Span<byte> s) { public int Size() { int n = s[0]; return n > 2 ? n : 0; } public int Twice() { if (s[0] > 4) return 0; return new int[s[0]].Length; } } }");
        }
    }

    private static Task VerifyAsync(string body, string reception, string members = "")
        => VerifyUnsafeAsync(Frame.Replace("BODY", body, StringComparison.Ordinal).Replace("RECEPTION", reception, StringComparison.Ordinal).Replace("MEMBERS", members, StringComparison.Ordinal));

    private static Task VerifyUnsafeAsync(string source)
        => new AnalyzerTest(TestProject.Of(source) with { AllowUnsafe = true }, new DoubleFetchAnalyzer()) { EnabledIds = ["VMB303"] }.RunAsync();
}
