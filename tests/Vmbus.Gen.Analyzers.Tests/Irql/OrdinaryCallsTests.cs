using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.TestKit.Analyzers;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>What handlers call every day: a false alarm here would teach people to ignore the rule.</summary>
public sealed class OrdinaryCallsTests
{
    [Fact]
    public Task What_works_on_memory_is_silent()
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
            "VMB201",
            """
            public sealed partial class Host
            {
                private readonly System.Collections.Concurrent.ConcurrentDictionary<int,int> _d = new();
                private readonly System.Collections.Concurrent.ConcurrentQueue<int> _q = new();
                private readonly System.Collections.Concurrent.ConcurrentBag<int> _bag = new();
                private readonly System.Threading.Channels.Channel<int> _ch = System.Threading.Channels.Channel.CreateUnbounded<int>();
                private readonly System.Text.StringBuilder _sb = new();
                private readonly TaskCompletionSource<int> _tcs = new();
                private readonly CancellationTokenSource _cts = new();
                private readonly ManualResetEventSlim _ev = new();
                private readonly SemaphoreSlim _sem = new(1);
                private readonly System.Diagnostics.Metrics.Counter<int> _counter = new System.Diagnostics.Metrics.Meter("x").CreateCounter<int>("y");
                private readonly Timer _timer = new(_ => { });
                private readonly MemoryStream _ms = new();
                private readonly Dictionary<int, string> _names = [];
                private long _n;
                [ProcessPacket(1u)] private void Handle(PacketCompletion packet)
                {
                Interlocked.Increment(ref _n); Volatile.Read(ref _n);
                _d.TryAdd(1, 2); _d.GetOrAdd(1, static x => x); _d.AddOrUpdate(1, 1, static (k, v) => v + 1); _d[1] = 2; _d.TryRemove(1, out _);
                _q.Enqueue(1); _q.TryDequeue(out _); _bag.Add(1); _bag.TryTake(out _);
                _ch.Writer.TryWrite(1); _ch.Reader.TryRead(out _);
                _sb.Append("x").AppendFormat("{0}", 1); string s = string.Format("{0:x}", 1) + 1.ToString() + Guid.NewGuid() + DateTime.UtcNow.ToString("o");
                _ = Math.Sqrt(2) + Random.Shared.Next(); _ = System.Diagnostics.Stopwatch.GetTimestamp(); _ = Environment.TickCount64; _ = DateTime.Now;
                _ = System.Text.Encoding.UTF8.GetBytes("x"); _ = System.Text.Encoding.ASCII.GetString(packet.Buffer); _ = Convert.ToHexString(packet.Buffer);
                _ = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(packet.Buffer); _ = BitConverter.ToInt32(packet.Buffer); _ = System.Runtime.InteropServices.MemoryMarshal.Read<int>(packet.Buffer);
                byte[] rented = System.Buffers.ArrayPool<byte>.Shared.Rent(10); System.Buffers.ArrayPool<byte>.Shared.Return(rented);
                _tcs.TrySetResult(1); _cts.Cancel(); _ev.Set(); _ev.Reset(); _sem.Release(); _sem.Wait(0); _timer.Change(1, 1);
                _counter.Add(1); _ms.WriteByte(1); _ms.Write(packet.Buffer); _ms.ToArray();
                _names.TryGetValue(1, out _); _names[1] = "x"; new List<int> { 1 }.Sort(); _ = new[] { 3, 1 }.OrderBy(static x => x).ToArray();
                System.Diagnostics.Debug.WriteLine("x"); System.Diagnostics.Debug.Assert(true); _ = System.Diagnostics.Activity.Current;
                ThreadPool.QueueUserWorkItem(static _ => { }); _ = Task.Run(static () => { }); _ = Task.Delay(1); _ = Thread.CurrentThread.ManagedThreadId; _ = Environment.ProcessorCount; _ = Environment.MachineName.Length;
                _ = System.Numerics.BitOperations.PopCount(1u); _ = System.Runtime.CompilerServices.Unsafe.SizeOf<int>();
                _ = System.Text.Json.JsonSerializer.Serialize(1); _ = System.Text.RegularExpressions.Regex.IsMatch("a", "b"); _ = new Uri("http://x").Host; _ = Path.Combine("a", "b"); _ = Type.GetType("x"); _ = typeof(int).Name; GC.KeepAlive(s); _ = GC.GetTotalMemory(false); _ = System.Security.Cryptography.SHA256.HashData(packet.Buffer);
                _ = Enum.GetName(Irql.Passive); _ = Irql.Passive.ToString(); _ = Enum.Parse<Irql>("Apc"); new Lazy<int>(static () => 1).Value.ToString(); _ = System.Threading.Tasks.Task.WhenAll(Task.CompletedTask); WeakReference<object> w = new(this); w.TryGetTarget(out _);
                _ = ImmutableTest(); _ = string.Intern("x"); _ = "a,b".Split(','); _ = TimeSpan.FromSeconds(1).ToString(); System.Diagnostics.Trace.CorrelationManager.ToString(); _ = System.Globalization.CultureInfo.CurrentCulture.Name; _ = new Random().Next();
                }
                private static int ImmutableTest() => System.Collections.Immutable.ImmutableDictionary<int, int>.Empty.Add(1, 2).Count;
            }
            """);

    [Fact]
    public Task What_reaches_a_device_is_not()
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
            "VMB201",
            IrqlSource.Handler("""
                [|Console.WriteLine("x")|];
                [|Console.Error|].Write("x");
                _ = [|File.Exists("x")|];
                new StringWriter().WriteLine("x");
                [|new StreamWriter(_file).WriteLine("x")|];
                [|_task.Wait()|];
                _ = [|Environment.GetFolderPath(Environment.SpecialFolder.Desktop)|];
                """));
}
