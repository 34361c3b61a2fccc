using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>
/// Packets that are parts of a value: elements of a tuple, fields and automatic properties of a structure. Whoever gets such a value out of a store gets them. An object is no
/// such value: others may refer to it.
/// </summary>
internal sealed class PacketParts(VmbusTypes types)
{
    private const int MaximumDepth = 3;

    private readonly ConcurrentDictionary<ITypeSymbol, ImmutableArray<ISymbol>> _members = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a value of the type has packets as parts.</summary>
    public bool Has(ITypeSymbol? type) => !MembersOf(type).IsEmpty;

    /// <summary>The same, also of a value that there may be none of.</summary>
    public bool MayHave(ITypeSymbol type) => Has(type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type);

    /// <summary>The members of a structure, or the elements of a tuple, in which its packets lie; none for any other type.</summary>
    public ImmutableArray<ISymbol> MembersOf(ITypeSymbol? type) => MembersOf(type, 0);

    private ImmutableArray<ISymbol> MembersOf(ITypeSymbol? type, int depth)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, IsRefLikeType: false } structure || types.IsPacket(type) || depth > MaximumDepth)
        {
            return [];
        }

        if (!_members.TryGetValue(structure, out ImmutableArray<ISymbol> members))
        {
            members = MayHoldPackets(structure) ? Find(structure, depth) : [];
            _members.TryAdd(structure, members);
        }

        return members;
    }

    /// <summary>Of what the framework makes of types that it is given, a pair is such a value; a task or an enumerator is none.</summary>
    private static bool MayHoldPackets(INamedTypeSymbol structure)
        => structure.IsTupleType || structure.DeclaringSyntaxReferences.Length > 0 || structure.Name == "KeyValuePair" || !NamespaceNames.IsFramework(structure);

    private ImmutableArray<ISymbol> Find(INamedTypeSymbol structure, int depth)
    {
        ImmutableArray<ISymbol>.Builder members = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (ISymbol member in structure.IsTupleType ? structure.TupleElements.CastArray<ISymbol>() : structure.GetMembers())
        {
            if (TypeOf(member) is { } type && (types.IsPendingPacket(type) || !MembersOf(type, depth + 1).IsEmpty))
            {
                members.Add(member);
            }
        }

        return members.ToImmutable();
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false, CanBeReferencedByName: true } field when field.DeclaredAccessibility != Accessibility.Private || field.DeclaringSyntaxReferences.Length > 0 => field.Type,
        IFieldSymbol { IsStatic: false, ContainingType.IsTupleType: true } field => field.Type,
        IPropertySymbol { IsStatic: false } property when PureMembers.IsAutomatic(property) || PureMembers.IsAutomaticElsewhere(property) || IsOfPair(property) => property.Type,
        _ => null,
    };

    private static bool IsOfPair(IPropertySymbol property) => property.ContainingType is { Name: "KeyValuePair", DeclaringSyntaxReferences.Length: 0 };

    /// <summary>A value of the type of which nothing is known but its parts.</summary>
    /// <param name="machine">The path on which it comes.</param>
    /// <param name="by">What yields it.</param>
    /// <param name="type">Its type, which has packets as parts.</param>
    /// <param name="slot">Tells several values apart that one operation yields.</param>
    /// <param name="found">Gets each packet, with what stands behind the value's name to name it.</param>
    public Aggregate Make(Machine<PacketStates> machine, IOperation by, ITypeSymbol type, string slot, List<(Symbol Packet, string Name)> found)
    {
        ImmutableArray<ISymbol> members = MembersOf(type);
        bool isTuple = type.IsTupleType;
        ImmutableArray<ISymbol> shown = isTuple ? ((INamedTypeSymbol)type).TupleElements.CastArray<ISymbol>() : members;
        ImmutableArray<Value>.Builder elements = ImmutableArray.CreateBuilder<Value>(shown.Length + 1);
        foreach (ISymbol member in shown)
        {
            string part = $"{slot}.{member.Name}";
            ITypeSymbol of = TypeOf(member)!;
            if (Has(of))
            {
                elements.Add(Make(machine, by, of, part, found));
                continue;
            }

            Symbol element = machine.Fresh(by, part, of.SpecialType == SpecialType.System_Boolean);
            elements.Add(element);
            if (types.IsPendingPacket(of))
            {
                found.Add((element, part));
                if (of.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
                {
                    machine.AssumeNotNull(element);
                }
            }
        }

        if (isTuple)
        {
            return new Aggregate(elements.ToImmutable());
        }

        elements.Add(machine.Fresh(by, slot + ".*", isBoolean: false));
        return new Aggregate(elements.ToImmutable(), members);
    }

    /// <summary>A value that lies in a place, of which nothing is known.</summary>
    public Aggregate Unknown(FlowSession session, Place place, ITypeSymbol type)
    {
        ImmutableArray<ISymbol> members = type.IsTupleType ? [] : MembersOf(type);
        int count = type.IsTupleType ? ((INamedTypeSymbol)type).TupleElements.Length : members.Length + 1;
        return new Aggregate([.. Enumerable.Range(0, count).Select(i => (Value)session.Values.Site(place, i, isBoolean: false))], members);
    }
}
