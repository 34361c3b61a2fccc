using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Contracts;

/// <summary>
/// Whether a compilation has to do with the run time, beyond a reference to it: otherwise no body of it is looked at. Its types can only be named by way of their
/// namespace, and only a library that sees them can hand them on unnamed.
/// </summary>
internal static class RuntimeUse
{
    private static readonly string[] Namespace = ["Vmbus"];

    // Remembered as long as the file is not edited.
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<bool>> Mentions = new();

    public static bool IsIn(Compilation compilation, IAssemblySymbol runtime, CancellationToken cancellation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Mentions.GetValue(tree, static t => new StrongBox<bool>(SourceWords.HasAny(t, Namespace))).Value)
            {
                return true;
            }
        }

        foreach (IAssemblySymbol library in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (Sees(library, runtime))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Sees(IAssemblySymbol library, IAssemblySymbol runtime)
    {
        foreach (IModuleSymbol module in library.Modules)
        {
            foreach (AssemblyIdentity referenced in module.ReferencedAssemblies)
            {
                if (referenced.Name == runtime.Name)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
