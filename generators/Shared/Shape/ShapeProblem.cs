using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>The token of a declaration that a problem lies in.</summary>
internal enum ProblemPlace
{
    /// <summary>The name of the type, method or parameter.</summary>
    Name,

    /// <summary>The type of the parameter.</summary>
    ParameterType,

    /// <summary>The return type of the method.</summary>
    ReturnType,

    /// <summary>The result of the task that the method returns.</summary>
    TaskResult,

    /// <summary>The n-th message type of the attribute.</summary>
    MessageType,

    /// <summary>The value of a property that the attribute sets.</summary>
    AttributeProperty,
}

/// <summary>Something about a class or a handler that keeps it, or a part of it, from being bound.</summary>
internal sealed class ShapeProblem(ShapeRule rule, ISymbol symbol, ProblemPlace place, params string[] arguments)
{
    public ShapeRule Rule { get; } = rule;

    /// <summary>The declaration: a type, a method or a parameter.</summary>
    public ISymbol Symbol { get; } = symbol;

    public ProblemPlace Place { get; } = place;

    /// <summary>What the message of the rule is made of.</summary>
    public ImmutableArray<string> Arguments { get; } = ImmutableArray.Create(arguments);

    /// <summary>The attribute, where the place is one of its arguments.</summary>
    public AttributeData? Attribute { get; init; }

    /// <summary>Which message type, where the place is one.</summary>
    public int Index { get; init; }

    /// <summary>Which property, where the place is one.</summary>
    public string? Property { get; init; }

    /// <summary>The declaration that this one is at odds with.</summary>
    public ISymbol? First { get; init; }

    public static ShapeProblem At(ShapeRule rule, ISymbol symbol, params string[] arguments) => new(rule, symbol, ProblemPlace.Name, arguments);
}
