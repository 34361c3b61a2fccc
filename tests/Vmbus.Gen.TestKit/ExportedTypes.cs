using System.Reflection;

namespace Vmbus.Gen.TestKit;

/// <summary>What an assembly brings for the compiler or the editor: analyzers, code fixes.</summary>
public static class ExportedTypes
{
    /// <summary>The concrete types of a kind.</summary>
    public static IEnumerable<Type> Of<T>(Assembly assembly) => assembly.GetTypes().Where(static t => !t.IsAbstract && typeof(T).IsAssignableFrom(t));

    /// <summary>One instance of each of them.</summary>
    public static IEnumerable<T> InstancesOf<T>(Assembly assembly) => Of<T>(assembly).Select(static t => (T)Activator.CreateInstance(t)!);
}
