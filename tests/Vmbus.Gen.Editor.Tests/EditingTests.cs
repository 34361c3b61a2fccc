using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Vmbus.Gen.Editor.Tests;

/// <summary>What a person meets who edits handlers.</summary>
public sealed class EditingTests
{
    private const string Helpers = """
        internal static class Disk
        {
            public static void Flush(FileStream file) => file.Flush(flushToDisk: true);
        }
        """;

    private const string Handlers = """
        public sealed partial class Handlers
        {
            private readonly FileStream _file = File.OpenRead("disk");
            private bool _isReadOnly;

            [ProcessPacket(1)]
            private void OnWrite(PacketCompletion packet)
            {
                if (_isReadOnly)
                {
                    return;
                }

                Disk.Flush(_file);
                packet.Complete();
            }

            [ProcessPacket(2)]
            private uint OnQuery() => _isReadOnly ? 1u : 0u;
        }
        """;

    [Fact]
    public async Task A_document_alone_shows_what_a_build_reports()
    {
        using EditorSession session = new();
        ProjectId project = session.AddProject("Service");
        session.AddDocument(project, "Disk.cs", Helpers);
        DocumentId document = session.AddDocument(project, "Handlers.cs", Handlers);

        ImmutableArray<Diagnostic> live = await session.DiagnosticsOf(document);

        Assert.Equal(["VMB101", "VMB201"], live.Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d => d.Id));
        Assert.Equal((await session.BuildDiagnosticsOf(document)).Select(Whole), live.Select(Whole));
        Assert.Empty(session.Exceptions);
    }

    [Fact]
    public async Task A_diagnostic_goes_with_the_mistake()
    {
        using EditorSession session = new();
        ProjectId project = session.AddProject("Service");
        DocumentId helpers = session.AddDocument(project, "Disk.cs", Helpers);
        DocumentId document = session.AddDocument(project, "Handlers.cs", Handlers);
        Assert.Contains(await session.DiagnosticsOf(document), static d => d.Id == "VMB201");

        session.Type(helpers, Helpers.Replace("file.Flush(flushToDisk: true)", "GC.KeepAlive(file)", StringComparison.Ordinal));
        session.Type(document, Handlers.Replace("return;", "packet.Fail();\n            return;", StringComparison.Ordinal));

        Assert.DoesNotContain(await session.DiagnosticsOf(document), static d => d.Severity >= DiagnosticSeverity.Warning);
    }

    [Fact]
    public async Task Every_state_of_a_class_that_is_being_typed_is_borne()
    {
        using EditorSession session = new();
        ProjectId project = session.AddProject("Service");
        session.AddDocument(project, "Disk.cs", Helpers);
        DocumentId document = session.AddDocument(project, "Handlers.cs", "");
        for (int length = 1; length <= Handlers.Length; length += 7)
        {
            session.Type(document, Handlers[..length]);
            await session.DiagnosticsOf(document);
            RequireSoundGeneration(await session.Solution.GetProject(project)!.GetCompilationAsync());
        }

        Assert.Empty(session.Exceptions);
    }

    [Fact]
    public async Task A_fix_shows_a_preview_and_does_what_it_showed()
    {
        using EditorSession session = new();
        ProjectId project = session.AddProject("Service");
        DocumentId document = session.AddDocument(project, "Handlers.cs", Closed("A"));

        Diagnostic diagnostic = Assert.Single(await session.DiagnosticsOf(document), static d => d.Id == "VMB001");
        (CodeFixProvider _, CodeAction action) = Assert.Single(await session.FixesFor(document, diagnostic));
        string preview = await EditorSession.PreviewOf(action, document);
        await session.Accept(action);

        Assert.Contains("public sealed partial class A", preview, StringComparison.Ordinal);
        Assert.Equal(preview, await session.TextOf(document));
        Assert.DoesNotContain(await session.DiagnosticsOf(document), static d => d.Id == "VMB001");
        Assert.False(string.IsNullOrWhiteSpace(action.Title));
        Assert.NotNull(action.EquivalenceKey);
    }

    [Fact]
    public async Task Fix_all_mends_a_project()
    {
        using EditorSession session = new();
        ProjectId project = session.AddProject("Service");
        DocumentId[] documents = [.. "ABC".Select(c => session.AddDocument(project, $"{c}.cs", Closed(c.ToString())))];
        Diagnostic diagnostic = Assert.Single(await session.DiagnosticsOf(documents[0]), static d => d.Id == "VMB001");
        (CodeFixProvider provider, CodeAction like) = Assert.Single(await session.FixesFor(documents[0], diagnostic));

        CodeAction all = (await session.FixAll(provider, like, "VMB001", documents[0]))!;
        await session.Accept(all);

        foreach (DocumentId document in documents)
        {
            Assert.Contains("partial class", await session.TextOf(document), StringComparison.Ordinal);
            Assert.DoesNotContain(await session.DiagnosticsOf(document), static d => d.Id == "VMB001");
        }
    }

    [Fact]
    public async Task Quick_info_describes_a_generated_member_and_its_file_can_be_opened()
    {
        const string Text = """
            public static partial class Echo
            {
                [ProcessPacket(1)]
                private static uint OnPing() => 1;
            }

            internal static class Use
            {
                public static IChannelCallbacks It => Echo.Callbacks;
            }
            """;
        using EditorSession session = new();
        ProjectId project = session.AddProject("Service");
        DocumentId document = session.AddDocument(project, "Echo.cs", Text);

        string info = await session.QuickInfoAt(document, Text.IndexOf("Callbacks;", StringComparison.Ordinal));
        Assert.StartsWith("IChannelCallbacks Echo.Callbacks { get; }", info, StringComparison.Ordinal);
        Assert.Contains("The callbacks of this class, to be bound with VmbusChannel.SetCallbacks", info, StringComparison.Ordinal);

        Project opened = session.Solution.GetProject(project)!;
        Document generated = Assert.Single(await opened.GetSourceGeneratedDocumentsAsync());
        Assert.EndsWith(".g.cs", generated.Name, StringComparison.Ordinal);
        Assert.DoesNotContain((await opened.GetCompilationAsync())!.GetDiagnostics(), static d => d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("[ChannelCallbacks", "ChannelCallbacksAttribute", "message type")]
    [InlineData("ProcessPacket(1)", "ProcessPacketAttribute", "EvtVmbChannelProcessPacket")]
    [InlineData("PacketCompletion packet", "PacketCompletion", "completed exactly once")]
    public async Task Quick_info_says_what_a_name_of_the_run_time_stands_for(string place, string name, string says)
    {
        const string Text = """
            [ChannelCallbacks(MessageTypeSize = 2)]
            public sealed partial class Echo
            {
                [ProcessPacket(1)]
                private void OnPing(PacketCompletion packet) => packet.Complete();
            }
            """;
        using EditorSession session = new();
        DocumentId document = session.AddDocument(session.AddProject("Service"), "Echo.cs", Text);

        string info = await session.QuickInfoAt(document, Text.IndexOf(place, StringComparison.Ordinal) + 1);

        Assert.Contains(name, info, StringComparison.Ordinal);
        Assert.Contains(says, info, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pragma")]
    [InlineData("attribute")]
    [InlineData("editorconfig")]
    public async Task A_diagnostic_can_be_suppressed(string how)
    {
        using EditorSession session = new();
        ProjectId project = session.AddProject("Service");
        session.AddDocument(project, "Disk.cs", Helpers);
        string text = how switch
        {
            "pragma" => Handlers.Replace("private void OnWrite(PacketCompletion packet)", "#pragma warning disable VMB101\n    private void OnWrite(PacketCompletion packet)\n#pragma warning restore VMB101", StringComparison.Ordinal),
            "attribute" => Handlers.Replace("[ProcessPacket(1)]", "[ProcessPacket(1), System.Diagnostics.CodeAnalysis.SuppressMessage(\"Vmbus.Completion\", \"VMB101\", Justification = \"by the test\")]", StringComparison.Ordinal),
            _ => Handlers,
        };
        DocumentId document = session.AddDocument(project, "Handlers.cs", text);
        if (how == "editorconfig")
        {
            session.AddEditorConfig(project, "dotnet_diagnostic.VMB101.severity = none\n");
        }

        ImmutableArray<Diagnostic> diagnostics = await session.DiagnosticsOf(document);

        Assert.DoesNotContain(diagnostics, static d => d.Id == "VMB101");
        Assert.Contains(diagnostics, static d => d.Id == "VMB201");
    }

    [Fact]
    public async Task A_severity_of_the_editorconfig_is_the_one_that_is_shown()
    {
        using EditorSession session = new();
        ProjectId project = session.AddProject("Service");
        session.AddDocument(project, "Disk.cs", Helpers);
        DocumentId document = session.AddDocument(project, "Handlers.cs", Handlers);
        session.AddEditorConfig(project, "dotnet_diagnostic.VMB101.severity = error\n");

        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(await session.DiagnosticsOf(document), static d => d.Id == "VMB101").Severity);
    }

    [Fact]
    public async Task Two_frameworks_of_one_project_are_judged_each_by_its_own_code()
    {
        const string Text = """
            public sealed partial class Handlers
            {
                [ProcessPacket(1)]
                private void OnWrite(PacketCompletion packet)
                {
            #if NET11_0
                    packet.Complete();
            #endif
                }
            }
            """;
        using EditorSession session = new();
        ProjectId older = session.AddProject("Service(net10.0)", "NET10_0");
        ProjectId newer = session.AddProject("Service(net11.0)", "NET11_0");
        DocumentId inOlder = session.AddDocument(older, "Handlers.cs", Text);
        DocumentId inNewer = session.AddDocument(newer, "Handlers.cs", Text);

        Assert.Equal(["VMB101"], (await session.DiagnosticsOf(inOlder)).Select(static d => d.Id));
        Assert.Empty(await session.DiagnosticsOf(inNewer));
    }

    private static string Closed(string name) => $$"""
        public sealed class {{name}}
        {
            [ProcessPacket(1)]
            private uint OnPing() => 1;
        }
        """;

    /// <summary>A diagnostic with the places of its way.</summary>
    private static string Whole(Diagnostic diagnostic) => $"{diagnostic} {string.Join(' ', diagnostic.AdditionalLocations)}";

    /// <summary>A generator that throws is a warning CS8785 of the compilation; an error in a generated file is one that nobody can mend.</summary>
    private static void RequireSoundGeneration(Compilation? compilation)
        => Assert.DoesNotContain(
            compilation!.GetDiagnostics(),
            static d => d.Id is "CS8785" or "CS8784" || (d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true));
}
