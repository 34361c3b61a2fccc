using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Incrementality;

/// <summary>
/// A class is read once for as long as nothing changes that its model depends on. Here it does change, in another file than that of the class, and what is
/// generated has to follow: it is held to what a fresh driver generates.
/// </summary>
public sealed class DependencyTests
{
    /// <summary>The handler class, another file, and that file after the edit.</summary>
    public static TheoryData<string, string, string, string> Edits => new()
    {
        { "payload becomes a class", "[ProcessPacket(1)] void On(PacketCompletion p, in Request r) => p.Complete();", "public struct Request;", "public class Request;" },
        { "field of a payload", "[ProcessPacket(1)] void On(PacketCompletion p, in Request r) => p.Complete();", "public struct Request { public uint A; }", "public struct Request { public string A; }" },
        { "field becomes managed and back", "[ProcessPacket(1)] void On(PacketCompletion p, in Request r) => p.Complete();", "public struct Request { public Header H; } public struct Header { public object O; }", "public struct Request { public Header H; } public struct Header { public int O; }" },
        { "field of a field", "[ProcessPacket(1)] Outer On() => default;", "public struct Outer { public Inner I; } public struct Inner { public Deep D; } public struct Deep { public int A; }", "public struct Outer { public Inner I; } public struct Inner { public Deep D; } public struct Deep { public string A; }" },
        { "layout of a field", "[ProcessPacket(1)] Outer On() => default;", "public struct Outer { public Inner I; } public struct Inner { public int A; }", "public struct Outer { public Inner I; } [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)] public struct Inner { public int A; }" },
        { "type argument of a payload", "[ProcessPacket(1)] Wrapper<Inner> On() => default;", "public struct Wrapper<T> { public T Value; } public struct Inner { public int A; }", "public struct Wrapper<T> { public T Value; } public struct Inner { public string A; }" },
        { "payload is declared at last", "[ProcessPacket(1)] void On(PacketCompletion p, in Request r) => p.Complete();", "", "public struct Request;" },
        { "value of an enum", "[ProcessPacket(M.A)] void On(PacketCompletion p) => p.Complete();", "public enum M { A = 1 }", "public enum M { A = 2 }" },
        { "constant behind a constant", "[ProcessPacket(First.A)] void On(PacketCompletion p) => p.Complete();", "public class First { public const int A = Second.B + 1; } public class Second { public const int B = 1; }", "public class First { public const int A = Second.B + 1; } public class Second { public const int B = 7; }" },
        { "type in a nearer namespace", "[ProcessPacket(1)] void On(PacketCompletion p, in Request r) => p.Complete();", "public struct Request;", "public struct Request; namespace Demo { public struct Request; }" },
        { "namespace in place of a type", "[ProcessPacket(1)] Space.Request On() => default;", "namespace Space { public struct Request; }", "namespace Space { public struct Request; } namespace Demo.Space { public struct Request; }" },
        { "attribute in a nearer namespace", "[ProcessPacket(1)] void On(PacketCompletion p) => p.Complete();", "", "namespace Demo { public class ProcessPacketAttribute(int n) : System.Attribute { public int N => n; } }" },
        { "namespace of a payload", "[ProcessPacket(1)] void On(PacketCompletion p, in Request r) => p.Complete();", "namespace Demo { public struct Request; }", "public struct Request;" },
        { "global alias of an attribute", "[Handles(1)] void On(PacketCompletion p) => p.Complete();", "", "global using Handles = Vmbus.ProcessPacketAttribute;" },
        { "global using", "[ProcessPacket(1)] void On(PacketCompletion p, in Request r) => p.Complete();", "namespace Messages { public struct Request; }", "global using Messages; namespace Messages { public struct Request; }" },
        { "alias in the file of a payload", "[ProcessPacket(1)] Request On() => default;", "using Field = System.UInt32; public struct Request { public Field F; }", "using Field = System.String; public struct Request { public Field F; }" },
        { "other part of the class", "[ProcessPacket(1)] void On(PacketCompletion p) => p.Complete();", "namespace Demo { public partial class C { [ProcessPacket(2)] void Other(PacketCompletion p) => p.Complete(); } }", "namespace Demo { public partial class C { [ProcessPacket(3)] void Other(PacketCompletion p) => p.Complete(); } }" },
        { "other part of the class goes", "[ProcessPacket(1)] void On(PacketCompletion p) => p.Complete();", "namespace Demo { public partial class C { [ProcessPacket(2)] void Other(PacketCompletion p) => p.Complete(); } }", "" },
        { "settings in another part", "[ProcessPacket(1)] void On(PacketCompletion p) => p.Complete();", "namespace Demo { public partial class C; }", "namespace Demo { [ChannelCallbacks(MessageTypeSize = 2)] public partial class C; }" },
        { "the class is no longer partial", "[ProcessPacket(1)] void On(PacketCompletion p) => p.Complete();", "namespace Demo { public partial class C; }", "namespace Demo { public class C; }" },
        { "handler in a base class", "[ProcessPacket(1)] void On(PacketCompletion p) => p.Complete();", "namespace Demo { public partial class Base; }", "namespace Demo { public partial class Base { [ProcessPacket(1)] void B(PacketCompletion p) => p.Complete(); } }" },
        { "settings of a base class", "[ProcessPacket(1)] void On(PacketCompletion p) => p.Complete();", "namespace Demo { public partial class Base; }", "namespace Demo { [ChannelCallbacks(MessageTypeOffset = 4)] public partial class Base; }" },
        { "base of the base class", "[ProcessPacket(1)] void On(PacketCompletion p) => p.Complete();", "namespace Demo { public class Base; public partial class Root { [ProcessPacket(2)] void B(PacketCompletion p) => p.Complete(); } }", "namespace Demo { public class Base : Root; public partial class Root { [ProcessPacket(2)] void B(PacketCompletion p) => p.Complete(); } }" },
        { "nested type of a base class", "[ProcessPacket(1)] void On(PacketCompletion p, in Request r) => p.Complete();", "public struct Request; namespace Demo { public class Base; }", "public struct Request; namespace Demo { public class Base { public class Request; } }" },
        { "part of a payload", "[ProcessPacket(1)] Request On() => default;", "public partial struct Request { public int A; }", "public partial struct Request { public int A; } public partial struct Request { public string B; }" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void What_another_file_changes_is_seen(string name, string handlers, string before, string after)
    {
        _ = name;
        string baseClass = before.Contains("class Base", StringComparison.Ordinal) ? " : Base" : "";
        TestProject project = TestProject.Empty
            .WithFile("Class.cs", $"namespace Demo;\n\npublic partial class C{baseClass}\n{{\n    {handlers}\n}}\n")
            .WithFile("Other.cs", before)
            .WithFile("Last.cs", "namespace Demo;\n\npublic class Last { public int A => 1; }\n");

        GeneratorVerifier<ChannelCallbacksGenerator>.For(project).VerifyEdits(
            p => p.Replace("Last.cs", "=> 1", "=> 2"),
            p => p.WithFile("Other.cs", after),
            p => p.Replace("Last.cs", "=> 2", "=> 3"),
            p => p.WithFile("Other.cs", before),
            p => p.WithoutFile("Other.cs"),
            p => p.WithFile("Other.cs", after));

        // The same in a project in which the other file comes first.
        GeneratorVerifier<ChannelCallbacksGenerator>.For(project.ReverseFiles()).VerifyEdits(p => p.WithFile("Other.cs", after), p => p.WithFile("Other.cs", before));
    }

    [Fact]
    public void Options_and_references_are_seen()
    {
        CompiledLibrary first = CompiledLibrary.Of("public struct Request { public int A; }");
        CompiledLibrary second = CompiledLibrary.Of("public struct Request { public string A; }");
        TestProject project = TestProject.Of("""
            public unsafe partial class C
            {
                [ProcessPacket(1)] void On(VmbusChannel channel, PacketCompletion packet, void* buffer, uint bufferLength, uint flags) => packet.Complete();
                [ProcessPacket(2)] void On(PacketCompletion p, in Request r) => p.Complete();
            }
            """);
        GeneratorVerifier<ChannelCallbacksGenerator>.For(project.WithLibrary(first) with { AllowUnsafe = true }).VerifyEdits(
            p => p with { AllowUnsafe = false },
            p => p with { AllowUnsafe = true },
            p => p with { References = project.WithLibrary(second).References },
            p => p with { References = project.References });
    }

    [Fact]
    public void Aliases_of_attributes_in_the_file_are_seen()
    {
        TestProject project = TestProject.Of("""
            using Handles = Vmbus.ProcessPacketAttribute;

            namespace Demo
            {
                using Opened = global::Vmbus.ChannelOpenedAttribute;

                public partial class C { [Handles(1)] void On(PacketCompletion p) => p.Complete(); }
                public partial class D { [Opened] void On(VmbusChannel channel) { } }
                public partial class E { [global::Vmbus.ProcessPacketAttribute(1)] void On(PacketCompletion p) => p.Complete(); }
            }
            """);
        Assert.Equal(3, GeneratorVerifier<ChannelCallbacksGenerator>.Run(project).Sources.Length);
    }

    /// <summary>Many random edits, one after the other, of files that depend on each other in several ways.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_edits_end_where_a_fresh_driver_does(int seed)
    {
        Random random = new(seed);
        string[] fields = ["int A", "string A", "Header H", "Missing M", "bool B"];
        string[] handlers =
        [
            "[ProcessPacket(M.A)] void OnA(PacketCompletion p) => p.Complete();",
            "[ProcessPacket(K.X)] Request OnB() => default;",
            "[ProcessPacket(3)] void OnC(PacketCompletion p, in Header h) => p.Complete();",
            "[ProcessPacket] void OnD(PacketCompletion p) => p.Complete();",
            "public void Plain() { }",
        ];
        Func<string>[] files =
        [
            () => $"namespace Demo; public partial class C : Base {{ {Some(handlers)} }}",
            () => $"namespace Demo; public {Pick(["partial ", ""])}class C {{ {Some(handlers)} }}",
            () => $"namespace Demo; public {Pick(["abstract partial", "partial"])} class Base {{ {Some(handlers)} }}",
            () => $"public struct Request {{ public {Pick(fields)}; }}",
            () => $"{Pick(["namespace Demo;", "namespace Other;", ""])} public {Pick(["struct", "class"])} Header {{ public int {Pick(["A", "B"])}; }}",
            () => $"namespace Demo; public enum M {{ A = {random.Next(3)} }} public class K {{ public const int X = {Pick(["5", "6", "(int)M.A"])}; }}",
            () => Pick(["", "global using Other; namespace Other;", "namespace Other;"]),
        ];
        TestProject project = TestProject.Empty;
        for (int i = 0; i < files.Length; i++)
        {
            project = project.WithFile($"File{i}.cs", files[i]());
        }

        GeneratorVerifier<ChannelCallbacksGenerator>.For(project).VerifyEdits([.. Enumerable.Range(0, 60).Select(_ =>
        {
            int file = random.Next(files.Length);
            string text = files[file]();
            return (Func<TestProject, TestProject>)(p => p.WithFile($"File{file}.cs", text));
        })]);

        string Pick(string[] all) => all[random.Next(all.Length)];

        string Some(string[] all) => string.Join(" ", all.Where(_ => random.Next(2) == 0));
    }
}
