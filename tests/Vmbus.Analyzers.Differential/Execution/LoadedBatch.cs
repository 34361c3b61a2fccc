using System.Reflection;
using System.Runtime.Loader;

namespace Vmbus.Analyzers.Differential.Execution;

/// <summary>Compiled programs, loaded until they are disposed of.</summary>
internal sealed class LoadedBatch(AssemblyLoadContext context, Assembly assembly) : IDisposable
{
    public Type ClassOf(int index) => assembly.GetType(ProgramBatch.ClassName(index), throwOnError: true)!;

    public void Dispose() => context.Unload();
}
