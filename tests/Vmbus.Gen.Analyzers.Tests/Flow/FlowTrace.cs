using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Flow;

/// <summary>
/// Runs the engine over a domain that has nothing to do with packets: the state is the list of marks (calls of <c>Mark("x")</c>)
/// that a path has passed. What comes out is every trace with which the method can end.
/// </summary>
internal static class FlowTrace
{
    private const string Frame = """
        #nullable disable
        using System.Diagnostics;
        using System.Diagnostics.CodeAnalysis;

        internal sealed class Special : Exception;
        internal class Resource : IDisposable { public void Dispose() => C.Mark("dispose"); }

        internal partial class C
        {
            private bool _field;
            private bool _other;
            private object _gate;

            internal static void Mark(string name) { }
            private static bool Ask() => true;
            private void Toggle() => _field = !_field;
            private static int Count() => 1;
            private static object Get() => null;
            [Conditional("NOT_DEFINED")] private static void Erased(bool condition) { }
            [Conditional("DEFINED")] private static void Kept(bool condition) { }
            private static bool Marked(string name) => true;
            [DoesNotReturn] private static void Declared() => throw new Exception();
            private static void Throws() => throw new Exception();
            private static void ThrowsInBlock(bool b) { if (b) throw new Exception(); else Throws(); }
            private static void Spins() { while (true) { } }
            private static void MayReturn(bool b) { if (b) throw new Exception(); }
            private static bool TryGet(out object o) { o = null; return false; }
            partial void Partial(bool condition);

            private void M(int n, string s, object o)
            {
        BODY
            }
        }
        """;

    /// <summary>The traces of a method with this body, each after how it ends: <c>return a b</c>, <c>throw a</c>, <c>implicit a</c>.</summary>
    public static string[] Of(string body, bool implicitThrows = false)
    {
        TestProject project = TestProject.Of(Frame.Replace("BODY", body, StringComparison.Ordinal)) with { PreprocessorSymbols = ["DEFINED"] };
        Compilation compilation = project.CreateCompilation();
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error)];
        Assert.Empty(errors);

        SyntaxTree tree = compilation.SyntaxTrees.Single(static t => t.FilePath.EndsWith("Test0.cs", StringComparison.Ordinal));
        SemanticModel model = compilation.GetSemanticModel(tree);
        MethodDeclarationSyntax declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(static m => m.Identifier.Text == "M");
        var domain = new Domain(implicitThrows);
        var session = new FlowSession(FlowCompilation.Of(compilation), domain.Tracks, CancellationToken.None);
        ControlFlowGraph graph = ControlFlowGraph.Create((IMethodBodyOperation)model.GetOperation(declaration)!);
        FlowProgram program = session.ProgramOf(graph, (IMethodSymbol)model.GetDeclaredSymbol(declaration)!);
        program.Enter();
        var interpreter = new FlowInterpreter<Trace>(program, domain, session);
        IReadOnlyList<FlowExit<Trace>> exits = interpreter.Run([new Disjunct<Trace>(Trace.Empty, SmallMap<Value>.Empty, SmallMap<IntervalSet>.Empty, null)]);
        return [.. exits.Select(static e => $"{Kind(e.Kind)} {string.Join(' ', e.Disjunct.State.Marks)}".TrimEnd()).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string Kind(FlowExitKind kind) => kind switch
    {
        FlowExitKind.Return => "return",
        FlowExitKind.Throw => "throw",
        _ => "implicit",
    };

    private sealed class Trace(ImmutableArray<string> marks) : IEquatable<Trace>
    {
        public static readonly Trace Empty = new([]);

        public ImmutableArray<string> Marks { get; } = marks;

        /// <summary>A mark that is the last one already is not repeated, so that loops end.</summary>
        public Trace With(string mark) => Marks.Length > 0 && Marks[^1] == mark ? this : Marks.Length == 8 ? this : new(Marks.Add(mark));

        public bool Equals(Trace? other) => other is not null && Marks.SequenceEqual(other.Marks);

        public override bool Equals(object? obj) => Equals(obj as Trace);

        public override int GetHashCode() => Marks.Length;
    }

    private sealed class Domain(bool implicitThrows) : FlowDomain<Trace>
    {
        public override bool CollectsImplicitThrows => implicitThrows;

        public override bool Tracks(ITypeSymbol type) => false;

        public override bool MayThrow(Machine<Trace> machine, IOperation operation)
            => operation is not IInvocationOperation { TargetMethod.Name: "Mark" or "Marked" };

        public override Trace Join(Trace left, Trace right) => new(["too many"]);

        public override void Execute(Machine<Trace> machine, IOperation operation)
        {
            string? mark = operation switch
            {
                IInvocationOperation { TargetMethod.Name: "Mark" or "Marked", Arguments: [var name] } => (string?)name.Value.ConstantValue.Value,
                IInvocationOperation { TargetMethod.Name: "Dispose", Instance: IConversionOperation { Operand.Type.Name: "Resource" } } => "dispose",
                IInvocationOperation { TargetMethod.Name: "Dispose", Instance.Type.Name: "Resource" } => "dispose",
                _ => null,
            };
            if (mark is not null)
            {
                machine.State = machine.State.With(mark);
            }
        }
    }
}
