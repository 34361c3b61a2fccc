using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Architecture.Tests;

/// <summary>Whatever refuses a call carries a status: every exception that the run time makes, and every check of .NET's that it calls.</summary>
public sealed class RefusalTests
{
    private const string Carrier = "Vmbus.StatusOfException.With";

    /// <summary>Exceptions whose constructor takes or sets the status.</summary>
    private static readonly HashSet<string> Carriers = ["Vmbus.VmbusException", "Vmbus.IrqlViolationException"];

    /// <summary>Room and exception, or check, that carry none, and why.</summary>
    private static readonly Dictionary<string, string> Without = new()
    {
        ["Ring System.*"] = "the ring lies below KMCL: it knows no status, and a channel turns what it says into one",
        ["Channels Vmbus.Ring.RingCorruptException"] = "the reason of a channel that stopped, which says what the peer wrote; it refuses nobody's call",
        ["Channels System.Diagnostics.UnreachableException"] = "a defect of the library, no refusal",
        ["Native System.Diagnostics.UnreachableException"] = "a defect of the library, no refusal",
        ["Bus System.Diagnostics.UnreachableException"] = "a defect of the library, no refusal",
        ["Ring Vmbus.Ring.RingCorruptException"] = "says what the peer wrote",
        ["Testing Vmbus.Testing.TestExpectationException"] = "the failed expectation of a test, as an assertion is",
        ["Bus System.IO.IOException"] = "an error of the operating system or of the process on the other side, as the socket's own are",
    };

    [Fact]
    public void Every_exception_that_refuses_carries_a_status()
    {
        CSharpCompilation compilation = RunTime.Compilation;
        INamedTypeSymbol exceptions = compilation.GetTypeByMetadataName("System.Exception")!;
        HashSet<string> used = [];
        List<string> missing = [];
        int carried = 0;
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length != 0))
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                INamedTypeSymbol? made = node switch
                {
                    BaseObjectCreationExpressionSyntax creation => model.GetTypeInfo(creation).Type as INamedTypeSymbol,
                    InvocationExpressionSyntax call when model.GetSymbolInfo(call).Symbol is IMethodSymbol { IsStatic: true, IsExtensionMethod: false } method
                        && method.Name.StartsWith("Throw", StringComparison.Ordinal) => method.ContainingType,
                    _ => null,
                };
                if (made is null || !IsException(made, exceptions))
                {
                    continue;
                }

                string type = made.ToDisplayString();
                if (Carriers.Contains(type) || IsCarried(node, model))
                {
                    carried++;
                    continue;
                }

                string room = RunTime.Room(tree.FilePath);
                string? key = new[] { $"{room} {type}", $"{room} {made.ContainingNamespace.ToDisplayString().Split('.')[0]}.*" }.FirstOrDefault(Without.ContainsKey);
                if (key is null)
                {
                    FileLinePositionSpan place = node.GetLocation().GetLineSpan();
                    missing.Add($"{Path.GetRelativePath(Repository.Root, tree.FilePath)}({place.StartLinePosition.Line + 1}): {type} carries no status. Add .With(NtStatus...), or use ArgumentChecks.");
                }
                else
                {
                    used.Add(key);
                }
            }
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.Empty(Without.Keys.Except(used));
        Assert.True(carried > 50, $"Only {carried} were found.");
    }

    /// <summary>Whether the new exception is what the status is put into at once.</summary>
    private static bool IsCarried(SyntaxNode made, SemanticModel model)
        => made.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call }
            && model.GetSymbolInfo(call).Symbol is IMethodSymbol { ReducedFrom: { } method }
            && $"{method.ContainingType.ToDisplayString()}.{method.Name}" == Carrier;

    private static bool IsException(INamedTypeSymbol type, INamedTypeSymbol exceptions)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, exceptions))
            {
                return true;
            }
        }

        return false;
    }
}
