using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

public sealed class MakePartialFixTests
{
    private const string Handler = "[ProcessPacket] private void On(PacketCompletion packet) => packet.Complete();";

    [Theory]
    [InlineData("class {|VMB001:C|} { HANDLER }", "partial class C { HANDLER }")]
    [InlineData("public sealed class {|VMB001:C|} { HANDLER }", "public sealed partial class C { HANDLER }")]
    [InlineData("record {|VMB001:R|}(int A) { HANDLER }", "partial record R(int A) { HANDLER }")]
    [InlineData("/// <summary>Doc.</summary>\n[ChannelCallbacks]\n// why\nclass {|VMB001:C|}\n{\n    HANDLER\n}", "/// <summary>Doc.</summary>\n[ChannelCallbacks]\n// why\npartial class C\n{\n    HANDLER\n}")]
    [InlineData("static class {|VMB001:C|} { [ProcessPacket] private static void On(PacketCompletion packet) => packet.Complete(); }", "static partial class C { [ProcessPacket] private static void On(PacketCompletion packet) => packet.Complete(); }")]
    public Task The_modifier_is_added_in_its_place(string before, string after)
        => CodeFixVerifier<HandlerShapeAnalyzer, MakePartialFix>.VerifyAsync(before.Replace("HANDLER", Handler), after.Replace("HANDLER", Handler));

    [Fact]
    public Task The_types_around_the_class_get_it_too()
        => CodeFixVerifier<HandlerShapeAnalyzer, MakePartialFix>.VerifyAsync(
            $$"""
            public static class {|VMB001:Outer|}
            {
                public interface {|VMB001:IMiddle|}
                {
                    sealed class {|VMB001:First|}
                    {
                        {{Handler}}
                    }

                    sealed class {|VMB001:Second|}
                    {
                        {{Handler}}
                    }
                }

                class Unconcerned
                {
                }
            }
            """,
            $$"""
            public static partial class Outer
            {
                public partial interface IMiddle
                {
                    sealed partial class First
                    {
                        {{Handler}}
                    }

                    sealed partial class Second
                    {
                        {{Handler}}
                    }
                }

                class Unconcerned
                {
                }
            }
            """);

    [Fact]
    public Task Classes_of_several_files_are_fixed()
        => CodeFixVerifier<HandlerShapeAnalyzer, MakePartialFix>.VerifyAsync(
            TestProject.Of($"class {{|VMB001:A|}} {{ {Handler} }}", $"class {{|VMB001:B|}} {{ {Handler} }}"),
            TestProject.Of($"partial class A {{ {Handler} }}", $"partial class B {{ {Handler} }}"));

    [Fact]
    public Task The_part_that_is_generated_then_fits()
        => CodeFixVerifier<HandlerShapeAnalyzer, MakePartialFix>.VerifyAsync(
            TestProject.Of($"class {{|VMB001:A|}} {{ {Handler} static object Bind(A a) => (IChannelCallbacks)a; }}").WithGenerators(new ChannelCallbacksGenerator()),
            TestProject.Of($"partial class A {{ {Handler} static object Bind(A a) => (IChannelCallbacks)a; }}").WithGenerators(new ChannelCallbacksGenerator()));
}
