using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Members of extension blocks as callers and as callees, each twice: once where it is reported, once where it must not be.</summary>
internal static class IrqlExtensionCatalogue
{
    public const string Row = "extension";

    public static IEnumerable<IrqlCase> All =>
    [
        In("method", "{|VMB201:channel.Slow()|}; channel.Quick();", "extension(VmbusChannel c) { public void Slow() => Thread.Sleep(1); public void Quick() => _ = c.ToString(); }"),
        In("method, in the static form", "{|VMB201:Ends.Slow(channel)|}; Ends.Quick(channel);", "extension(VmbusChannel c) { public void Slow() => Thread.Sleep(1); public void Quick() => _ = c.ToString(); }"),
        In("through another member", "{|VMB201:channel.Outer()|}; channel.Other();", "extension(VmbusChannel c) { public void Outer() => c.Slow(); public void Other() => c.Quick(); public void Slow() => Thread.Sleep(1); public void Quick() { } }"),
        In("property", "_ = {|VMB201:channel.Slow|}; _ = channel.Quick; {|VMB201:channel.Put|} = 1; channel.Set = 1;", "extension(VmbusChannel c) { public int Slow { get { Thread.Sleep(1); return 1; } } public int Quick => 1; public int Put { set => Thread.Sleep(value); } public int Set { set { } } }"),
        In("static member", "{|VMB201:VmbusChannel.Slow()|}; VmbusChannel.Quick(); _ = {|VMB201:VmbusChannel.Size|};", "extension(VmbusChannel) { public static void Slow() => Thread.Sleep(1); public static void Quick() { } public static int Size { get { Thread.Sleep(1); return 1; } } }"),
        In("operator", "_ = {|VMB201:channel + 1|}; _ = channel - 1;", "extension(VmbusChannel) { public static int operator +(VmbusChannel c, int x) { Thread.Sleep(x); return x; } public static int operator -(VmbusChannel c, int x) => x; }"),
        In("operator that changes its object", "var c = channel; {|VMB201:c += 1|}; c -= 1;", "extension(VmbusChannel c) { public void operator +=(int x) => Thread.Sleep(x); public void operator -=(int x) { } }"),
        In("generic block", "{|VMB201:channel.Slow()|}; {|VMB201:Ends.Slow<VmbusChannel>(channel)|}; channel.Quick();", "extension<T>(T t) where T : class { public void Slow() => Thread.Sleep(1); public void Quick() { } }"),
        In("constraint", "{|VMB201:new SlowThing().Run()|}; new QuickThing().Run(); {|VMB201:Ends.Run(new SlowThing())|}; Ends.Run(new QuickThing());", "extension<T>(T t) where T : struct, IThing { public void Run() => t.M(); } } internal interface IThing { void M(); } internal struct SlowThing : IThing { public void M() => Thread.Sleep(1); } internal struct QuickThing : IThing { public void M() { }"),
        In("iterator", "foreach (int i in {|VMB201:channel.Slow()|}) { } foreach (int i in channel.Quick()) { } _ = channel.Slow();", "extension(VmbusChannel c) { public IEnumerable<int> Slow() { Thread.Sleep(1); yield return 1; } public IEnumerable<int> Quick() { yield return 1; } }"),
        In("enumerated", "foreach (int i in {|VMB201:channel|}) { }", "extension(VmbusChannel c) { public IEnumerator<int> GetEnumerator() { Thread.Sleep(1); return new List<int>().GetEnumerator(); } }"),
        In("lambda in a member", "channel.Later(); {|VMB201:channel.Now()|};", "extension(VmbusChannel c) { public void Later() => Task.Run(() => Thread.Sleep(1)); public void Now() { Action a = () => Thread.Sleep(1); a(); } }"),
        In("delegate of a member", "Action slow = channel.Slow; {|VMB201:slow()|}; Action quick = channel.Quick; quick(); Action kept = channel.Slow; GC.KeepAlive(kept);", "extension(VmbusChannel c) { public void Slow() => Thread.Sleep(1); public void Quick() { } }"),
        In("given to the thread pool", "Task.Run(channel.Slow);", "extension(VmbusChannel c) { public void Slow() => Thread.Sleep(1); }"),
        In("invokes what it is given", "{|VMB201:channel.Run(Wait)|}; channel.Run(Go);", "extension(VmbusChannel c) { public void Run(Action a) => a(); }", "private static void Wait() => Thread.Sleep(1); private static void Go() { }"),
        In("invokes what it is called on", "Action wait = Wait; {|VMB201:wait.Twice()|}; Action go = Go; go.Twice();", "extension(Action a) { public void Twice() { a(); a(); } }", "private static void Wait() => Thread.Sleep(1); private static void Go() { }"),
        In("static initializer of the class around", "{|VMB201:channel.M()|};", "private static readonly int s_size = System.IO.File.ReadAllText(\"x\").Length; extension(VmbusChannel c) { public void M() { } }"),
        In("no static initializer to wait for", "channel.M();", "private static readonly int s_size = Environment.ProcessorCount; extension(VmbusChannel c) { public void M() { } }"),

        // What they say of themselves
        In("contract", "{|VMB202:channel.Low()|}; {|VMB203:channel.High()|}; {|VMB202:Ends.Low(channel)|}; {|VMB203:Ends.High(channel)|};", Contracts),
        In("contract, held", "if (KernelIrql.Current == Irql.Passive) { channel.Low(); Ends.Low(channel); } else { channel.High2(); Ends.High2(channel); }", Contracts),
        In("contract, inside the block", "", "extension(VmbusChannel c) { [IrqlRequiresMax(Irql.Passive)] public void Low() => Thread.Sleep(1); [IrqlRequires(Irql.Dispatch)] public void High() { {|VMB201:Thread.Sleep(1)|}; {|VMB202:c.Low()|}; } }"),
        In("says that it blocks", "{|VMB201:channel.Wait()|}; {|VMB201:Ends.Wait(channel)|}; channel.Go();", "extension(VmbusChannel c) { [Blocks] public void Wait() { } public void Go() { } }"),
        In("says that it raises", "", "extension(VmbusChannel c) { [IrqlRaises(Irql.Dispatch)] public void Up() => KernelIrql.Raise(Irql.Dispatch); [IrqlRequiresMax(Irql.Passive)] public void M() { c.Up(); {|VMB201:Thread.Sleep(1)|}; KernelIrql.Lower(Irql.Passive); Thread.Sleep(1); } }"),
        In("lowers to the level that it is called on", "", "extension(Irql level) { public void Back() => KernelIrql.Lower(level); } extension(VmbusChannel c) { [IrqlRequiresMax(Irql.Passive)] public void M() { var s = KernelIrql.Raise(Irql.Dispatch); Irql old = s.Previous; {|VMB201:Thread.Sleep(1)|}; old.Back(); Thread.Sleep(2); } }"),
        In("ends the scope that it is called on", "", "extension(IrqlScope scope) { public void End() => scope.Dispose(); } extension(VmbusChannel c) { [IrqlRequiresMax(Irql.Passive)] public void M() { var s = KernelIrql.Raise(Irql.Dispatch); {|VMB201:Thread.Sleep(1)|}; s.End(); Thread.Sleep(2); } }"),
        In("asks for the level", "if (channel.IsLow) Thread.Sleep(1); else {|VMB201:Thread.Sleep(2)|};", "extension(VmbusChannel c) { public bool IsLow => KernelIrql.Current == Irql.Passive; }"),
        In("waits for the channel that it is called on", "{|VMB208:channel.Stop()|};", "extension(VmbusChannel c) { public void Stop() { if (KernelIrql.Current == Irql.Passive) c.Pause(); } }"),
        In("waits for another channel", "Other.Stop();", "extension(VmbusChannel c) { public void Stop() { if (KernelIrql.Current == Irql.Passive) c.Pause(); } }", "private VmbusChannel Other => null!;"),

        // What else C# 14 has called
        Members("operator of an object", "var bag = new Bag(); {|VMB201:bag += 1|}; bag -= 1; {|VMB201:bag++|}; bag--;", "private sealed class Bag { public void operator +=(int x) => Thread.Sleep(x); public void operator -=(int x) { } public void operator ++() => Thread.Sleep(1); public void operator --() { } }"),
        Members("operator that is overridden", "{|VMB201:_slow += 1|}; _quick += 1;", "private Slow _slow = null!; private Quick _quick = null!; private abstract class Slow { public abstract void operator +=(int x); } private sealed class S : Slow { public override void operator +=(int x) => Thread.Sleep(x); } private abstract class Quick { public abstract void operator +=(int x); } private sealed class Q : Quick { public override void operator +=(int x) { } }"),
        Members("field of a property", "{|VMB201:Slow|} = 1; Quick = 1; _ = {|VMB201:Read|};", "private int Slow { get; set { Thread.Sleep(value); field = value; } } private int Quick { get; set => field = value; } private int Read { get { Thread.Sleep(field); return field; } }"),
        Members("constructor in two parts", "_ = {|VMB201:new Slow()|}; _ = new Quick(); _ = {|VMB201:new Derived(1)|}; _ = new Other(1);", "private sealed partial class Slow { public partial Slow(); public partial Slow() => Thread.Sleep(1); } private sealed partial class Quick { public partial Quick(); public partial Quick() { } } private class Base { public Base() => Thread.Sleep(1); public Base(int x) { } } private sealed partial class Derived : Base { public partial Derived(int x); public partial Derived(int x) { } } private sealed partial class Other : Base { public partial Other(int x); public partial Other(int x) : base(x) { } }"),
        Members("event in two parts", "{|VMB201:Slow += G2|}; Quick += G2;", "private static void G2() { } private partial event Action Slow; private partial event Action Slow { add => Thread.Sleep(1); remove { } } private partial event Action Quick; private partial event Action Quick { add { } remove { } }"),
        Members("delegate that is set where there is an object", "Tick?{|VMB201:.Invoke()|}; Tock?.Invoke();", "private Action? Tick; private Action? Tock; private void Set(Host? other) { other?.Tick = () => Thread.Sleep(1); other?.Tock = () => G(); }"),
        Members("by reference, without its type", "Change f = (ref x) => {|VMB201:Thread.Sleep(x)|}; int n = 1; f(ref n); Change g = (ref x) => x++; g(ref n);", "private delegate void Change(ref int x);"),
        Members("set where there is an object", "Other?.Quick = {|VMB201:_task.Result|}; Other?{|VMB201:.Slow|} = 1; Other?.Quick = 1;", "private Host? Other => null; private int Slow { set => Thread.Sleep(value); } private int Quick { set { } }"),
    ];

    private const string Contracts = "extension(VmbusChannel c) { [IrqlRequiresMax(Irql.Passive)] public void Low() { } [IrqlRequires(Irql.Dispatch)] public void High() { } [IrqlRequiresMin(Irql.Passive)] public void High2() { } }";

    private static IrqlCase Members(string name, string body, string members) => new(Row, name, Handler(body, members));

    private static IrqlCase In(string name, string body, string blocks, string members = "")
        => new(Row, name, Handler(body, members) + "\ninternal static class Ends\n{\n" + blocks + "\n}\n");
}
