using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Methods of the framework that call a delegate before they return and do not keep it.</summary>
internal static class InPlaceCalls
{
    public static bool RunsInPlace(IMethodSymbol method)
    {
        if (!method.OriginalDefinition.Parameters.Any(static p => p.Type.TypeKind == TypeKind.Delegate))
        {
            // A delegate that it is given is an element like any other, and kept.
            return false;
        }

        INamedTypeSymbol type = method.ContainingType.OriginalDefinition;
        return NamespaceNames.Of(type) switch
        {
            "System.Collections.Generic" => type.Name is "List" or "HashSet" or "SortedSet" or "Dictionary" or "Queue" or "Stack" or "LinkedList",
            "System.Collections.Concurrent" => method.Name is "GetOrAdd" or "AddOrUpdate",
            "System.Collections.Immutable" => true,
            "System" => type.Name is "Array" or "Span" or "ReadOnlySpan" or "MemoryExtensions" or "String",
            "System.Linq" => type.Name == "Enumerable"
                && method.Name is "All" or "Any" or "Aggregate" or "Average" or "Count" or "First" or "FirstOrDefault" or "Last" or "LastOrDefault"
                    or "LongCount" or "Max" or "MaxBy" or "Min" or "MinBy" or "Single" or "SingleOrDefault" or "Sum" or "ToDictionary" or "ToLookup",
            "System.Threading" => (type.Name, method.Name) is ("LazyInitializer", "EnsureInitialized") or ("SpinWait", "SpinUntil") or ("ExecutionContext", "Run"),
            "System.Threading.Tasks" => (type.Name, method.Name) is ("Parallel", _),
            _ => false,
        };
    }
}
