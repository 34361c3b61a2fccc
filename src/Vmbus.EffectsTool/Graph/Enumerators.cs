using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;

namespace Vmbus.EffectsTool.Graph;

/// <summary>Which types make which enumerators: the enumerator of a list is none of a folder's files.</summary>
internal sealed class Enumerators
{
    private readonly Dictionary<TypeNode, List<TypeNode>> _makers = [];
    private readonly Dictionary<(TypeNode Enumerator, TypeNode Collection), bool> _known = [];
    private readonly Hierarchy _hierarchy;

    public Enumerators(IEnumerable<MethodNode> methods, Hierarchy hierarchy, MethodFacts facts)
    {
        _hierarchy = hierarchy;
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

        return !isMade;
    }
}
