using System.Reflection;
using System.Runtime.InteropServices;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Output;

/// <summary>Entry points that C calls: where they are generated, what they are named, and that they compile beside anything.</summary>
public sealed class NativeEntryPointTests
{
    private const string Attribute = "[ChannelCallbacks(NativeEntryPoints = true)]";
    private const string Handler = "[ProcessPacket(1)] private static void On(PacketCompletion packet) => packet.Complete();";

    [Theory]
    [InlineData($"{Attribute} public partial class C<T> {{ {Handler} }}", true)]
    [InlineData($"{Attribute} public partial class C {{ {Handler} }}", false)]
    [InlineData($"{Attribute} public partial class C {{ public int NativeCallbacks; {Handler} }}", true)]
    [InlineData($"[ChannelCallbacks] public partial class C {{ {Handler} }}", true)]
    public void Without_them_the_handlers_are_bound_all_the_same(string source, bool allowUnsafe)
    {
        string text = GeneratedErrors.Verify(TestProject.Of(source) with { AllowUnsafe = allowUnsafe }).TextOf();
        Assert.Contains(".On(packet)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_tell_all_classes_apart()
    {
        GeneratorRun run = GeneratedErrors.Verify(TestProject.Of($$"""
            {{Attribute}} public partial class A_B { {{Handler}} }
            namespace A { {{Attribute}} public partial class B { {{Handler}} } {{Attribute}} public partial class @class { {{Handler}} } }
            namespace A { public partial class Outer { {{Attribute}} private sealed partial record _B { {{Handler}} } {{Attribute}} internal static partial class Größe { {{Handler}} } } }
            namespace A.Outer_ { {{Attribute}} public partial class B { {{Handler}} } }
            """) with { AllowUnsafe = true });
        using LoadedAssembly assembly = run.Load();
        string[] symbols = [.. assembly.Assembly.GetTypes()
            .SelectMany(static t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(static m => m.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()?.EntryPoint)
            .OfType<string>()
            .Where(static s => s.EndsWith("_Closed", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["A_1B_Closed", "A_B_Closed", "A_Outer_1_B_Closed", "A_Outer_Gr_000f6_000dfe_Closed", "A_Outer__1B_Closed", "A_class_Closed"], symbols);
    }

    [Fact]
    public void Beside_anything_that_has_their_names()
        => GeneratedErrors.Verify(TestProject.Of($$"""
            [assembly: CLSCompliant(true)]

            {{Attribute}} public partial class C
            {
                public class NativeEntryPoints { public struct NativeDispatch; }
                public class NativeCallbackTable;
                private int channel, packet, buffer;
                public int Sum => channel++ + packet++ + buffer++;
                {{Handler}}
            }

            {{Attribute}} public partial class D : C { [ProcessPacket(2)] private void On2(PacketCompletion packet) => packet.Complete(); }

            public partial class E : D { [ProcessPacket(3)] private void On3(PacketCompletion packet) => packet.Complete(); }

            public static class Use
            {
                public static unsafe bool Are() => C.NativeCallbacks.Closed != D.NativeCallbacks.Closed && E.NativeCallbacks.Closed == D.NativeCallbacks.Closed;
            }
            """) with { AllowUnsafe = true });
}
