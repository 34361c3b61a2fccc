using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

public sealed class AsyncHandlerFixTests
{
    [Theory]
    [InlineData("[ProcessPacket] async Task {|VMB008:On|}() => await Task.Delay(1);", "[ProcessPacket(Irql = Irql.Passive)] async Task On() => await Task.Delay(1);")]
    [InlineData("[ProcessPacket(1, 2)] ValueTask {|VMB008:On|}() => default;", "[ProcessPacket(1, 2, Irql = Irql.Passive)] ValueTask On() => default;")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Dispatch)] ValueTask {|VMB008:On|}() => default;", "[ProcessPacket(1, Irql = Irql.Passive)] ValueTask On() => default;")]
    [InlineData("[ProcessPacket(1)] ValueTask {|VMB008:On|}(in int n) => default;", "[ProcessPacket(1, Irql = Irql.Passive)] ValueTask On(int n) => default;")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] ValueTask {|VMB008:On|}(ref readonly int n) => default;", "[ProcessPacket(1, Irql = Irql.Passive)] ValueTask On(int n) => default;")]
    [InlineData("[ProcessPacket] async void {|VMB008:On|}(int n) { await Task.Yield(); if (n > 0) { return; } }", "[ProcessPacket(Irql = Irql.Passive)] async ValueTask On(int n) { await Task.Yield(); if (n > 0) { return; } }")]
    public Task The_handler_gets_the_shape_of_one_that_may_wait(string before, string after)
        => CodeFixVerifier<HandlerShapeAnalyzer, AsyncHandlerFix>.VerifyAsync($"partial class C {{ {before} }}", $"partial class C {{ {after} }}");

    [Fact]
    public Task A_class_that_processes_at_passive_needs_no_level()
        => CodeFixVerifier<HandlerShapeAnalyzer, AsyncHandlerFix>.VerifyAsync(
            "[ChannelCallbacks(IncomingProcessingAtPassive = true)] partial class C { [ProcessPacket] ValueTask {|VMB008:On|}(in int n) => default; }",
            "[ChannelCallbacks(IncomingProcessingAtPassive = true)] partial class C { [ProcessPacket] ValueTask On(int n) => default; }");

    [Fact]
    public Task The_title_says_all_that_changes()
        => new CodeFixTest(
            TestProject.Of("partial class C { [ProcessPacket] ValueTask {|VMB008:On|}(in int n) => default; }"),
            TestProject.Of("partial class C { [ProcessPacket(Irql = Irql.Passive)] ValueTask On(int n) => default; }"),
            new AsyncHandlerFix(),
            new HandlerShapeAnalyzer())
        {
            Title = "Set Irql = Irql.Passive and take 'n' by value",
        }.RunAsync();

    [Fact]
    public Task The_level_is_written_in_full_where_nothing_imports_it()
        => CodeFixVerifier<HandlerShapeAnalyzer, AsyncHandlerFix>.VerifyAsync(
            TestProject.Of("partial class C { [Vmbus.ProcessPacket] System.Threading.Tasks.Task {|VMB008:On|}() => null!; }") with { GlobalUsings = [] },
            TestProject.Of("partial class C { [Vmbus.ProcessPacket(Irql = Vmbus.Irql.Passive)] System.Threading.Tasks.Task On() => null!; }") with { GlobalUsings = [] });

    [Fact]
    public Task Several_handlers_are_fixed()
        => CodeFixVerifier<HandlerShapeAnalyzer, AsyncHandlerFix>.VerifyAsync(
            "partial class C { [ProcessPacket(1)] ValueTask {|VMB008:OnA|}() => default; [ProcessPacket(2)] Task {|VMB008:OnB|}(in int n) => Task.CompletedTask; }",
            "partial class C { [ProcessPacket(1, Irql = Irql.Passive)] ValueTask OnA() => default; [ProcessPacket(2, Irql = Irql.Passive)] Task OnB(int n) => Task.CompletedTask; }");

    [Fact]
    public Task What_becomes_of_a_span_is_for_the_author_to_say()
        => CodeFixVerifier<HandlerShapeAnalyzer, AsyncHandlerFix>.VerifyNotOfferedAsync(
            "partial class C { [ProcessPacket] ValueTask {|VMB008:On|}(ReadOnlySpan<byte> buffer) => default; }");
}
