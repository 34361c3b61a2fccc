using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

internal enum PlaceKind
{
    Local,
    Parameter,

    /// <summary>A value that the compiler's graph carries from one block to another.</summary>
    Capture,

    /// <summary>A field or automatic property of <c>this</c>, a static one, or a primary constructor's parameter: any call may change it.</summary>
    Field,

    /// <summary>What a function returns.</summary>
    Return,

    /// <summary>The generation of all other memory: changes with every call that may write.</summary>
    Memory,
}

/// <summary>Something that holds a value.</summary>
internal sealed class Place(int id, PlaceKind kind, object key, ITypeSymbol? type, bool isTracked, bool isFollowed)
{
    public int Id { get; } = id;

    public PlaceKind Kind { get; } = kind;

    public object Key { get; } = key;

    public ITypeSymbol? Type { get; } = type;

    /// <summary>Whether the domain follows what lies here.</summary>
    public bool IsTracked { get; } = isTracked;

    /// <summary>Whether the domain follows what lies here, without keeping states apart that differ in it.</summary>
    public bool IsFollowed { get; } = isFollowed;

    public bool IsBoolean { get; } = type?.SpecialType == SpecialType.System_Boolean;

    public ISymbol? Symbol => Key as ISymbol;

    public override string ToString() => Symbol?.Name ?? Kind.ToString();
}

/// <summary>Numbers the places of one analysis in the order in which they are met.</summary>
internal sealed class PlaceTable
{
    private static readonly object MemoryKey = new();

    private readonly Dictionary<object, Place> _places = [];
    private readonly List<Place> _byId = [];

    private readonly Func<ITypeSymbol, bool> _tracks;
    private readonly Func<ITypeSymbol, bool, bool> _follows;

    public PlaceTable(Func<ITypeSymbol, bool> tracks, Func<ITypeSymbol, bool, bool> follows)
    {
        _tracks = tracks;
        _follows = follows;
        Memory = Intern(PlaceKind.Memory, MemoryKey, null);
    }

    public Place Memory { get; }

    /// <summary>The graph of the method that is run inside another one; null otherwise. The compiler numbers captures in each method from the beginning.</summary>
    public ControlFlowGraph? Inlined { get; set; }

    public int Count => _byId.Count;

    public Place this[int id] => _byId[id];

    public Place Local(ILocalSymbol local) => Intern(PlaceKind.Local, local, local.Type, local.IsRef);

    public Place Parameter(IParameterSymbol parameter)
        => Intern(PlaceKind.Parameter, parameter, parameter.Type);

    public Place Member(ISymbol member, ITypeSymbol type) => Intern(PlaceKind.Field, member, type);

    public Place Capture(CaptureId capture, ITypeSymbol? type) => Intern(PlaceKind.Capture, Inlined is { } inlined ? (inlined, capture) : capture, type);

    public Place Return(IMethodSymbol method) => Intern(PlaceKind.Return, new ReturnKey(method), method.ReturnType);

    private Place Intern(PlaceKind kind, object key, ITypeSymbol? type, bool isReference = false)
    {
        if (!_places.TryGetValue(key, out Place? place))
        {
            place = new Place(_byId.Count, kind, key, type, type is not null && _tracks(type), type is not null && _follows(type, isReference));
            _byId.Add(place);
            _places.Add(key, place);
        }

        return place;
    }

    private sealed record ReturnKey(ISymbol Method)
    {
        public bool Equals(ReturnKey? other) => other is not null && SymbolEqualityComparer.Default.Equals(Method, other.Method);

        public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Method);
    }
}
