using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Tests;

/// <summary>Members whose verdict is known beforehand.</summary>
[Trait("Category", "Ci")]
public sealed class NamedMembersTests
{
    [Theory]
    [InlineData("System.Threading.Thread.Sleep(System.Int32)", "wait", "?timeout")]
    [InlineData("System.Threading.Thread.Join(System.TimeSpan)", "wait", "?timeout")]
    [InlineData("System.Threading.Thread.Join", "wait", null)]
    [InlineData("System.Threading.SpinWait.SpinOnce", "wait", "?spins")]
    [InlineData("System.Threading.SpinWait.SpinUntil", "wait", null)]
    [InlineData("System.Threading.Tasks.Task.Wait", "wait", null)]
    [InlineData("System.Threading.Tasks.Task.WaitAll(System.Threading.Tasks.Task[])", "wait", "")]
    [InlineData("System.Threading.Tasks.Task`1.get_Result", "wait", "?completed")]
    [InlineData("System.Runtime.CompilerServices.TaskAwaiter.GetResult", "wait", "?completed")]
    [InlineData("System.Runtime.CompilerServices.ValueTaskAwaiter`1.GetResult", "wait", "?completed")]
    [InlineData("System.Threading.SemaphoreSlim.Wait", "wait", null)]
    [InlineData("System.Threading.ManualResetEventSlim.Wait(System.Int32)", "wait", "?timeout")]
    [InlineData("System.Threading.CountdownEvent.Wait", "wait", null)]
    [InlineData("System.Threading.Barrier.SignalAndWait", "wait", null)]
    [InlineData("System.Threading.WaitHandle.WaitOne(System.Int32)", "wait", "?timeout")]
    [InlineData("System.Threading.WaitHandle.WaitAny(System.Threading.WaitHandle[])", "wait", "")]
    [InlineData("System.Threading.Monitor.Wait(System.Object)", "wait", "")]
    [InlineData("System.Threading.ReaderWriterLockSlim.EnterReadLock", "wait", "")]
    [InlineData("System.Threading.ReaderWriterLockSlim.TryEnterWriteLock(System.Int32)", "wait", "?timeout")]
    [InlineData("System.Threading.CancellationTokenRegistration.Dispose", "wait", "")]
    [InlineData("System.Collections.Concurrent.BlockingCollection`1.Add", "wait", "?bounded")]
    [InlineData("System.Collections.Concurrent.BlockingCollection`1.Take", "wait", null)]
    [InlineData("System.Collections.Concurrent.BlockingCollection`1.TryAddToAny(System.Collections.Concurrent.BlockingCollection{`0}[],`0,System.Int32)", "wait", "?given")]
    [InlineData("System.Threading.Tasks.Parallel.Invoke", "wait", null)]
    [InlineData("System.Linq.ParallelEnumerable.Sum", "wait", "")]
    [InlineData("System.GC.Collect", "wait", null)]
    [InlineData("System.GC.WaitForPendingFinalizers", "wait", "")]
    [InlineData("System.Environment.Exit", "wait", "")]
    [InlineData("System.Threading.Monitor.Enter", "monitor", "")]
    [InlineData("System.Threading.Monitor.TryEnter(System.Object,System.Int32)", "monitor", "?given")]
    [InlineData("System.Threading.Monitor.TryEnter(System.Object,System.TimeSpan,System.Boolean@)", "monitor", "?given")]
    [InlineData("System.Threading.Lock.Enter", "monitor", "")]
    [InlineData("System.Threading.Lock.EnterScope", "monitor", "")]
    [InlineData("System.Threading.Lock.TryEnter(System.Int32)", "monitor", "?given")]
    [InlineData("System.Threading.Lock.TryEnter(System.TimeSpan)", "monitor", "?given")]
    [InlineData("System.Reflection.Assembly.Load", "io", "")]
    [InlineData("System.Reflection.Assembly.LoadFrom(System.String)", "io", "")]
    [InlineData("System.Reflection.Assembly.LoadFile", "io", "")]
    [InlineData("System.Diagnostics.Process.Start(System.String)", "io", "")]
    [InlineData("System.Console.WriteLine", "io", "")]
    [InlineData("System.Console.Write", "io", "")]
    [InlineData("System.Console.ReadLine", "io", "")]
    [InlineData("System.IO.File.ReadAllText", "io", "")]
    [InlineData("System.IO.File.WriteAllBytes", "io", "")]
    [InlineData("System.IO.File.Exists", "io", "")]
    [InlineData("System.IO.File.Delete", "io", "")]
    [InlineData("System.IO.File.Open", "io", "")]
    [InlineData("System.IO.Directory.CreateDirectory", "io", "")]
    [InlineData("System.IO.Directory.EnumerateFiles", "io", "")]
    [InlineData("System.IO.FileInfo.get_Length", "io", "")]
    [InlineData("System.Diagnostics.Process.get_WorkingSet64", "io", "")]
    [InlineData("System.Net.Mail.SmtpClient.Send", "io", "")]
    [InlineData("System.IO.FileStream.Read", "io", "")]
    [InlineData("System.IO.FileStream.Write", "io", "")]
    [InlineData("System.IO.FileStream.Flush(System.Boolean)", "io", "")]
    [InlineData("System.IO.Stream.Read", "io", "")]
    [InlineData("System.IO.RandomAccess.FlushToDisk", "io", "")]
    [InlineData("System.Net.Dns.GetHostEntry(System.String)", "io", "")]
    [InlineData("System.Net.Sockets.Socket.Receive(System.Byte[])", "io", "")]
    [InlineData("System.Net.Sockets.Socket.Connect(System.Net.EndPoint)", "io", "")]
    [InlineData("System.Runtime.InteropServices.NativeLibrary.Load", "io", "")]
    [InlineData("System.Net.WebRequest.GetResponse", "io", "")]
    [InlineData("System.Net.WebRequest.GetRequestStream", "io", "")]
    [InlineData("System.Net.Http.HttpMessageInvoker.Send", "io", "")]
    [InlineData("System.Net.Http.HttpMessageHandler.Send", "io", "")]
    [InlineData("System.Net.NetworkInformation.IPGlobalProperties.GetActiveTcpConnections", "io", "")]
    [InlineData("System.IO.FileSystemInfo.Delete", "io", "")]
    [InlineData("System.IO.FileSystemInfo.get_Exists", "io", "")]
    [InlineData("System.Data.Common.DbConnection.Open", "io", "")]
    [InlineData("System.Data.Common.DbCommand.ExecuteReader", "io", "")]
    [InlineData("System.Data.Common.DbDataReader.Read", "io", "")]
    [InlineData("System.Data.Common.DbDataAdapter.Fill(System.Data.DataSet)", "io", "")]
    [InlineData("System.Data.Common.DataAdapter.Fill(System.Data.DataSet)", "io", "")]
    [InlineData("System.Data.IDbCommand.ExecuteNonQuery", "io", "")]
    public void It_blocks_in_the_ordinary_way(string member, string category, string? condition)
    {
        IReadOnlyList<KeyValuePair<string, BlockingMember>> found = RunningFramework.Find(member);

        Assert.NotEmpty(found);
        Assert.All(found, m =>
        {
            Assert.Equal((BlockingWords.Category(category), BlockingGrade.Does), (m.Value.Category, m.Value.Grade));
            if (condition is not null)
            {
                Assert.Equal(condition, BlockingWords.Of(m.Value.Condition));
            }
        });
    }

    [Theory]
    [InlineData("System.Threading.Thread.Yield")]
    [InlineData("System.Threading.Thread.SpinWait")]
    [InlineData("System.Threading.Thread.Start")]
    [InlineData("System.Threading.SpinLock.Enter")]
    [InlineData("System.Threading.SpinLock.TryEnter(System.Boolean@)")]
    [InlineData("System.Threading.Monitor.TryEnter(System.Object)")]
    [InlineData("System.Threading.Monitor.TryEnter(System.Object,System.Boolean@)")]
    [InlineData("System.Collections.Concurrent.BlockingCollection`1.TryAdd(`0)")]
    [InlineData("System.Collections.Concurrent.BlockingCollection`1.TryAddToAny(System.Collections.Concurrent.BlockingCollection{`0}[],`0)")]
    [InlineData("System.Threading.Monitor.Exit")]
    [InlineData("System.Threading.Monitor.Pulse")]
    [InlineData("System.Threading.SemaphoreSlim.WaitAsync")]
    [InlineData("System.Threading.SemaphoreSlim.Release")]
    [InlineData("System.Threading.ManualResetEventSlim.Set")]
    [InlineData("System.Threading.CancellationTokenRegistration.Unregister")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem")]
    [InlineData("System.Threading.Tasks.Task.Run")]
    [InlineData("System.Threading.Tasks.Task.Delay(System.Int32)")]
    [InlineData("System.Threading.Timer.Change(System.Int32,System.Int32)")]
    [InlineData("System.Threading.Tasks.TaskCompletionSource.SetResult")]
    [InlineData("System.Collections.Concurrent.ConcurrentQueue`1.Enqueue")]
    [InlineData("System.Collections.Concurrent.ConcurrentQueue`1.TryDequeue")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary`2.TryAdd")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary`2.TryGetValue")]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary`2.GetOrAdd")]
    [InlineData("System.Collections.Generic.List`1.Add")]
    [InlineData("System.Collections.Generic.Dictionary`2.TryGetValue")]
    [InlineData("System.String.Format")]
    [InlineData("System.String.Concat")]
    [InlineData("System.Int32.ToString")]
    [InlineData("System.DateTime.get_UtcNow")]
    [InlineData("System.DateTime.get_Now")]
    [InlineData("System.IO.MemoryStream.Read")]
    [InlineData("System.IO.MemoryStream.WriteByte")]
    [InlineData("System.IO.MemoryStream.Flush")]
    [InlineData("System.IO.FileStream.ReadAsync")]
    [InlineData("System.IO.FileStream.FlushAsync")]
    [InlineData("System.IO.File.ReadAllTextAsync")]
    [InlineData("System.IO.Compression.ZipFile.OpenReadAsync")]
    [InlineData("System.Diagnostics.Process.get_Id")]
    [InlineData("System.IO.Path.GetFullPath(System.String)")]
    [InlineData("System.Net.Http.HttpClient.SendAsync")]
    [InlineData("System.Net.Sockets.Socket.ReceiveAsync(System.ArraySegment{System.Byte})")]
    [InlineData("System.Text.RegularExpressions.Regex.IsMatch(System.String)")]
    [InlineData("System.Diagnostics.Debug.Assert(System.Boolean)")]
    [InlineData("System.Linq.Enumerable.ToList``1")]
    [InlineData("System.Diagnostics.Stopwatch.GetTimestamp")]
    [InlineData("System.Guid.NewGuid")]
    public void It_does_not_block_in_the_ordinary_way(string member)
    {
        IReadOnlyList<KeyValuePair<string, BlockingMember>> found = RunningFramework.Find(member);

        Assert.NotEmpty(found);
        Assert.All(found, static m => Assert.False(m.Value is { Category: not BlockingCategory.None, Grade: BlockingGrade.Does }, $"{m.Key}: {m.Value}"));
    }

    [Theory]
    [InlineData("System.Xml.XmlReader.Read")]
    [InlineData("System.Xml.XmlWriter.Flush")]
    [InlineData("System.IO.TextReader.Peek")]
    [InlineData("System.IO.TextWriter.Write(System.Char)")]
    [InlineData("System.IO.TextWriter.Flush")]
    [InlineData("System.IO.Stream.Seek(System.Int64,System.IO.SeekOrigin)")]
    [InlineData("System.Diagnostics.TraceListener.Write(System.String)")]
    [InlineData("System.Collections.IEnumerator.MoveNext")]
    [InlineData("System.Data.Common.DbConnection.OpenAsync")]
    public void It_may_block_where_only_some_do_that_override_it(string member)
    {
        IReadOnlyList<KeyValuePair<string, BlockingMember>> found = RunningFramework.Find(member);

        Assert.NotEmpty(found);
        Assert.All(found, static m => Assert.Equal((BlockingCategory.InputOutput, BlockingGrade.May), (m.Value.Category, m.Value.Grade)));
    }

    [Theory]
    [InlineData("System.Data.DataTableReader.Read")]
    [InlineData("System.IO.StringReader.Peek")]
    [InlineData("System.IO.StringWriter.Write(System.Char)")]
    public void An_override_that_does_not_block_has_a_row_that_says_so(string member)
        => Assert.Equal(BlockingCategory.None, Assert.Contains("M:" + member, RunningFramework.Analysis.Rows(static _ => true)).Category);

    [Theory]
    [InlineData("System.Threading.Monitor.TryEnter(System.Object)")]
    [InlineData("System.Threading.Monitor.TryEnter(System.Object,System.Boolean@)")]
    [InlineData("System.Threading.Lock.TryEnter")]
    public void It_looks_once_where_no_time_out_can_be_given(string member)
        => Assert.Equal(BlockingCategory.None, RunningFramework.Members["M:" + member].Category);

    [Theory]
    [InlineData("M:System.Numerics.")]
    [InlineData("M:System.Math.")]
    [InlineData("M:System.MathF.")]
    [InlineData("M:System.Span`1.")]
    [InlineData("M:System.ReadOnlySpan`1.")]
    [InlineData("M:System.Threading.Interlocked.")]
    [InlineData("M:System.Threading.Volatile.")]
    [InlineData("M:System.Buffers.Binary.BinaryPrimitives.")]
    [InlineData("M:System.Runtime.CompilerServices.Unsafe.")]
    [InlineData("M:System.Runtime.InteropServices.MemoryMarshal.")]
    [InlineData("M:System.Runtime.Intrinsics.")]
    [InlineData("M:System.BitConverter.")]
    public void Nothing_in_what_computes_blocks(string start)
    {
        KeyValuePair<string, BlockingMember>[] members = [.. RunningFramework.Members.Where(m => m.Key.StartsWith(start, StringComparison.Ordinal))];

        Assert.NotEmpty(members);
        Assert.DoesNotContain(members, static m => m.Value is { Category: not BlockingCategory.None, Grade: BlockingGrade.Does });
    }
}
