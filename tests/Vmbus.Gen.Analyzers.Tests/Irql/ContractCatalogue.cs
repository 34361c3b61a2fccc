using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Patterns for contracts, monitors, raises and waits for oneself; every verdict names its rule.</summary>
internal static class ContractCatalogue
{
    private const string Contracts = """

        [IrqlRequiresMax(Irql.Passive)] private static void AtPassive() { }
        [IrqlRequiresMax(Irql.Apc)] private static void UpToApc() { }
        [IrqlRequiresMax(Irql.Dispatch)] private static void UpToDispatch() { }
        [IrqlRequires(Irql.Dispatch)] private static void AtDispatch() { }
        [IrqlRequiresMin(Irql.Apc)] private static void FromApc() { }

        """;

    public static IEnumerable<IrqlCase> All =>
    [
        // VMB202 and VMB203: contracts of what is called
        In("lower", "{|VMB202:AtPassive()|}; {|VMB202:UpToApc()|}; UpToDispatch();", Contracts),
        In("lower, behind a test", "if (KernelIrql.Current == Irql.Passive) AtPassive(); if (KernelIrql.Current < Irql.Dispatch) { UpToApc(); AtPassive(); }", Contracts),
        In("higher", "{|VMB203:AtDispatch()|}; {|VMB203:FromApc()|}; if (KernelIrql.Current == Irql.Dispatch) AtDispatch(); if (KernelIrql.Current != Irql.Passive) FromApc();", Contracts),
        In("higher, in a raised region", "using (KernelIrql.Raise(Irql.Dispatch)) { AtDispatch(); FromApc(); }", Contracts),
        Whole("lower, in a region raised to apc", "private void M() { using (KernelIrql.Raise(Irql.Apc)) { {|VMB202:AtPassive()|}; UpToApc(); FromApc(); {|VMB203:AtDispatch()|}; } }" + Contracts),
        Whole("an unknown level is silent", "private void M() { AtPassive(); AtDispatch(); }" + Contracts),
        Whole("range of a contract", "[IrqlRequiresMax(Irql.Dispatch)] private void M() { {|VMB202:AtPassive()|}; {|VMB203:AtDispatch()|}; } [IrqlRequires(Irql.Dispatch)] private void N() { {|VMB202:AtPassive()|}; AtDispatch(); } [IrqlRequiresMax(Irql.Passive)] private void O() { AtPassive(); {|VMB203:AtDispatch()|}; }" + Contracts),
        Whole("range of a completion routine", "[PacketCompletionRoutine] private void Sent(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer) { {|VMB202:AtPassive()|}; {|VMB203:AtDispatch()|}; }" + Contracts),
        Whole("range of a batch callback", "[ProcessingComplete] private void Done(VmbusChannel channel, uint packetsProcessed) { {|VMB202:AtPassive()|}; {|VMB203:AtDispatch()|}; }" + Contracts),
        Whole("state callback", "[ChannelStarted] private void Started(VmbusChannel channel) { AtPassive(); {|VMB203:AtDispatch()|}; }" + Contracts),
        In("through helpers", "{|VMB202:Low()|}; {|VMB203:High()|}; Guarded();", "private static void Low() => AtPassive(); private static void High() => Higher(); private static void Higher() => AtDispatch(); private static void Guarded() { if (KernelIrql.Current == Irql.Passive) AtPassive(); if (KernelIrql.Current == Irql.Dispatch) AtDispatch(); }" + Contracts),
        In("lower before higher", "{|VMB202:Both()|};", "private static void Both() { AtDispatch(); AtPassive(); }" + Contracts),
        In("contract before blocking", "{|VMB202:Both()|}; {|VMB202:Sleepy()|};", "private static void Both() { Thread.Sleep(1); AtPassive(); } [IrqlRequiresMax(Irql.Passive)] private static void Sleepy() => Thread.Sleep(1);" + Contracts),
        In("contract of higher before blocking", "{|VMB203:Both()|};", "private static void Both() { Thread.Sleep(1); AtDispatch(); }" + Contracts),
        In("a callee's own contract decides", "Fine(); {|VMB201:Says()|};", "[IrqlRequiresMax(Irql.Dispatch)] private static void Fine() => {|VMB201:Thread.Sleep(1)|}; [Blocks] private static void Says() { }"),
        In("interface member", "{|VMB202:_store.Commit()|};"),
        In("channel", "{|VMB202:channel.Pause()|}; {|VMB202:channel.Disable()|}; {|VMB202:channel.Dispose()|}; {|VMB202:channel.SendSynchronousRequest(buffer, new byte[8], out _, TimeSpan.FromSeconds(1))|}; channel.Send(buffer);"),
        In("passive handler by name", "{|VMB202:Slow(packet)|};", "[ProcessPacket(2u, Irql = Irql.Passive)] private void Slow(PacketCompletion packet) => packet.Complete();"),
        In("handler by name", "Quick(packet);", "[ProcessPacket(2u)] private void Quick(PacketCompletion packet) => packet.Complete();"),
        In("constructor and accessor", "var t = {|VMB202:new Thing()|}; int x = {|VMB202:t.Value|}; {|VMB203:t.Value|} = 1;", "private sealed class Thing { [IrqlRequiresMax(Irql.Passive)] public Thing() { } public int Value { [IrqlRequiresMax(Irql.Apc)] get => 1; [IrqlRequires(Irql.Dispatch)] set { } } }"),
        In("local function and lambda", "{|VMB202:L()|}; Action a = [IrqlRequiresMax(Irql.Passive)] () => { }; {|VMB202:a()|}; [IrqlRequiresMax(Irql.Passive)] static void L() { }"),
        In("delegate", "{|VMB202:_low()|}; _any();", "[IrqlRequiresMax(Irql.Passive)] private delegate void Low(); [IrqlRequiresMax(Irql.Dispatch)] private delegate void Any(); private readonly Low _low = null!; private readonly Any _any = null!;"),
        In("inherited contracts", "Base b = new Derived(); {|VMB202:b.M()|}; {|VMB202:new Derived().M()|}; {|VMB202:((IThing)new Derived()).N()|}; {|VMB202:new Derived().N()|};", "private abstract class Base { [IrqlRequiresMax(Irql.Passive)] public virtual void M() { } } private interface IThing { [IrqlRequiresMax(Irql.Passive)] void N(); } private sealed class Derived : Base, IThing { public override void M() { } public void N() { } }"),
        In("a handler comes at one of two levels", "if (KernelIrql.Current == Irql.Dispatch) return; AtPassive();", Contracts),
        Whole("a method with a contract comes at any", "[IrqlRequiresMax(Irql.Dispatch)] private void M() { if (KernelIrql.Current == Irql.Dispatch) return; {|VMB202:AtPassive()|}; UpToApc(); }" + Contracts),
        Whole("lambda of a delegate with a contract", "[IrqlRequiresMax(Irql.Dispatch)] private delegate void Tick(); private readonly Tick _tick = () => {|VMB201:Thread.Sleep(1)|}; private void M() { Tick t = () => {|VMB201:Thread.Sleep(1)|}; GC.KeepAlive(t); }"),

        // VMB206
        In("lock", "lock ({|VMB206:_gate|}) { G(); }"),
        In("monitor", "{|VMB206:Monitor.Enter(_gate)|}; Monitor.Exit(_gate); if (Monitor.TryEnter(_gate)) { } if ({|VMB206:Monitor.TryEnter(_gate, 10)|}) { } if (Monitor.TryEnter(_gate, 0)) { } if ({|VMB206:Monitor.TryEnter(_gate, Second)|}) { } if (Monitor.TryEnter(_gate, TimeSpan.Zero)) { } {|VMB201:Monitor.Wait(_gate)|};"),
        In("lock object", "lock ({|VMB206:_lock|}) { } {|VMB206:_lock.Enter()|}; _lock.Exit(); using ({|VMB206:_lock.EnterScope()|}) { } _lock.TryEnter(); {|VMB206:_lock.TryEnter(10)|};", "private readonly Lock _lock = new();"),
        In("synchronized", "{|VMB206:Locked()|}; {|VMB206:Way()|};", "[MethodImpl(MethodImplOptions.Synchronized)] private void Locked() { } private void Way() => Locked();"),
        Whole("synchronized handler", "[ProcessPacket(1u), MethodImpl(MethodImplOptions.Synchronized)] private void {|VMB206:On|}(PacketCompletion packet) => packet.Complete();"),
        In("lock through helpers", "{|VMB206:Count()|};", "private int Count() { lock (_gate) { return 1; } }"),
        In("lock and wait", "{|VMB201:Count()|};", "private void Count() { lock (_gate) { Thread.Sleep(1); } }"),
        In("lock at passive", "if (KernelIrql.Current == Irql.Passive) lock (_gate) { }"),
        In("reader-writer lock is a wait", "{|VMB201:new ReaderWriterLockSlim().EnterWriteLock()|}; {|VMB201:new Mutex().WaitOne()|};"),

        // VMB204
        Whole("not restored", "private void M() { {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; }"),
        Whole("restored on some paths", "private void M() { var s = {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; if (G()) return; s.Dispose(); }"),
        Whole("restored on all paths", "private void M() { var s = KernelIrql.Raise(Irql.Dispatch); if (G()) { s.Dispose(); return; } KernelIrql.Lower(s.Previous); }"),
        Whole("thrown in between", "private void M() { var s = {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; if (G()) throw new InvalidOperationException(); s.Dispose(); }"),
        Whole("thrown in a using", "private void M() { using (KernelIrql.Raise(Irql.Dispatch)) { if (G()) throw new InvalidOperationException(); } }"),
        Whole("thrown and caught", "private void M() { var s = KernelIrql.Raise(Irql.Dispatch); try { if (G()) throw new InvalidOperationException(); } catch { } s.Dispose(); }"),
        Whole("finally", "private void M() { var s = KernelIrql.Raise(Irql.Dispatch); try { G(); } finally { s.Dispose(); } }"),
        Whole("saved level", "private void M() { Irql old = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); G(); KernelIrql.Lower(old); }"),
        Whole("saved level, one path", "private void M() { Irql old = KernelIrql.Current; {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; if (G()) KernelIrql.Lower(old); }"),
        Whole("correlated", "private void M(bool raise) { Irql old = KernelIrql.Current; if (raise) KernelIrql.Raise(Irql.Dispatch); G(); if (raise) KernelIrql.Lower(old); }"),
        Whole("loop", "private void M() { while (G()) { using (KernelIrql.Raise(Irql.Dispatch)) { } } for (;;) { var s = KernelIrql.Raise(Irql.Dispatch); s.Dispose(); if (G()) break; } }"),
        In("raise to a lower level", "{|VMB204:KernelIrql.Raise(Irql.Passive)|}.Dispose();"),
        In("raise to a lower level, tested", "if (KernelIrql.Current == Irql.Passive) KernelIrql.Raise(Irql.Apc).Dispose();"),
        Whole("raise below a raise", "private void M() { using (KernelIrql.Raise(Irql.Dispatch)) { using ({|VMB204:KernelIrql.Raise(Irql.Apc)|}) { } } }"),
        In("lower below the level at entry", "{|VMB204:KernelIrql.Lower(Irql.Passive)|};"),
        In("lower to where it was", "Irql old = KernelIrql.Current; using (KernelIrql.Raise(Irql.Dispatch)) { } KernelIrql.Lower(old);"),
        Whole("same, and lowers", "[IrqlRequiresSame] private void M() { {|VMB204:KernelIrql.Lower(Irql.Passive)|}; }"),
        Whole("same, and raises", "[IrqlRequiresSame] private void M() { {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; }"),
        Whole("says that it raises", "[IrqlRaises(Irql.Dispatch)] private static IrqlScope Up() => KernelIrql.Raise(Irql.Dispatch); private void M() { using (Up()) { {|VMB201:Thread.Sleep(1)|}; } Thread.Sleep(1); } private void N() { {|VMB204:Up()|}; } private void O() { var s = Up(); s.Dispose(); }"),
        Whole("says that it raises, and does not", "[IrqlRaises(Irql.Dispatch)] private static void {|VMB204:Up|}() { }"),
        Whole("says that it raises, and raises elsewhere", "[IrqlRaises(Irql.Dispatch)] private static void Up() { {|VMB204:KernelIrql.Raise(Irql.Apc)|}; }"),
        Whole("raises through another", "[IrqlRaises(Irql.Dispatch)] private static IrqlScope Up() => KernelIrql.Raise(Irql.Dispatch); [IrqlRaises(Irql.Dispatch)] private static IrqlScope Higher() => Up(); private void M() { var s = Higher(); s.Dispose(); }"),
        Whole("returns the level before", "[IrqlRaises(Irql.Dispatch)] private static Irql Up() { Irql old = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); return old; } private void M() { Irql old = Up(); {|VMB201:Thread.Sleep(1)|}; KernelIrql.Lower(old); Thread.Sleep(1); } private void N() { Irql old = {|VMB204:Up()|}; if (G()) return; KernelIrql.Lower(old); }"),
        Whole("lowered by a helper", "[IrqlRequiresMax(Irql.Passive)] private void M() { Irql old = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); Down(old); Thread.Sleep(1); } private static void Down(Irql old) => KernelIrql.Lower(old);"),
        Whole("disposed by a helper", "[IrqlRequiresMax(Irql.Passive)] private void M() { var s = KernelIrql.Raise(Irql.Dispatch); End(s); Thread.Sleep(1); } private static void End(IrqlScope s) => s.Dispose();"),
        Whole("raised in a lambda", "private readonly Action _a = () => { {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; };"),

        // VMB205
        Whole("override", "private class B { [IrqlRequiresMax(Irql.Dispatch)] public virtual void M() { } [IrqlRequiresMax(Irql.Passive)] public virtual void N() { } public virtual void O() { } } private sealed class D : B { [IrqlRequiresMax(Irql.Passive)] public override void {|VMB205:M|}() { } [IrqlRequiresMax(Irql.Dispatch)] public override void N() { } [IrqlRequiresMax(Irql.Passive)] public override void O() { } }"),
        Whole("implementation", "private interface I { [IrqlRequiresMax(Irql.Dispatch)] void M(); [IrqlRequiresMax(Irql.Dispatch)] void N(); } private sealed class D : I { [IrqlRequiresMax(Irql.Apc)] public void {|VMB205:M|}() { } [IrqlRequiresMax(Irql.Passive)] void I.{|VMB205:N|}() { } }"),
        Whole("method group", "[IrqlRequiresMax(Irql.Dispatch)] private delegate void Tick(); [IrqlRequiresMax(Irql.Passive)] private static void Low() { } private static void Any() { } private static void Sleepy() => Thread.Sleep(1); [Blocks] private static void Says() { } private void M() { Tick t = {|VMB205:Low|}; t = Any; t = {|VMB205:Sleepy|}; t = new Tick({|VMB205:Says|}); Use({|VMB205:Low|}); } private static void Use(Tick t) { }"),
        Whole("lambda", "[IrqlRequiresMax(Irql.Dispatch)] private delegate void Tick(); private void M() { Tick t = {|VMB205:[IrqlRequiresMax(Irql.Passive)] () => { }|}; t = [IrqlRequiresMax(Irql.Dispatch)] () => { }; t = () => { }; }"),
        Raw("callbacks by hand", "public sealed class C : IChannelCallbacks { [IrqlRequiresMax(Irql.Passive)] public void {|VMB205:ProcessPacket|}(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Fail(); }"),

        // VMB208
        Whole("passive handler", "[ProcessPacket(1u, Irql = Irql.Passive)] private void On(VmbusChannel channel, PacketCompletion packet) { {|VMB208:channel.Pause()|}; {|VMB208:packet.Channel.Disable()|}; var c = channel; {|VMB208:c.Dispose()|}; packet.Complete(); }"),
        Whole("another channel", "private readonly VmbusChannel _other = null!; [ProcessPacket(1u, Irql = Irql.Passive)] private void On(VmbusChannel channel, PacketCompletion packet) { _other.Pause(); packet.Complete(); }"),
        Whole("state callbacks", "[ChannelStarted] private void Started(VmbusChannel channel) { {|VMB208:channel.SendSynchronousRequest([], [], out _, Second)|}; {|VMB208:channel.Pause()|}; } [ChannelClosed] private void Closed(VmbusChannel channel) { channel.SendSynchronousRequest([], [], out _, Second); {|VMB208:channel.Dispose()|}; }"),
        In("at dispatch", "{|VMB202:channel.Pause()|}; if (KernelIrql.Current == Irql.Passive) {|VMB208:channel.Pause()|};"),
        Whole("waits through helpers", "[ChannelClosed] private void Closed(VmbusChannel channel) { {|VMB208:Stop(1, channel)|}; Stop(1, null!); } private static void Stop(int x, VmbusChannel c) { if (x > 0) c.Pause(); }"),
        Whole("async forms", "[ProcessPacket(1u, Irql = Irql.Passive)] private async ValueTask On(VmbusChannel channel) { _ = channel.PauseAsync(); await {|VMB208:channel.PauseAsync()|}; await {|VMB208:channel.DisableAsync()|}.ConfigureAwait(false); await {|VMB208:channel.DisposeAsync()|}; Task t = {|VMB208:channel.PauseAsync()|}; await t; }"),
        Whole("behind an await", "[ProcessPacket(1u, Irql = Irql.Passive)] private async ValueTask On(VmbusChannel channel) { await Task.Yield(); {|VMB208:channel.Pause()|}; await Task.Yield(); {|VMB208:channel.Dispose()|}; }"),
        Whole("async helpers", "[ProcessPacket(1u, Irql = Irql.Passive)] private async ValueTask On(VmbusChannel channel) { _ = StopAsync(channel); await {|VMB208:StopAsync(channel)|}; await {|VMB208:PassOn(channel)|}; } private static async Task StopAsync(VmbusChannel c) { await Task.Yield(); await c.PauseAsync(); } private static Task PassOn(VmbusChannel c) => c.PauseAsync();"),
        Whole("waited for", "[ChannelClosed] private void Closed(VmbusChannel channel) { {|VMB208:channel.PauseAsync()|}.Wait(); channel.PauseAsync(); {|VMB208:channel.DisableAsync()|}.GetAwaiter().GetResult(); }"),
        Raw("by hand", "public sealed class C : IChannelCallbacks { public void Started(VmbusChannel channel) => {|VMB208:channel.Pause()|}; public void Closed(VmbusChannel channel) => channel.Send([]); }"),
    ];

    private static IrqlCase In(string name, string body, string members = "") => new("", name, Handler(body, members));

    private static IrqlCase Whole(string name, string members) => new("", name, Class(members));

    private static IrqlCase Raw(string name, string source) => new("", name, source);
}
