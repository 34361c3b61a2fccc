using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CodeFixes;
using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.CodeFixes.Irql;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

/// <summary>The ways to PASSIVE_LEVEL that change what runs where: an asynchronous handler, a work item.</summary>
public sealed class MovingIrqlFixTests
{
    [Theory]
    [InlineData(
        "[ProcessPacket(1)] private int On(in int n) => {|VMB201:ReadAsync(n).Result|};",
        "[ProcessPacket(1, Irql = Irql.Passive)] private async ValueTask<int> On(int n) => await ReadAsync(n);")]
    [InlineData(
        "[ProcessPacket(1)] int On(in int n) => {|VMB201:ReadAsync(n).Result|}.GetHashCode() + 1;",
        "[ProcessPacket(1, Irql = Irql.Passive)] async ValueTask<int> On(int n) => (await ReadAsync(n)).GetHashCode() + 1;")]
    [InlineData(
        """
        [ProcessPacket(1)]
        private NtStatus On(VmbusChannel channel, in int n)
        {
            {|VMB201:Task.Delay(n).Wait()|};
            if ({|VMB201:ReadAsync(n).GetAwaiter().GetResult()|} > 4)
            {
                return NtStatus.Unsuccessful;
            }

            return NtStatus.Success;
        }
        """,
        """
        [ProcessPacket(1, Irql = Irql.Passive)]
        private async ValueTask<NtStatus> On(VmbusChannel channel, int n)
        {
            await Task.Delay(n);
            if ((await ReadAsync(n)) > 4)
            {
                return NtStatus.Unsuccessful;
            }

            return NtStatus.Success;
        }
        """)]
    [InlineData(
        """
        [ProcessPacket(1)]
        private void On(PacketCompletion packet, in int n)
        {
            {|VMB201:Task.Delay(n).Wait()|};
            packet.Complete();
        }
        """,
        """
        [ProcessPacket(1, Irql = Irql.Passive)]
        private async ValueTask On(int n)
        {
            await Task.Delay(n);
        }
        """)]
    [InlineData(
        """
        [ProcessPacket(1)]
        private void On(in int n, PacketCompletion packet)
        {
            int m = {|VMB201:ReadAsync(n).Result|};
            packet.Complete(m + 1);
        }
        """,
        """
        [ProcessPacket(1, Irql = Irql.Passive)]
        private async ValueTask<int> On(int n)
        {
            int m = await ReadAsync(n);
            return m + 1;
        }
        """)]
    public Task A_handler_that_waits_for_a_task_awaits_it(string before, string after)
        => VerifyAsync<AsyncHandlerTurnFix>(before, after, "Run the handler at PASSIVE_LEVEL and await");

    [Theory]
    [InlineData("[ProcessPacket(1)] private int On(ReadOnlySpan<byte> buffer) => {|VMB201:ReadAsync(buffer.Length).Result|} + buffer[0];")]
    [InlineData("[ProcessPacket(1)] private int On(in int n) { lock (this) { return {|VMB201:ReadAsync(n).Result|}; } }")]
    [InlineData("[ProcessPacket(1)] private int On(int n) { Func<int> f = () => {|VMB201:ReadAsync(n).Result|}; return f(); }")]
    [InlineData("[ProcessPacket(1)] private int On(in int n) { try { return {|VMB201:ReadAsync(n).Result|}; } catch (AggregateException) { return 0; } }")]
    [InlineData("[ProcessPacket(1)] private int On(in int n) => {|VMB201:Read(n)|}; int Read(int n) => ReadAsync(n).Result;")]
    [InlineData("[ProcessPacket(1)] private int On(in int n) { {|VMB201:Thread.Sleep(n)|}; return 1; }")]
    [InlineData("[ProcessPacket(1)] private void On(PacketCompletion packet, in int n) { if ({|VMB201:ReadAsync(n).Result|} > 4) { packet.Fail(); return; } packet.Complete(); }")]
    [InlineData("[ProcessPacket(1)] public int On(in int n) => {|VMB201:ReadAsync(n).Result|};")]
    public Task What_an_await_cannot_stand_for_is_left_alone(string handler) => VerifyNotOfferedAsync<AsyncHandlerTurnFix>(handler);

    [Theory]
    [InlineData(
        """
        [ProcessPacket(1)]
        private void On(PacketCompletion packet, in int n)
        {
            _count++;
            // Waits for the disk.
            {|VMB201:Thread.Sleep(n)|};
            if (n > 4)
            {
                packet.Fail();
                return;
            }

            packet.Complete();
        }
        """,
        """
        [ProcessPacket(1)]
        private void On(PacketCompletion packet, in int n)
        {
            _count++;
            PendingPacket pending = packet.Pend();
            int nCopy = n;
            ThreadPool.QueueUserWorkItem(_ =>
            {
                // Waits for the disk.
                Thread.Sleep(nCopy);
                if (nCopy > 4)
                {
                    pending.Fail();
                    return;
                }

                pending.Complete();
            });
        }
        """)]
    [InlineData(
        """
        [ProcessPacket(1)]
        private void On(PacketCompletion packet)
        {
            packet.Complete();
            {|VMB201:Thread.Sleep(1)|};
        }
        """,
        """
        [ProcessPacket(1)]
        private void On(PacketCompletion packet)
        {
            packet.Complete();
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Thread.Sleep(1);
            });
        }
        """)]
    [InlineData(
        """
        [ProcessPacket(1)]
        private void On(PacketCompletion packet)
        {
            if (_count > 4)
            {
                {|VMB202:Save()|};
                packet.Complete();
                return;
            }

            packet.Fail();
        }
        """,
        """
        [ProcessPacket(1)]
        private void On(PacketCompletion packet)
        {
            if (_count > 4)
            {
                PendingPacket pending = packet.Pend();
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    Save();
                    pending.Complete();
                });
                return;
            }

            packet.Fail();
        }
        """)]
    public Task What_blocks_goes_on_in_a_work_item(string before, string after)
        => VerifyAsync<PassiveWorkItemFix>(before, after, "Pend the packet and go on in a work item at PASSIVE_LEVEL");

    [Theory]
    [InlineData("[ProcessPacket(1)] private void On(PacketCompletion packet, ReadOnlySpan<byte> buffer) { {|VMB201:Thread.Sleep(1)|}; _count = buffer[0]; packet.Complete(); }")]
    [InlineData("[ProcessPacket(1)] private int On(in int n) { {|VMB201:Thread.Sleep(n)|}; return 1; }")]
    [InlineData("[ProcessPacket(1)] private void On(VmbusChannel channel, PacketCompletion packet) { {|VMB202:channel.Pause()|}; packet.Complete(); }")]
    [InlineData("[ProcessPacket(1)] private void On(PacketCompletion packet) { while (_count > 4) { {|VMB201:Thread.Sleep(1)|}; } packet.DeferToPassive(); }")]
    public Task What_cannot_leave_the_callback_stays(string handler) => VerifyNotOfferedAsync<PassiveWorkItemFix>(handler);

    private static TestProject Project(string members)
        => TestProject.Of(
            "using System.Threading.Tasks;\n\npublic sealed partial class Host\n{\n    private int _count;\n\n    " + Regex.Replace(members, "\n(?=[^\n])", "\n    ")
            + "\n\n    [IrqlRequiresMax(Irql.Passive)]\n    private void Save() => _count--;\n\n    private static Task<int> ReadAsync(int n) => Task.FromResult(n);\n}\n");

    private static Task VerifyAsync<TFix>(string before, string after, string title)
        where TFix : CodeFixProvider, new()
        => new CodeFixTest(Project(before), Project(after), new TFix(), new IrqlAnalyzer()) { Title = title, EnabledIds = ["VMB201", "VMB202"] }.RunAsync();

    private static Task VerifyNotOfferedAsync<TFix>(string handler)
        where TFix : CodeFixProvider, new()
        => new CodeFixTest(Project(handler), Project(handler), new TFix(), new IrqlAnalyzer()) { EnabledIds = ["VMB201", "VMB202"] }.VerifyNotOfferedAsync();
}
