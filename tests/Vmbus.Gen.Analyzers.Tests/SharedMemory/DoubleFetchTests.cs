using Vmbus.Gen.Analyzers.SharedMemory;
using Vmbus.Gen.TestKit.Analyzers;

namespace Vmbus.Gen.Analyzers.Tests.SharedMemory;

public sealed class DoubleFetchTests
{
    private const string Frame = """
        using System.Buffers.Binary;
        using System.Runtime.InteropServices;
        public struct Part { public int Count; }
        public struct Request { public uint Type; public int Length; public Part Part; }
        [ChannelCallbacks(Reception = PacketReception.RECEPTION)] public sealed partial class Host
        {
            private static void Log(long x) { }
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

    private static Task VerifyAsync(string body, string reception)
        => AnalyzerVerifier<DoubleFetchAnalyzer>.VerifyAsync(Frame.Replace("BODY", body, StringComparison.Ordinal).Replace("RECEPTION", reception, StringComparison.Ordinal));
}
