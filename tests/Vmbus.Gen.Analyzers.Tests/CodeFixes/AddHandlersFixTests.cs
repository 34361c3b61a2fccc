using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.TestKit.CodeFixes;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

public sealed class AddHandlersFixTests
{
    private const string Messages = "\nnamespace Messages { public enum M { A, B, @event } }\n";

    [Fact]
    public Task Each_member_gets_a_handler() => VerifyAsync(
        """
        using Messages;

        namespace Demo
        {
            public sealed partial class {|VMB011:K|}
            {
                private int OnB;

                [ProcessPacket(M.A)]
                private uint OnA() => 0;
            }
        }

        """,
        """
        using Messages;

        namespace Demo
        {
            public sealed partial class K
            {
                private int OnB;

                [ProcessPacket(M.A)]
                private uint OnA() => 0;

                [ProcessPacket(M.B)]
                private void OnB2(PacketCompletion packet) => packet.Fail();

                [ProcessPacket(M.@event)]
                private void Onevent(PacketCompletion packet) => packet.Fail();
            }
        }

        """);

    [Fact]
    public Task In_a_static_class_it_is_static_and_names_are_as_long_as_they_must_be() => VerifyAsync(
        """
        public static partial class {|VMB011:K|}
        {
            [ProcessPacket(Messages.M.A, Messages.M.@event)]
            private static uint OnA() => 0;
        }

        """,
        """
        public static partial class K
        {
            [ProcessPacket(Messages.M.A, Messages.M.@event)]
            private static uint OnA() => 0;

            [ProcessPacket(Messages.M.B)]
            private static void OnB(PacketCompletion packet) => packet.Fail();
        }

        """);

    [Fact]
    public Task Several_classes_are_fixed() => VerifyAsync(
        """
        using Messages;

        public partial class {|VMB011:K|}
        {
            [ProcessPacket(M.A, M.B)]
            private uint OnA() => 0;
        }

        public partial class {|VMB011:L|}
        {
            [ProcessPacket(M.@event, M.B)]
            private uint OnB() => 0;
        }

        """,
        """
        using Messages;

        public partial class K
        {
            [ProcessPacket(M.A, M.B)]
            private uint OnA() => 0;

            [ProcessPacket(M.@event)]
            private void Onevent(PacketCompletion packet) => packet.Fail();
        }

        public partial class L
        {
            [ProcessPacket(M.@event, M.B)]
            private uint OnB() => 0;

            [ProcessPacket(M.A)]
            private void OnA(PacketCompletion packet) => packet.Fail();
        }

        """);

    private static Task VerifyAsync(string before, string after) => CodeFixVerifier<HandlerShapeAnalyzer, AddHandlersFix>.VerifyAsync(before + Messages, after + Messages);
}
