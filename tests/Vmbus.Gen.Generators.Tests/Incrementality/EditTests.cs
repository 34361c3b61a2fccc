using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Incrementality;

/// <summary>
/// What an edit makes run again. Each class is asked for after every edit, because any file may change what a name means; but only a model that has become
/// another goes on to be emitted. The driver tells of the files with a part that yields a model: Server.cs, whose part comes first, and Client.cs.
/// </summary>
public sealed class EditTests
{
    private const string Model = "Model";
    private const string SortedModels = "SortedModels";
    private const string Classes = "Classes";
    private const string Output = "SourceOutput";

    private const string Leading = """
            [ProcessPacket(1)]
            private void OnA(PacketCompletion packet, in Request request)
            {
                packet.Complete();
            }


        """;

    private const string Second = """
            [ProcessPacket(2)]
            private void OnB(PacketCompletion packet) => packet.Complete();

        """;

    private static readonly TestProject Project = TestProject.Empty
        .WithFile("Server.cs", """
            namespace Demo;

            public sealed partial class Server
            {
                [ProcessPacket(1)]
                private void OnA(PacketCompletion packet, in Request request)
                {
                    packet.Complete();
                }

                [ProcessPacket(2)]
                private void OnB(PacketCompletion packet) => packet.Complete();
            }
            """)
        .WithFile("Server.Part2.cs", """
            namespace Demo;

            public sealed partial class Server
            {
                [ProcessPacket]
                private void OnOther(PacketCompletion packet) => packet.Fail();
            }
            """)
        .WithFile("Client.cs", """
            namespace Demo;

            [ChannelCallbacks(MessageTypeSize = 2)]
            public sealed partial class Client
            {
                [ProcessPacket(1)]
                private NtStatus OnReply(in Request request) => NtStatus.Success;
            }
            """)
        .WithFile("Messages.cs", "namespace Demo;\n\npublic struct Request { public uint Type, Value; }\n")
        .WithFile("Unrelated.cs", "namespace Demo;\n\npublic class Unrelated { public int Value => 1; }\n");

    /// <summary>The edits after which nothing is emitted again; the classes are asked for, and give what they gave.</summary>
    public static TheoryData<EditScenario> HarmlessEdits =>
    [
        Harmless("unrelated file", static p => p.Replace("Unrelated.cs", "=> 1", "=> 2")),
        Harmless("unrelated member in the same file", static p => p.InsertBefore("Server.cs", "    [ProcessPacket(2)]", "    public int Count { get; set; }\n\n")),
        Harmless("comment above a handler", static p => p.InsertBefore("Server.cs", "    [ProcessPacket(1)]", "    // Requests.\n")),
        Harmless("body of a handler", static p => p.Replace("Server.cs", "        packet.Complete();", "        Console.WriteLine(request.Value);\n        packet.Complete();")),
        Harmless("name of a parameter", static p => p.Replace("Client.cs", "in Request request", "in Request message")),
        Harmless("order of files", static p => p.ReverseFiles()),
        Harmless("place of a handler", static p => MoveToOtherPart(p, Second)),
        Harmless("place of another handler", static p => MoveToOtherPart(p, Leading)),
        Harmless("nullable", static p => p.ToggleNullable()),
        Harmless("reference", static p => p.AddUnrelatedReference()),
        Harmless("option", static p => p.WithBuildProperty("Anything", "else")),
        Harmless("new unrelated file", static p => p.WithFile("New.cs", "class New;")),
        Harmless("new unrelated file before all others", static p => p with { Sources = p.Sources.Insert(0, new TestFile(TestProject.FullPath("First.cs"), "class First;")) }),
        Harmless("removed unrelated file", static p => p.WithoutFile("Unrelated.cs")),
        Harmless("field of a payload", static p => p.Replace("Messages.cs", "Value;", "Value, More;")),
    ];

    [Theory]
    [MemberData(nameof(HarmlessEdits))]
    public void Emits_nothing_again_after(EditScenario edit) => GeneratorVerifier<ChannelCallbacksGenerator>.RunEdit(Project, edit);

    /// <summary>The edits that concern one class, whose file alone is made again.</summary>
    public static TheoryData<EditScenario> EditsOfOneClass =>
    [
        OfServer("name of the first handler", static p => p.Replace("Server.cs", "OnA(", "OnAlways(")),
        OfServer("name of another handler", static p => p.Replace("Server.cs", "OnB(", "OnBeat(")),
        OfServer("message type", static p => p.Replace("Server.cs", "[ProcessPacket(2)]", "[ProcessPacket(3)]")),
        OfServer("signature", static p => p.Replace("Server.cs", "OnB(PacketCompletion packet)", "OnB(PacketCompletion packet, VmbusChannel channel)")),
        OfServer("handler in another part", static p => p.Replace("Server.Part2.cs", "OnOther", "OnElse")),
        OfServer("type around a payload", static p => p
            .Replace("Messages.cs", "public struct Request { public uint Type, Value; }", "public class Wrapper { public struct Request { public uint Type, Value; } }\npublic struct Other;")
            .Replace("Server.cs", "in Request", "in Wrapper.Request")
            .Replace("Client.cs", "in Request request", "uint request")).Expecting(Model, StepExpectation.Exactly(modified: 2))
            .Expecting(Classes, StepExpectation.Exactly(modified: 2))
            .Expecting(Output, StepExpectation.Exactly(modified: 2)),
    ];

    [Theory]
    [MemberData(nameof(EditsOfOneClass))]
    public void Emits_the_class_alone_after(EditScenario edit) => GeneratorVerifier<ChannelCallbacksGenerator>.RunEdit(Project, edit);

    [Fact]
    public void A_new_handler_modifies_its_class()
        => Run(new EditScenario("added handler", static p => p.InsertBefore("Server.cs", "    [ProcessPacket(2)]", "    [ProcessPacket(9)] private void OnZ(PacketCompletion packet) => packet.Complete();\n\n"))
            .Expecting(Model, StepExpectation.Exactly(unchanged: 1, modified: 1))
            .Expecting(SortedModels, StepExpectation.Exactly(modified: 1))
            .Expecting(Classes, StepExpectation.Exactly(unchanged: 1, modified: 1))
            .Expecting(Output, StepExpectation.Exactly(cached: 1, modified: 1)));

    [Fact]
    public void A_removed_handler_modifies_its_class()
        => Run(new EditScenario("removed handler", static p => p.Replace("Server.cs", "[ProcessPacket(2)]", ""))
            .Expecting(Model, StepExpectation.Exactly(unchanged: 1, modified: 1))
            .Expecting(SortedModels, StepExpectation.Exactly(modified: 1))
            .Expecting(Classes, StepExpectation.Exactly(unchanged: 1, modified: 1))
            .Expecting(Output, StepExpectation.Exactly(cached: 1, modified: 1)));

    [Fact]
    public void Another_language_version_emits_nothing_again()
        => Run(new EditScenario("language version", static p => p with { LanguageVersion = LanguageVersion.CSharp13 })
            .Expecting(Model, StepExpectation.CachedOrUnchanged));

    [Fact]
    public void An_edit_of_what_does_not_compile_and_back_ends_where_it_began()
    {
        GeneratorRun before = GeneratorVerifier<ChannelCallbacksGenerator>.Run(Project);
        TestProject broken = Project.Replace("Server.cs", "in Request request", "in Reque request");
        GeneratorRun after = GeneratorVerifier<ChannelCallbacksGenerator>.For(broken).RunEdit(
            new EditScenario("mended", static p => p.Replace("Server.cs", "in Reque request", "in Request request"))
                .Expecting(Model, StepExpectation.Exactly(unchanged: 1, modified: 1))
                .Expecting(SortedModels, StepExpectation.Exactly(modified: 1))
            .Expecting(Classes, StepExpectation.Exactly(unchanged: 1, modified: 1))
                .Expecting(Output, StepExpectation.Exactly(cached: 1, modified: 1)));
        Assert.Equal(before.Sources.OrderBy(static s => s.HintName), after.Sources.OrderBy(static s => s.HintName));
    }

    [Fact]
    public void Old_compilations_are_released() => GeneratorVerifier<ChannelCallbacksGenerator>.VerifyOldCompilationIsReleased(Project);

    [Fact]
    public void Old_compilations_are_released_after_an_edit_that_changes_no_model()
        => GeneratorVerifier<ChannelCallbacksGenerator>.VerifyOldCompilationIsReleased(Project, static p => p.InsertBefore("Server.cs", "    [ProcessPacket(1)]", "    // Requests.\n"));

    private static GeneratorRun Run(EditScenario edit) => GeneratorVerifier<ChannelCallbacksGenerator>.RunEdit(Project, edit);

    private static TestProject MoveToOtherPart(TestProject project, string handler)
        => project.Replace("Server.cs", handler, "").InsertBefore("Server.Part2.cs", "    [ProcessPacket]", handler);

    private static EditScenario Harmless(string name, Func<TestProject, TestProject> edit)
        => new EditScenario(name, edit)
            .Expecting(Model, StepExpectation.Exactly(unchanged: 2))
            .Expecting(SortedModels, StepExpectation.Exactly(cached: 1))
            .Expecting(Classes, StepExpectation.Exactly(cached: 2))
            .Expecting(Output, StepExpectation.Exactly(cached: 2));

    private static EditScenario OfServer(string name, Func<TestProject, TestProject> edit)
        => new EditScenario(name, edit)
            .Expecting(Model, StepExpectation.Exactly(unchanged: 1, modified: 1))
            .Expecting(SortedModels, StepExpectation.Exactly(modified: 1))
            .Expecting(Classes, StepExpectation.Exactly(unchanged: 1, modified: 1))
            .Expecting(Output, StepExpectation.Exactly(cached: 1, modified: 1));
}
