using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>
/// The rules of shape over a project whose generator has run, as in a build: rules see what was generated, and generated code may add no error to those
/// that the markup declares.
/// </summary>
internal static class ShapeVerifier
{
    private const string Structures = """
        public struct Pair { public uint Type, Value; }
        public struct WithReference { public uint Type; public string Text; }
        [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)] public struct Automatic { public uint Type; }
        public struct HoldsAutomatic { public uint Type; public Inner Nested; public struct Inner { public Automatic Value; } }
        public enum Kind : uint { A = 1, B = 2 }
        public enum Wide : long { Large = long.MaxValue, Negative = -1 }
        """;

    public static Task<ImmutableArray<Diagnostic>> VerifyAsync(string markup) => VerifyAsync(TestProject.Of(markup));

    public static Task<ImmutableArray<Diagnostic>> VerifyAsync(TestProject project)
        => AnalyzerVerifier<HandlerShapeAnalyzer>.VerifyAsync(Complete(project));

    /// <summary>Verifies the members of a partial class.</summary>
    public static Task<ImmutableArray<Diagnostic>> VerifyMembersAsync(string members, string settings = "")
    {
        // Pointers need an unsafe context, and await may not stand in one.
        string unsafeModifier = members.Contains('*') ? "unsafe " : "";
        return VerifyAsync(TestProject.Of($"{settings}\npublic abstract {unsafeModifier}partial class Handlers\n{{\n    {members}\n}}\n") with { AllowUnsafe = true });
    }

    /// <summary>Verifies the members of a partial class and the message of the rule that they break.</summary>
    public static Task<ImmutableArray<Diagnostic>> VerifyMessageAsync(string members, string id, string message)
        => new AnalyzerTest(Complete(TestProject.Of($"public abstract partial class Handlers\n{{\n    {members}\n}}\n")), new HandlerShapeAnalyzer())
        {
            Messages = [new ExpectedMessage(id, message)],
        }.RunAsync();

    private static TestProject Complete(TestProject project)
        => project.WithFile("Structures.cs", Structures).WithGenerators(new ChannelCallbacksGenerator());
}
