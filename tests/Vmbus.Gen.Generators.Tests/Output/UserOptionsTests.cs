using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Output;

/// <summary>Generated code compiles without a warning, whatever stands around it.</summary>
public sealed class UserOptionsTests
{
    [Fact]
    public void Without_implicit_usings()
        => GeneratedErrors.Verify(TestProject.Of("""
            using Vmbus;

            public static partial class Handlers
            {
                [ProcessPacket(1)] private static NtStatus On(in int payload, [Remainder] System.ReadOnlySpan<byte> rest) => NtStatus.Success;
            }
            """) with { GlobalUsings = [] });

    [Fact]
    public void With_names_that_hide_those_of_the_framework()
        => GeneratedErrors.Verify("""
            namespace Demo.Vmbus.System
            {
                public struct Unsafe { public int Value; }
                public class BinaryPrimitives;

                public sealed partial class Handlers
                {
                    private int packet, buffer, batch, reply, data, status;

                    public int Sum => packet++ + buffer++ + batch++ + reply++ + data++ + status++;

                    [ProcessPacket(1)] private NtStatus batch1(in Unsafe payload) => NtStatus.Success;

                    [ProcessPacket(2)] private void MoveNext(PacketCompletion packet) => packet.Complete();

                    [ProcessPacket(3)] private static void @namespace(PacketCompletion packet) => packet.Complete();

                    [ProcessPacket(4)] private void Overloaded(PacketCompletion packet, long value) => packet.Complete();

                    [ProcessPacket(5)] private void Overloaded(PacketCompletion packet, in long value) => packet.Complete();

                    [ProcessPacket(6)] private void Overloaded(PacketCompletion packet, int value = 1) => packet.Complete();
                }
            }
            """);

    [Fact]
    public void With_an_assembly_that_is_CLS_compliant_and_obsolete_handlers()
        => GeneratedErrors.Verify("""
            [assembly: CLSCompliant(true)]

            public partial class Open
            {
                [Obsolete, ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete();
            }

            public partial class Derived : Open
            {
                [Obsolete("old"), ProcessPacket(2)] private void OnDerived(PacketCompletion packet) => packet.Complete();
            }

            public static partial class Static
            {
                [ProcessPacket(1)] private static void On(PacketCompletion packet) => packet.Complete();
            }
            """);

    /// <summary>A hash multiplies modulo two to the 32.</summary>
    [Fact]
    public void With_overflow_checks()
    {
        string handlers = string.Join("\n", Enumerable.Range(1, 30).Select(static i => $"[ProcessPacket({unchecked((uint)i * 2654435761u)})] private void On{i}(PacketCompletion packet) => packet.Complete();"));
        GeneratorRun run = GeneratorVerifier<ChannelCallbacksGenerator>.Run($"public sealed partial class Handlers {{ {handlers} }}");
        Assert.Contains("unchecked", run.TextOf(), StringComparison.Ordinal);

        using MemoryStream image = new();
        Assert.True(run.Compilation.WithOptions(((CSharpCompilationOptions)run.Compilation.Options).WithOverflowChecks(true)).Emit(image).Success);
        IChannelCallbacks callbacks = (IChannelCallbacks)Activator.CreateInstance(Assembly.Load(image.ToArray()).GetType("Handlers")!)!;
        TestPacket packet = TestPacket.Create(BitConverter.GetBytes(unchecked(30 * 2654435761u)));
        packet.Deliver(callbacks);
        Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
    }

    /// <summary>What users may turn on: every warning of every wave, as an error.</summary>
    [Fact]
    public void With_all_warnings_as_errors()
    {
        GeneratorRun run = GeneratorVerifier<ChannelCallbacksGenerator>.Run("""
            /// <summary>A.</summary>
            public partial class Open
            {
                [ProcessPacket(1)] private int On(in long value) => 1;
                [ProcessPacket] private void OnOther(PacketCompletion packet) => packet.Fail();
                [ChannelOpened] private void OnOpened(VmbusChannel channel) { }
            }

            /// <summary>B.</summary>
            public static partial class Static
            {
                [ProcessPacket(1)] private static void On(PacketCompletion packet) => packet.Complete();
            }
            """);
        CSharpCompilationOptions options = ((CSharpCompilationOptions)run.Compilation.Options).WithWarningLevel(9999).WithGeneralDiagnosticOption(ReportDiagnostic.Error);
        ImmutableArray<Diagnostic> found = run.Compilation.WithOptions(options).GetDiagnostics();
        Assert.DoesNotContain(found, static d => d.Severity >= DiagnosticSeverity.Warning);
    }
}
