using Microsoft.CodeAnalysis;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Output;

/// <summary>Classes as nobody writes them, and the language allows: what is generated compiles, and adds nothing to what the compiler says of the source.</summary>
public sealed class OddClassTests
{
    private const string Handler = "[ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete();";

    [Theory]
    [InlineData("required")]
    [InlineData("scoped")]
    [InlineData("file")]
    [InlineData("record")]
    [InlineData("partial")]
    [InlineData("field")]
    [InlineData("extension")]
    [InlineData("allows")]
    [InlineData("where")]
    [InlineData("await")]
    [InlineData("var")]
    [InlineData("dynamic")]
    [InlineData("nint")]
    [InlineData("unmanaged")]
    [InlineData("notnull")]
    [InlineData("global")]
    [InlineData("class")]
    [InlineData("__arglist")]
    public void Named_like_a_word_of_the_language(string word)
        => AssertBound($$"""
            namespace @{{word}}.Inner
            {
                public partial class @{{word}}<@event>
                {
                    public partial class Outer<@is> where @is : class
                    {
                        public struct @struct { public uint @int; }
                        [ProcessPacket(1)] private static @struct @{{word}}(in @struct @namespace, PacketCompletion @packet) => @namespace;
                        [ChannelClosed] private void @void(VmbusChannel @this) { }
                    }
                }

                public sealed partial class Derived : @{{word}}<string>.Outer<string> { [ProcessPacket(2)] private uint @return() => 1; }
            }
            """);

    [Theory]
    [InlineData("public sealed partial class Größe { public struct Жук { public int Δ; } [ProcessPacket(1)] private Жук Ответ(in Жук ñ) => ñ; }")]
    [InlineData("public sealed partial class \\u0041b\\u00e9 { [ProcessPacket(1)] private uint O\\u006e() => 1; }")]
    [InlineData("public sealed partial class A\u200Db { [ProcessPacket(1)] private uint O\u200Dn() => 1; }")]
    public void Named_in_any_script(string source) => AssertBound(source);

    [Fact]
    public void Generic_and_nested_with_constraints_of_every_kind()
        => AssertBound("""
            public abstract partial record Outer<T, U>(T First) where T : struct, IComparable<T> where U : class?, IDisposable?, new()
            {
                public partial interface IMiddle<X, Y> where X : notnull where Y : allows ref struct
                {
                    public sealed partial record Inner<V, W>(V Value) where V : unmanaged, Enum where W : unmanaged
                    {
                        public required string Name { get; init; }
                        [ProcessPacket(1)] private V On(in V payload, [Remainder] ReadOnlySpan<byte> rest) => payload;
                        [ProcessPacket(2, Irql = Irql.Passive)] private static async ValueTask<W> OnAsync(W payload, CancellationToken token) { await Task.Yield(); return payload; }
                        [ChannelOpened] private NtStatus OnOpened(VmbusChannel channel) => NtStatus.Success;
                    }
                }
            }
            """);

    [Theory]
    [InlineData("public struct P { public required uint Type; public required byte Value { get; init; } }")]
    [InlineData("public unsafe struct P { public int* Pointer; public delegate*<int, void> Function; public fixed byte Bytes[8]; }")]
    [InlineData("public struct P { public Guid Id; public decimal Number; public Half Half; public Int128 Wide; public nint Native; public char Letter; public DayOfWeek Day; }")]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(4)] public struct P { private uint _first; }")]
    [InlineData("public enum P : sbyte { A = -1 }")]
    [InlineData("public readonly record struct P(uint Type, Handlers.Own Own);")]
    public void Payloads_of_every_kind(string payload)
        => AssertBound(TestProject.Of($$"""
            {{payload}}
            public sealed partial class Handlers
            {
                public struct Own { public byte A; private struct Hidden { public int B; } }
                [ProcessPacket(1)] private P On(in P payload) => payload;
                [ProcessPacket(2)] private void OnValue(PacketCompletion packet, P payload) => packet.Complete(in payload);
                [ProcessPacket(3)] private void OnReference(PacketCompletion packet, ref readonly P payload) => packet.Complete(in payload);
            }
            """) with { AllowUnsafe = true });

    /// <summary>Each is reported by a rule or by the compiler, and the handler beside it is bound.</summary>
    [Theory]
    [InlineData("[ProcessPacket(2)] private void Bad(PacketCompletion packet, in DayOfWeek? day) => packet.Complete();")]
    [InlineData("[ProcessPacket(2)] private DayOfWeek? Bad() => null;")]
    [InlineData("[ProcessPacket(2)] private (uint, uint) Bad() => default;")]
    [InlineData("[ProcessPacket(2)] private KeyValuePair<string, uint> Bad() => default;")]
    [InlineData("[ProcessPacket(2)] private void Bad(PacketCompletion packet, params byte[] bytes) => packet.Complete();")]
    [InlineData("[ProcessPacket(2)] private void Bad(PacketCompletion packet, __arglist) => packet.Complete();")]
    [InlineData("[ProcessPacket(2), Obsolete(\"gone\", true)] private void Bad(PacketCompletion packet) => packet.Complete();")]
    [InlineData("[ProcessPacket(2), System.Runtime.InteropServices.UnmanagedCallersOnly] private static uint Bad() => 1;")]
    [InlineData("[ProcessPacket(2)] void IBad.Bad(PacketCompletion packet) => packet.Complete();")]
    [InlineData("public uint Bad { [ProcessPacket(2)] get => 1; }")]
    [InlineData("[ProcessPacket(2)] public static uint operator +(C bad, PacketCompletion packet) => 1;")]
    [InlineData("[ProcessPacket(2)] ~C() { }")]
    [InlineData("public void Method() { [ProcessPacket(2)] void Bad(PacketCompletion packet) => packet.Complete(); Bad(default); }")]
    [InlineData("public Func<uint> Bad = [ProcessPacket(2)] () => 1;")]
    [InlineData("[ProcessPacket(2)] private void Bad(PacketCompletion packet, in FileOnly payload) => packet.Complete();", "CS9051")]
    [InlineData("[ProcessPacket(2)] private FileOnly Bad() => default;", "CS9051")]
    [InlineData("[ProcessPacket(2, Irql = Irql.Passive)] private Task<FileOnly[]> Bad() => null!;", "CS9051")]
    public void What_cannot_be_called_is_left_out(string bad, params string[] errors)
    {
        string text = GeneratedErrors.Verify(
            $"public interface IBad {{ void Bad(PacketCompletion packet); }} file struct FileOnly {{ public uint A; }} "
            + $"public sealed partial class C{(bad.Contains("IBad.", StringComparison.Ordinal) ? " : IBad" : "")} {{ {Handler} {bad} }}",
            errors).TextOf();
        Assert.Contains("this.On(packet)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bad", text, StringComparison.Ordinal);
        Assert.DoesNotContain("case 0x2:", text, StringComparison.Ordinal);
    }

    /// <summary>The users of these have been told by the compiler at their own declarations, under the authors' ids.</summary>
    [Theory]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"LAB001\")]", "")]
    [InlineData("[Obsolete(\"old\", DiagnosticId = \"OLD001\", UrlFormat = \"x\")]", "")]
    [InlineData("[Obsolete]", "")]
    [InlineData("", "[Obsolete(\"old\", DiagnosticId = \"OLD001\")]")]
    [InlineData("", "[System.Diagnostics.CodeAnalysis.Experimental(\"LAB001\")]")]
    public void Handlers_and_types_that_the_compiler_warns_of(string onHandler, string onType)
    {
        const string Ids = "CS0618, CS0612, LAB001, OLD001";
        AssertBound($$"""
            #pragma warning disable {{Ids}}
            {{onType}} public struct Inner { public byte A; public int B; }
            {{onType}} public struct P { public byte A; public Inner Inner; }
            public partial class Handlers
            {
                {{onHandler}} [ProcessPacket(1)] private P On(in P payload) => payload;
                {{onHandler}} [ProcessPacket(2, Irql = Irql.Passive)] private Task<P> OnAsync(P payload) => Task.FromResult(payload);
                {{onHandler}} [ChannelClosed] private void OnClosed(VmbusChannel channel) { }
            }
            """);
    }

    [Fact]
    public void Of_a_type_that_is_obsolete_or_experimental_itself()
        => AssertBound($$"""
            [Obsolete("old", true)] public partial class Old { {{Handler}} }
            [System.Diagnostics.CodeAnalysis.Experimental("LAB001")] public static partial class Lab { {{Handler.Replace("private", "private static", StringComparison.Ordinal)}} }
            [Obsolete("old", DiagnosticId = "OLD001")] public partial class Outer { public partial class Inner { {{Handler}} } }
            """);

    [Fact]
    public void In_files_with_different_usings_aliases_and_nullable_contexts()
        => AssertBound(TestProject.Of(
            """
            using Handles = Vmbus.ProcessPacketAttribute;
            using Request = Deep.Inside.Message;
            #nullable disable
            namespace Deep.Inside { public struct Message { public uint Type; } }
            public sealed partial class Handlers
            {
                private string _name;
                [Handles(1)] private Request On(in Request request) { _name = null; return request; }
            }
            """,
            """
            using Request = System.Guid;
            #nullable enable
            public sealed partial class Handlers
            {
                public string? Name => _name;
                [global::Vmbus.ProcessPacketAttribute(2)] private Request OnGuid(in Request request) => request;
                [@ProcessPacketAttribute(3)] private uint OnThird() => 3;
                [Vmbus.ProcessPacket(4)] private uint OnFourth() => 4;
                [Process\u0050acket(5)] private uint OnFifth() => 5;
            }
            """), "case 0x1:", "case 0x2:", "case 0x3:", "case 0x4:", "case 0x5:");

    [Theory]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Warnings)]
    [InlineData(NullableContextOptions.Annotations)]
    public void Whatever_the_project_says_about_null(NullableContextOptions nullable)
        => AssertBound(TestProject.Of("""
            public partial class Open<T> where T : class { [ProcessPacket(1)] private uint On() => 1; [ChannelClosed] private void OnClosed(VmbusChannel channel) { } }
            public sealed partial class Handlers : Open<string> { [ProcessPacket(2)] private uint OnOwn() => 1; [ProcessPacket] private void OnOther(PacketCompletion packet) => packet.Fail(); }
            """) with { Nullable = nullable });

    /// <summary>The types of such a reference have no name that begins with <c>global::</c>.</summary>
    [Fact]
    public void With_types_of_a_reference_that_has_an_alias()
    {
        CompiledLibrary library = CompiledLibrary.Of("namespace Deep { public struct Message { public uint Type; public Part Inside; } public struct Part { public byte A; public int B; } }");
        TestProject project = TestProject.Of("""
            extern alias lib;
            namespace Deep { public struct Message { public ulong Type; } public struct Pair<T> where T : unmanaged { public T First; public Message Second; } }
            public sealed partial class Handlers
            {
                [ProcessPacket(1)] private lib::Deep.Message On(in lib::Deep.Message payload) => payload;
                [ProcessPacket(2)] private Deep.Message OnOwn(Deep.Message payload) => payload;
                [ProcessPacket(3)] private Deep.Pair<lib::Deep.Message> OnPair(Deep.Pair<lib::Deep.Message> payload) => payload;
            }
            """);
        AssertBound(
            project with { References = project.References.Add(library.Reference.WithAliases(["lib"])) },
            "extern alias lib;",
            "KeepFields<lib::Deep.Part>",
            "global::Deep.Pair<lib::Deep.Message>");
    }

    [Fact]
    public void Beside_top_level_statements_in_the_class_that_they_make()
        => AssertBound(TestProject.Of("""
            Console.WriteLine(new Program());
            public partial class Program { [ProcessPacket(1)] private static uint On() => 1; }
            """) with { OutputKind = OutputKind.ConsoleApplication });

    [Fact]
    public void With_a_primary_constructor_and_members_named_like_generated_locals()
        => AssertBound("""
            public sealed partial class Handlers(object packet, int buffer) : List<object>([packet])
            {
                private int batch = buffer, status, data, handling, reply, pointer, Malformed;
                private sealed class System; private sealed class Vmbus; private sealed class IChannelCallbacks; private sealed class MessageTypeTable;
                [ProcessPacket(1)] private uint On(in ulong payload, ExternalData data) => (uint)(batch + status + this.data + handling + reply + pointer + Malformed);
                [ProcessPacket(2, Irql = Irql.Passive)] private async global::System.Threading.Tasks.Task<uint> OnAsync() { await global::System.Threading.Tasks.Task.Yield(); return 1; }
                public int Use() { batch = status = this.data = handling = reply = pointer = Malformed = 1; return Count; }
            }
            """);

    [Fact]
    public void Overloads_are_told_apart()
        => AssertBound("""
            public struct A { public uint Type; }
            public struct B { public uint Type; public static implicit operator A(B b) => default; }
            public sealed partial class Handlers
            {
                [ProcessPacket(1)] private uint On(in A a) => 1;
                [ProcessPacket(2)] private uint On(A a) => 2;
                [ProcessPacket(3)] private uint On(B b, int unused = 0) => 3;
                [ProcessPacket(4)] private uint On(in B b) => 4;
                [ProcessPacket(5)] private uint On() => 5;
                private uint On(params object[] anything) => 6;
                private uint On<T>(T anything) => (uint)(On(anything, anything) + On<int>(1));
            }
            """);

    [Fact]
    public void With_the_oldest_language_version_that_generated_code_is_written_in()
    {
        string handlers = string.Concat(Enumerable.Range(0, 40).Select(static i => $"[ProcessPacket({i * 77_777}u)] private uint On{i}(in ulong payload) => 1; "));
        AssertBound(TestProject.Of($$"""
            public sealed partial class Hashed { {{handlers}} }
            public partial class Open { [ProcessPacket(1)] private uint On() => 1; }
            public static partial class Echo { [ProcessPacket(1, Irql = Irql.Passive)] private static async Task<uint> On(ulong payload) { await Task.Yield(); return 1; } }
            """) with { LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp12 });
    }

    /// <summary>Fails if a file is not generated for each class, or has an error or a warning, or the source has an error.</summary>
    private static void AssertBound(TestProject project, params string[] parts)
    {
        GeneratorRun run = GeneratedErrors.Verify(project);
        Assert.NotEmpty(run.Sources);
        string all = string.Concat(run.Sources.Select(static s => s.Text));
        Assert.Contains("ProcessBatch", all, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, all, StringComparison.Ordinal));
        using MemoryStream image = new();
        Assert.Empty(run.Compilation.Emit(image).Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error));
    }

    private static void AssertBound(string source) => AssertBound(TestProject.Of(source));
}
