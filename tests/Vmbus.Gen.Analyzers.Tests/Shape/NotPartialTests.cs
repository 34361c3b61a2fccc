using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB001.</summary>
public sealed class NotPartialTests
{
    private const string Handler = "[ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete();";

    [Theory]
    [InlineData($"public class {{|VMB001:C|}} {{ {Handler} }}")]
    [InlineData($"public record {{|VMB001:C|}} {{ {Handler} }}")]
    [InlineData($"public sealed record class {{|VMB001:C|}}<T>(T Value) {{ {Handler} }}")]
    [InlineData("public static class {|VMB001:C|} { [ChannelClosed] private static void OnClosed(VmbusChannel channel) { } }")]
    [InlineData("[ChannelCallbacks] public class {|VMB001:C|};")]
    [InlineData($"public class {{|VMB001:Outer|}} {{ public partial class C {{ {Handler} }} }}")]
    [InlineData($"public partial class Outer {{ public class {{|VMB001:C|}} {{ {Handler} }} }}")]
    [InlineData($"public class {{|VMB001:Outer|}} {{ public class {{|VMB001:C|}} {{ {Handler} }} }}")]
    [InlineData($"public struct {{|VMB001:Outer|}} {{ public partial class C {{ {Handler} }} public partial class D {{ {Handler} }} }}")]
    [InlineData($"public interface {{|VMB001:IOuter|}} {{ public partial struct Middle {{ public partial class C {{ {Handler} }} }} }}")]
    public Task Reported_at_the_name_of_what_is_not_partial(string markup) => ShapeVerifier.VerifyAsync(markup);

    [Theory]
    [InlineData($"public partial class C {{ {Handler} }}")]
    [InlineData($"public partial interface IOuter {{ public partial record struct Middle {{ public sealed partial record C {{ {Handler} }} }} }}")]
    [InlineData("public class Plain { private void On(PacketCompletion packet) => packet.Complete(); }")]
    [InlineData($"public partial class C {{ {Handler} public class Nested; }}")]
    [InlineData($"public partial class C {{ {Handler} }} public class Derived : C;")]
    public Task Not_reported(string markup) => ShapeVerifier.VerifyAsync(markup);

    [Fact]
    public Task Passing_the_class_to_a_channel_is_the_only_error_that_follows() => ShapeVerifier.VerifyAsync($$"""
        public sealed class {|VMB001:C|}
        {
            {{Handler}}

            public static void Bind(VmbusChannel channel) => channel.SetCallbacks({|CS1503:new C()|});
        }
        """);

    [Fact]
    public Task Says_which_class_needs_it() => new AnalyzerTest(
        TestProject.Of($"public class {{|VMB001:Outer|}} {{ public partial class C {{ {Handler} }} }}"), new Vmbus.Gen.Analyzers.Shape.HandlerShapeAnalyzer())
    {
        Messages = [new ExpectedMessage("VMB001", "'Outer' must be partial, because 'C' has packet handlers that generated code binds")],
    }.RunAsync();
}
