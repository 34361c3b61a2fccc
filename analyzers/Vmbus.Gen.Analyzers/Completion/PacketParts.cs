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
    /// <summary>Structures inside one another are followed so deep; code that is half written may contain itself.</summary>
    private const int MaximumDepth = 3;

    private readonly ConcurrentDictionary<ITypeSymbol, ImmutableArray<ISymbol>> _members = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a value of the type has packets as parts.</summary>
    public bool Has(ITypeSymbol? type) => !MembersOf(type).IsEmpty;

    /// <summary>The same, also of a value that there may be none of.</summary>
    public bool MayHave(ITypeSymbol type) => Has(type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type);

    /// <summary>The members of a structure, or the elements of a tuple, in which its packets lie; none for any other type.</summary>
    private ImmutableArray<ISymbol> MembersOf(ITypeSymbol? type)
        => AsStructure(type) is { } structure
            ? _members.GetOrAdd(structure, t => MayHoldPackets((INamedTypeSymbol)t) ? [.. ShownBy((INamedTypeSymbol)t).Where(m => TypeOf(m) is { } of && (types.IsPendingPacket(of) || IsNested(of, [t])))] : [])
            : [];

    private INamedTypeSymbol? AsStructure(ITypeSymbol? type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, IsRefLikeType: false } structure && !types.IsPacket(type) ? structure : null;

    /// <summary>Whether a part is itself a value with packets as parts.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="around">The types that it lies in.</param>
    private bool IsNested(ITypeSymbol type, ImmutableArray<ITypeSymbol> around)
        => around.Length <= MaximumDepth && AsStructure(type) is { } structure && MayHoldPackets(structure) && !around.Contains(structure, SymbolEqualityComparer.Default)
            && ShownBy(structure).Any(m => TypeOf(m) is { } of && (types.IsPendingPacket(of) || IsNested(of, around.Add(structure))));

    /// <summary>Of what the framework makes of types that it is given, a pair is such a value; a task or an enumerator is none.</summary>
    private static bool MayHoldPackets(INamedTypeSymbol structure)
        => structure.IsTupleType || TypeFacts.IsPair(structure) || !NamespaceNames.IsFramework(structure);

    private static IEnumerable<ISymbol> ShownBy(INamedTypeSymbol structure) => structure.IsTupleType ? structure.TupleElements : structure.GetMembers();

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol { IsStatic: false, ContainingType.IsTupleType: true } field => field.Type,
        IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false, CanBeReferencedByName: true } field when field.DeclaredAccessibility != Accessibility.Private || field.DeclaringSyntaxReferences.Length > 0 => field.Type,
        IPropertySymbol { IsStatic: false } property when PureMembers.IsAutomatic(property) || PureMembers.IsAutomaticElsewhere(property) || TypeFacts.IsPair(property.ContainingType) => property.Type,
        _ => null,
    };

    /// <summary>A value of the type of which nothing is known but its parts.</summary>
    /// <param name="machine">The path on which it comes.</param>
    /// <param name="by">What yields it.</param>
    /// <param name="type">Its type, which has packets as parts.</param>
    /// <param name="found">Gets each packet, with what stands behind the value's name to name it.</param>
    public Aggregate Make(Machine<PacketStates> machine, IOperation by, ITypeSymbol type, List<(Symbol Packet, string Name)> found) => Make(machine, by, type, "", [], found);

    private Aggregate Make(Machine<PacketStates> machine, IOperation by, ITypeSymbol type, string name, ImmutableArray<ITypeSymbol> around, List<(Symbol Packet, string Name)> found)
    {
        around = around.Add(type);
        bool isTuple = type.IsTupleType;
        ImmutableArray<ISymbol> members = isTuple ? [] : MembersOf(type);
        ImmutableArray<ISymbol> shown = isTuple ? [.. ((INamedTypeSymbol)type).TupleElements] : members;
        ImmutableArray<Value>.Builder elements = ImmutableArray.CreateBuilder<Value>(shown.Length + 1);
        foreach (ISymbol member in shown)
        {
            string part = $"{name}.{member.Name}";
            ITypeSymbol of = TypeOf(member)!;
            if (IsNested(of, around))
            {
                elements.Add(Make(machine, by, of, part, around, found));
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

        if (!isTuple)
        {
            elements.Add(machine.Fresh(by, name + ".*", isBoolean: false));
        }

        return new Aggregate(elements.ToImmutable(), members);
    }

    /// <summary>A value that lies in a place, of which nothing is known; one that has <paramref name="least"/> elements, if the type of the place does not tell how many.</summary>
    public Aggregate Unknown(FlowSession session, Place place, int least)
    {
        INamedTypeSymbol? tuple = place.Type is INamedTypeSymbol { IsTupleType: true } known ? known : null;
        ImmutableArray<ISymbol> members = tuple is null ? MembersOf(place.Type) : [];
        int count = tuple?.TupleElements.Length ?? (members.IsEmpty ? least : members.Length + 1);
        return new Aggregate([.. Enumerable.Range(0, count).Select(i => (Value)session.Values.Site(place, i, isBoolean: false))], members);
    }
}
