using System.Reflection.Emit;
using System.Reflection.Metadata.Ecma335;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;

namespace Vmbus.EffectsTool.Graph;

/// <summary>Which types make which enumerators: the enumerator of a list is none of a folder's files.</summary>
internal sealed class Enumerators
{
    private readonly Dictionary<TypeNode, List<TypeNode>> _makers = [];
    private readonly Dictionary<(TypeNode Enumerator, TypeNode Collection), bool> _known = [];
    private readonly Hierarchy _hierarchy;
    private readonly Lazy<ILookup<TypeNode, TypeNode>> _creators;

    public Enumerators(IEnumerable<MethodNode> methods, Hierarchy hierarchy, MethodFacts facts)
    {
        _hierarchy = hierarchy;
        _creators = new(() => CreatorsIn(methods));
        foreach (MethodNode method in methods.Where(static m => m.Name.EndsWith("GetEnumerator", StringComparison.Ordinal) && !m.IsStatic && m.Signature.ParameterTypes.IsEmpty && !m.IsAbstract))
        {
            if (facts.ReturnedBy(method).Type?.Definition is { IsInterface: false } enumerator)
            {
                if (!_makers.TryGetValue(enumerator, out List<TypeNode>? makers))
                {
                    _makers.Add(enumerator, makers = []);
                }

                makers.Add(method.Owner);
            }
        }
    }

    /// <summary>Whether a type, or one that derives from it, may enumerate a collection that implements an interface; what nobody is known to make may.</summary>
    public bool MayBeOf(TypeNode enumerator, TypeNode collection)
    {
        if (!_known.TryGetValue((enumerator, collection), out bool may))
        {
            _known.Add((enumerator, collection), may = _hierarchy.ConcreteTypesOf(enumerator).Any(e => MadeFor(e, collection)));
        }

        return may;
    }

    private bool MadeFor(TypeNode enumerator, TypeNode collection)
    {
        bool isMade = false;
        if (enumerator.Implements(collection))
        {
            return true;
        }

        for (TypeNode? type = enumerator; type is not null; type = type.Base?.Definition)
        {
            // What enumerates itself is that collection.
            isMade |= type.Interfaces.Any(static i => i.Name == "System.Collections.IEnumerable");
            foreach (TypeNode maker in _makers.TryGetValue(type, out List<TypeNode>? makers) ? makers : [])
            {
                isMade = true;
                if (maker.Implements(collection) || _hierarchy.ConcreteTypesOf(maker).Any(t => t.Implements(collection)))
                {
                    return true;
                }
            }
        }

        return !isMade && MayBeCreatedFor(enumerator, collection);
    }

    /// <summary>Of an enumerator that no collection is known to return by itself, as where it returns one of two: whether a type that creates it implements the interface, or nobody knows for whom it is created.</summary>
    private bool MayBeCreatedFor(TypeNode enumerator, TypeNode collection)
    {
        TypeNode[] creators = [.. _creators.Value[enumerator]];
        return creators.Length == 0 || Array.Exists(creators, c => (c.IsSealed && c.IsAbstract) || c.Implements(collection) || _hierarchy.ConcreteTypesOf(c).Any(t => t.Implements(collection)));
    }

    private static ILookup<TypeNode, TypeNode> CreatorsIn(IEnumerable<MethodNode> methods)
        => methods.SelectMany(static m => CreatedBy(m).Select(e => (Enumerator: e, Creator: OutermostOf(m.Owner)))).ToLookup(static c => c.Enumerator, static c => c.Creator);

    private static IEnumerable<TypeNode> CreatedBy(MethodNode method)
    {
        if (method.Body() is not { } body)
        {
            return [];
        }

        var resolver = MemberResolver.Of(method.Owner.File);
        return InstructionReader.Read(body)
            .Where(static i => i.Code == OpCodes.Newobj)
            .Select(i => resolver.Method(MetadataTokens.EntityHandle((int)i.Operand)).Method?.Owner)
            .OfType<TypeNode>()
            .Distinct();
    }

    /// <summary>The type around one that the compiler made, as it does for iterators and closures.</summary>
    private static TypeNode OutermostOf(TypeNode type)
    {
        while (type is { Outer: { } outer } && type.Name.StartsWith('<'))
        {
            type = outer;
        }

        return type;
    }
}
