using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The overrides of a method that are written in this compilation; found once, when a virtual call first asks for them.</summary>
internal sealed class MethodOverrides(Compilation compilation)
{
    private readonly Lazy<ILookup<IMethodSymbol, IMethodSymbol>> _overrides = new(() => Find(compilation));

    /// <summary>The methods that override <paramref name="method"/>, directly or through others.</summary>
    public IEnumerable<IMethodSymbol> Of(IMethodSymbol method) => _overrides.Value[method.OriginalDefinition];

    /// <summary>Whether code of this compilation may stand behind a method of another assembly; anybody may implement an interface.</summary>
    public bool MayStandBehind(IMethodSymbol method)
        => (method.IsAbstract || method.IsVirtual || method.IsOverride) && (method.ContainingType.TypeKind == TypeKind.Interface || Of(method).Any());

    private static ILookup<IMethodSymbol, IMethodSymbol> Find(Compilation compilation)
    {
        var pairs = new List<(IMethodSymbol Overridden, IMethodSymbol By)>();
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(compilation.Assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            foreach (ISymbol member in pending.Pop().GetMembers())
            {
                switch (member)
                {
                    case INamespaceOrTypeSymbol inner:
                        pending.Push(inner);
                        break;
                    case IMethodSymbol { IsOverride: true } method:
                        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                        {
                            pairs.Add((overridden.OriginalDefinition, method));
                        }

                        break;
                }
            }
        }

        return pairs.ToLookup(static p => p.Overridden, static p => p.By, (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default);
    }
}
