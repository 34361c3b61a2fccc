using System.Collections.Immutable;
using System.Reflection.Metadata;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;
using AssemblyFile = Vmbus.EffectsTool.Metadata.AssemblyFile;

namespace Vmbus.EffectsTool.Graph;

/// <summary>Which methods override or implement which, over all assemblies that are read.</summary>
internal sealed class Hierarchy
{
    private readonly Dictionary<MethodNode, List<MethodNode>> _overriders = [];
    private readonly Dictionary<MethodNode, List<MethodNode>> _overridden = [];
    private readonly Dictionary<TypeNode, List<TypeNode>> _implementers = [];
    private readonly Dictionary<TypeNode, List<TypeNode>> _derived = [];
    private readonly Dictionary<(MethodNode Member, string Contract), IReadOnlyList<MethodNode>> _implementations = [];
    private readonly Dictionary<(TypeNode Type, MethodNode Member), MethodNode?> _seen = [];
    private readonly Dictionary<TypeNode, Dictionary<MethodNode, MethodNode>> _explicit = [];

    public Hierarchy(AssemblySet set)
    {
        foreach (AssemblyFile file in set.Files)
        {
            var resolver = MemberResolver.Of(file);
            foreach (TypeNode type in file.Types)
            {
                if (type.Base?.Definition is { } parent)
                {
                    Add(_derived, parent, type);
                }

                AddOverrides(type);
                AddExplicit(type, resolver);
                if (!type.IsInterface)
                {
                    foreach (TypeNode contract in InterfacesOf(type))
                    {
                        Add(_implementers, contract, type);
                    }
                }
            }
        }
    }

    /// <summary>A class and those that derive from it, as far as they can be made.</summary>
    public IEnumerable<TypeNode> ConcreteTypesOf(TypeNode type)
    {
        Stack<TypeNode> open = new([type]);
        while (open.TryPop(out TypeNode? next))
        {
            if (!next.IsAbstract)
            {
                yield return next;
            }

            foreach (TypeNode derived in _derived.TryGetValue(next, out List<TypeNode>? found) ? found : [])
            {
                open.Push(derived);
            }
        }
    }

    /// <summary>All methods that override one, however far down.</summary>
    public IReadOnlyList<MethodNode> OverridersOf(MethodNode method) => _overriders.TryGetValue(method, out List<MethodNode>? found) ? found : [];

    /// <summary>All methods that one overrides, however far up.</summary>
    public IReadOnlyList<MethodNode> OverriddenBy(MethodNode method) => _overridden.TryGetValue(method, out List<MethodNode>? found) ? found : [];

    /// <summary>All methods that implement an interface's.</summary>
    /// <param name="member">The interface's method.</param>
    /// <param name="contract">The interface that the types have to implement: that of the member, or one that derives from it, for type arguments that may be these.</param>
    public IReadOnlyList<MethodNode> ImplementationsOf(MethodNode member, TypeSignature contract)
    {
        if (_implementations.TryGetValue((member, contract.Text), out IReadOnlyList<MethodNode>? known))
        {
            return known;
        }

        HashSet<MethodNode> found = [];
        foreach (TypeNode type in _implementers.TryGetValue(contract.Definition!, out List<TypeNode>? types) ? types : [])
        {
            if (Instantiations(type, contract.Definition!).Any(i => MayBe(i, contract)) && FindImplementation(type, member) is { } implementation)
            {
                found.Add(implementation);
                found.UnionWith(OverridersOf(implementation));
            }
        }

        return _implementations[(member, contract.Text)] = [.. found.OrderBy(static m => m.Id, StringComparer.Ordinal)];
    }

    /// <summary>What runs when a virtual method or an interface's is called on an instance of just this type.</summary>
    public MethodNode? FindImplementation(TypeNode type, MethodNode member)
    {
        if (!_seen.TryGetValue((type, member), out MethodNode? found))
        {
            found = member.Owner.IsInterface ? FindOfInterface(type, member) : FindOverride(type, member);
            _seen.Add((type, member), found);
        }

        return found;
    }

    private MethodNode? FindOverride(TypeNode type, MethodNode member)
    {
        IReadOnlyList<MethodNode> overriders = OverridersOf(member);
        for (TypeNode? at = type; at is not null; at = at.Base?.Definition)
        {
            if (at == member.Owner)
            {
                return member;
            }

            if (overriders.FirstOrDefault(m => m.Owner == at) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private MethodNode? FindOfInterface(TypeNode type, MethodNode member)
    {
        for (TypeNode? at = type; at is not null; at = at.Base?.Definition)
        {
            if (_explicit.TryGetValue(at, out Dictionary<MethodNode, MethodNode>? mapped) && mapped.TryGetValue(member, out MethodNode? found))
            {
                return found;
            }

            if (at.Methods.FirstOrDefault(m => m.Name == member.Name && m.IsVirtual && SameShape(m, member)) is { } named)
            {
                return named.IsFinal || at == type ? named : FindOverride(type, named);
            }
        }

        return member.IsAbstract ? null : member;
    }

    /// <summary>Name and number of parameters: type parameters of the interface may stand for any type.</summary>
    private static bool SameShape(MethodNode method, MethodNode member)
    {
        MethodSignature<TypeSignature> left = method.Signature;
        MethodSignature<TypeSignature> right = member.Signature;
        if (left.ParameterTypes.Length != right.ParameterTypes.Length || left.GenericParameterCount != right.GenericParameterCount)
        {
            return false;
        }

        for (int i = 0; i < left.ParameterTypes.Length; i++)
        {
            if (!Mentions(right.ParameterTypes[i]) && left.ParameterTypes[i].Text != right.ParameterTypes[i].Text)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Mentions(TypeSignature type) => type.Kind == TypeSignatureKind.TypeParameter || type.Arguments.Any(Mentions);

    private static HashSet<TypeNode> InterfacesOf(TypeNode type)
    {
        HashSet<TypeNode> found = [];
        Stack<TypeNode> open = new([type]);
        while (open.TryPop(out TypeNode? next))
        {
            foreach (TypeSignature contract in next.Interfaces)
            {
                if (contract.Definition is { } definition && found.Add(definition))
                {
                    open.Push(definition);
                }
            }
        }

        return found;
    }

    /// <summary>An interface as a type implements it, with its type arguments.</summary>
    private static IEnumerable<TypeSignature> Instantiations(TypeNode type, TypeNode contract)
    {
        HashSet<string> seen = [];
        Stack<TypeSignature> open = new(type.Interfaces);
        while (open.TryPop(out TypeSignature? next))
        {
            if (!seen.Add(next.Text) || next.Definition is not { } definition)
            {
                continue;
            }

            if (definition == contract)
            {
                yield return next;
            }

            foreach (TypeSignature inherited in definition.Interfaces)
            {
                open.Push(inherited.Substitute(next.Arguments, []));
            }
        }
    }

    /// <summary>Whether an interface that is implemented may be the one that an instance is known by, as far as their type arguments tell.</summary>
    private static bool MayBe(TypeSignature implemented, TypeSignature known)
        => implemented.Arguments.Length != known.Arguments.Length || implemented.Arguments.Zip(known.Arguments).All(static p => MayMean(p.First, p.Second));

    /// <summary>Two type arguments that are named are the same, or one derives from the other, which variance allows.</summary>
    private static bool MayMean(TypeSignature left, TypeSignature right)
    {
        if (left.Text == right.Text || left.Definition is not { } first || right.Definition is not { } second)
        {
            return true;
        }

        return first == second
            ? MayBe(left, right)
            : !first.IsValueType && !second.IsValueType && (first.IsInterface || second.IsInterface || first.IsOrDerivesFrom(second) || second.IsOrDerivesFrom(first));
    }

    private void AddOverrides(TypeNode type)
    {
        foreach (MethodNode method in type.Methods)
        {
            if (!method.IsOverride)
            {
                continue;
            }

            ImmutableArray<TypeSignature> arguments = type.Self.Arguments;
            TypeNode? at = type;
            while (at?.Base is { Definition: { } parent } signature)
            {
                arguments = [.. signature.Arguments.Select(a => a.Substitute(arguments, []))];
                if (parent.Methods.FirstOrDefault(m => m.IsVirtual && m.Name == method.Name && Matches(method, m, arguments)) is { } overridden)
                {
                    AddOverride(overridden, method);
                    if (overridden.IsNewSlot)
                    {
                        break;
                    }
                }

                at = parent;
            }
        }
    }

    private static bool Matches(MethodNode method, MethodNode overridden, ImmutableArray<TypeSignature> arguments)
    {
        MethodSignature<TypeSignature> left = method.Signature;
        MethodSignature<TypeSignature> right = overridden.Signature;
        if (left.ParameterTypes.Length != right.ParameterTypes.Length || left.GenericParameterCount != right.GenericParameterCount)
        {
            return false;
        }

        for (int i = 0; i < left.ParameterTypes.Length; i++)
        {
            if (left.ParameterTypes[i].Text != right.ParameterTypes[i].Substitute(arguments, []).Text)
            {
                return false;
            }
        }

        return true;
    }

    private void AddExplicit(TypeNode type, MemberResolver resolver)
    {
        foreach ((EntityHandle body, EntityHandle declaration) in type.MethodImplementations())
        {
            if (resolver.Method(body).Method is not { } implementation || resolver.Method(declaration).Method is not { } declared)
            {
                continue;
            }

            if (!declared.Owner.IsInterface)
            {
                AddOverride(declared, implementation);
                continue;
            }

            if (!_explicit.TryGetValue(type, out Dictionary<MethodNode, MethodNode>? mapped))
            {
                _explicit.Add(type, mapped = []);
            }

            mapped[declared] = implementation;
        }
    }

    private void AddOverride(MethodNode overridden, MethodNode overrider)
    {
        Add(_overriders, overridden, overrider);
        Add(_overridden, overrider, overridden);
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<TValue>? list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
