using System.Globalization;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>The variables that a function declares at its beginning because something in it mentions them.</summary>
internal sealed class FunctionScope
{
    private readonly SortedDictionary<string, string> _declarations;

    public FunctionScope(ScopeKind kind)
        : this(kind, [])
    {
    }

    private FunctionScope(ScopeKind kind, SortedDictionary<string, string> declarations)
    {
        Kind = kind;
        _declarations = declarations;
    }

    public ScopeKind Kind { get; }

    /// <summary>Whether what it throws is, to the function under test, an exception of something that it calls.</summary>
    public bool IsCalled { get; private init; }

    public string Declarations => string.Concat(_declarations.Values.Select(static d => "        " + d + "\n"));

    /// <summary>A lambda or local function inside: it shares the variables.</summary>
    public FunctionScope Nest() => new(ScopeKind.Nested, _declarations) { IsCalled = IsCalled };

    /// <summary>A method that is called.</summary>
    public static FunctionScope Called(ScopeKind kind) => new(kind) { IsCalled = kind is ScopeKind.Member or ScopeKind.Type or ScopeKind.Async or ScopeKind.Iterator };

    public string Variable(char letter, int index)
    {
        (string prefix, string type, string value) = letter switch
        {
            'b' => ("flag", "bool", index == 0 ? "G()" : "false"),
            'n' => ("number", "int", "Number()"),
            'k' => ("kind", "Kind", "Kinds()"),
            's' => ("status", "NtStatus", "Status()"),
            'o' => ("thing", "object?", "Find()"),
            'h' => ("header", "Frame", "Header()"),
            _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "No kind of variable."),
        };
        string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{(letter == 'b' ? index : 0)}");
        _declarations[name] = $"{type} {name} = {value};";
        return name;
    }
}
