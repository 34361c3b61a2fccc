using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.TestKit.Analyzers;
using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>VMB104: a packet is deferred only where a test excludes PASSIVE_LEVEL.</summary>
public sealed class DeferralTests
{
    private const string Handler = "[ProcessPacket(1u)] private void OnPacket(PacketCompletion packet) ";

    [Theory]
    [InlineData("{|VMB104:packet.DeferToPassive()|};")]
    [InlineData("if (G()) {|VMB104:packet.DeferToPassive()|}; else packet.Complete();")]
    [InlineData("if (KernelIrql.Current == Irql.Dispatch) packet.DeferToPassive(); else packet.Complete();")]
    [InlineData("if (KernelIrql.Current != Irql.Passive) packet.DeferToPassive(); else packet.Complete();")]
    [InlineData("if (KernelIrql.Current > Irql.Passive) packet.DeferToPassive(); else packet.Complete();")]
    [InlineData("if (KernelIrql.Current >= Irql.Apc) packet.DeferToPassive(); else packet.Complete();")]
    [InlineData("if (KernelIrql.Current <= Irql.Apc) {|VMB104:packet.DeferToPassive()|}; else packet.Complete();")]
    [InlineData("if (KernelIrql.Current == Irql.Passive) {|VMB104:packet.DeferToPassive()|}; else packet.Complete();")]
    [InlineData("if (KernelIrql.Current is Irql.Dispatch) packet.DeferToPassive(); else packet.Complete();")]
    [InlineData("if (KernelIrql.Current is > Irql.Passive) packet.DeferToPassive(); else packet.Complete();")]
    [InlineData("switch (KernelIrql.Current) { case Irql.Passive: packet.Complete(); break; default: packet.DeferToPassive(); break; }")]
    [InlineData("var level = KernelIrql.Current; if (level == Irql.Dispatch) packet.DeferToPassive(); else packet.Complete();")]
    [InlineData("bool isRaised = KernelIrql.Current == Irql.Dispatch; Log(); if (isRaised) packet.DeferToPassive(); else packet.Complete();")]
    [InlineData("if (KernelIrql.Current == Irql.Passive) { packet.Complete(); return; } Log(); packet.DeferToPassive();")]
    [InlineData("Debug.Assert(KernelIrql.Current == Irql.Dispatch); {|VMB104:packet.DeferToPassive()|};")]
    [InlineData("if (KernelIrql.Current == Irql.Dispatch && G()) { packet.DeferToPassive(); return; } packet.Complete();")]
    [InlineData("if (KernelIrql.Current == Irql.Dispatch || G()) { {|VMB104:packet.DeferToPassive()|}; return; } packet.Complete();")]
    [InlineData("Later(); packet.Complete(); void Later() { }")]
    public Task InAHandler(string body) => Verify(Handler + "{ " + body + " }");

    [Theory]
    [InlineData("[ProcessPacket(1u, Irql = Irql.Passive)] private void OnPacket(PacketCompletion packet) => {|VMB104:packet.DeferToPassive()|};")]
    [InlineData("[IrqlRequires(Irql.Dispatch)] private void Later([CompletesPacket] PacketCompletion packet) => packet.DeferToPassive();")]
    [InlineData("[IrqlRequiresMin(Irql.Apc)] private void Later([CompletesPacket] PacketCompletion packet) => packet.DeferToPassive();")]
    [InlineData("[IrqlRequiresMax(Irql.Dispatch)] private void Later([CompletesPacket] PacketCompletion packet) => {|VMB104:packet.DeferToPassive()|};")]
    public Task ByContract(string members) => Verify(members);

    [Theory]
    // A test in every caller counts, and one further out.
    [InlineData(Handler + "{ if (KernelIrql.Current == Irql.Dispatch) Later(packet); else packet.Complete(); } private static void Later(PacketCompletion packet) => packet.DeferToPassive();")]
    [InlineData(Handler + "{ if (KernelIrql.Current == Irql.Dispatch) Middle(packet); else packet.Complete(); } private static void Middle(PacketCompletion packet) => Later(packet); private static void Later(PacketCompletion packet) => packet.DeferToPassive();")]
    [InlineData(Handler + "=> Later(packet); private static void Later(PacketCompletion packet) => {|VMB104:packet.DeferToPassive()|};")]
    [InlineData(Handler + "{ if (KernelIrql.Current == Irql.Dispatch) Later(packet); else packet.Complete(); } [ProcessPacket(2u)] private void OnSecond(PacketCompletion packet) => Later(packet); private static void Later(PacketCompletion packet) => {|VMB104:packet.DeferToPassive()|};")]
    [InlineData("private static void Later(PacketCompletion packet) => {|VMB104:packet.DeferToPassive()|};")]
    [InlineData(Handler + "{ if (KernelIrql.Current == Irql.Dispatch) Later(packet); else packet.Complete(); void Later(PacketCompletion p) => p.DeferToPassive(); }")]
    [InlineData(Handler + "{ Later(packet); void Later(PacketCompletion p) => {|VMB104:p.DeferToPassive()|}; }")]
    [InlineData(Handler + "{ if (KernelIrql.Current == Irql.Dispatch) Twice(packet, 3); else packet.Complete(); } private static void Twice(PacketCompletion packet, int n) { if (n > 0) Twice(packet, n - 1); else {|VMB104:packet.DeferToPassive()|}; }")]
    public Task ThroughAHelper(string members) => Verify(members);

    private static Task Verify(string members) => AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyAsync(Class(members));
}
