using System.Text.RegularExpressions;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Output;

/// <summary>The structures inside of what is sent back are told to compilers that work ahead of time: each that generated code can name, and none that it cannot.</summary>
public sealed partial class ReplyStructureTests
{
    [GeneratedRegex("KeepFields<(.*)>")]
    private static partial Regex Kept { get; }

    [Theory]
    [InlineData("uint", "")]
    [InlineData("Plain", "")]
    [InlineData("Outer", "global::Inner global::Innermost")]
    [InlineData("Pair<Inner>", "global::Inner global::Innermost global::Pair<global::Inner>.Nested")]
    [InlineData("Handlers.Own", "global::Handlers.Own.Part")]
    [InlineData("Closed", "")]
    [InlineData("Several", "global::Innermost")]
    [InlineData("Guid", "")]
    public void Of_a_handler(string reply, string expected) => Check(reply, expected);

    [Theory]
    [InlineData("ValueTask<Outer>", "global::Inner global::Innermost")]
    [InlineData("Task<Handlers.Own>", "global::Handlers.Own.Part")]
    public void Of_an_asynchronous_handler(string reply, string expected) => Check(reply, expected, ", Irql = Irql.Passive");

    /// <summary>What a class can name of another assembly is what the compiler lets it.</summary>
    [Theory]
    [InlineData("TestProject", "Wide", "global::Part")]
    [InlineData("Somebody", "Wide", "")]
    [InlineData("Somebody", "Reply", "global::Root.Inherited")]
    [InlineData("Somebody", "Pair<Handlers.Own>", "global::Handlers.Own")]
    public void Of_another_assembly(string friend, string reply, string expected)
    {
        CompiledLibrary library = CompiledLibrary.Of($$"""
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("{{friend}}")]
            internal struct Part { public byte A; public int B; }
            public struct Wide { internal Part Inside; public byte Last; }
            public struct Pair<T> where T : unmanaged { public T First; internal Part Second; }
            public class Root { protected struct Inherited { public byte A; public int B; } protected struct Reply { public Inherited Inside; } }
            """);
        TestProject project = TestProject.Of($$"""
            public sealed partial class Handlers : Root
            {
                internal struct Own { public byte A; public int B; }
                [ProcessPacket(1)] private {{reply}} On() => default;
            }
            """).WithLibrary(library);
        Check(project, expected);
    }

    private static void Check(string reply, string expected, string irql = "")
    {
        string source = $$"""
            public struct Innermost { public byte A; public int B; }
            public struct Inner { public byte A; public Innermost B; public Inner2 C; }
            public enum Inner2 : short { }
            public struct Outer { public byte A; public Inner B; public Inner C; }
            public struct Plain { public byte A; public int B; }
            public struct Pair<T> where T : unmanaged { public T First; public Nested Second; public struct Nested { public byte A; } }
            public struct Closed { private Hidden _hidden; private struct Hidden { public byte A; public int B; } public int Sum => _hidden.A + _hidden.B; }
            [System.Runtime.CompilerServices.InlineArray(3)] public struct Several { private Innermost _first; }
            public partial class Handlers
            {
                internal struct Own { private Part _part; public int Sum => _part.A; internal struct Part { public byte A; public int B; } }

                [ProcessPacket(1{{irql}})] private {{reply}} On() => default!;
            }
            """;
        Check(TestProject.Of(source), expected);
    }

    private static void Check(TestProject project, string expected)
    {
        string text = GeneratedErrors.Verify(project).TextOf();
        Assert.Equal(expected, string.Join(' ', Kept.Matches(text).Select(static m => m.Groups[1].Value).Distinct()));
    }
}
