using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>A packet that a function owes: where its duty begins and what the source calls it.</summary>
internal sealed class PacketDuty(Symbol symbol, bool isInline)
{
    public Symbol Symbol { get; } = symbol;

    /// <summary>Whether it is the packet of the running callback, not a pended one.</summary>
    public bool IsInline { get; } = isInline;

    public string Name { get; set; } = "packet";

    /// <summary>What stands behind the name of a value to name the part of it that the packet is.</summary>
    public string Part { get; set; } = "";

    /// <summary>The name of the parameter or local, or the expression, with which the duty begins.</summary>
    public Location? Location { get; set; }

    public bool IsNamed { get; set; }

    /// <summary>Whether leaving it uncompleted is this function's fault.</summary>
    public bool IsOwn { get; set; }

    /// <summary>Whether the packet came as a parameter that says nothing: what is wrong is found where the method is called.</summary>
    public bool IsCallers { get; set; }

    /// <summary>Whether generated code completes the packet as soon as the function is left, whatever the function knows of it.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>The call that completed it last.</summary>
    public IOperation? Completion { get; set; }

    /// <summary>What pended it or handed it on last.</summary>
    public IOperation? Passing { get; set; }

    /// <summary>The function that took it along last, and the statement that gives that function away.</summary>
    public (Function Function, SyntaxNode Statement)? Taker { get; set; }

    /// <summary>The last call that may have answered Pending.</summary>
    public IOperation? ExternalDataCall { get; set; }
}

internal enum PacketRule
{
    /// <summary>VMB101.</summary>
    NotCompleted,

    /// <summary>VMB102.</summary>
    CompletedTwice,

    /// <summary>VMB103.</summary>
    UsedAfterCompletion,

    /// <summary>VMB104.</summary>
    DeferredAtPassive,

    /// <summary>VMB105.</summary>
    Lost,

    /// <summary>VMB107.</summary>
    ExternalDataPending,

    /// <summary>VMB108.</summary>
    ThrownWithDuty,

    /// <summary>VMB301.</summary>
    BufferUsedLate,

    /// <summary>VMB302.</summary>
    KeptBeyondCallback,

    /// <summary>VMB304.</summary>
    ExternalDataUsedLate,
}

/// <summary>Something that a rule says about a packet.</summary>
internal sealed class PacketFinding(PacketRule rule, PacketDuty duty, Location location, SyntaxNode syntax, PathStep? path, FunctionEnd? end)
{
    public PacketRule Rule { get; } = rule;

    public PacketDuty Duty { get; } = duty;

    public Location Location { get; } = location;

    public SyntaxNode Syntax { get; } = syntax;

    public PathStep? Path { get; } = path;

    /// <summary>Whether it is the element of a loop that is read.</summary>
    public bool IsOfLoop { get; init; }

    /// <summary>The call that completed the packet before, for what comes too late.</summary>
    public IOperation? Completion { get; init; }

    /// <summary>What handed the packet on before, for what comes too late and no completion came before.</summary>
    public IOperation? Passing { get; init; }

    /// <summary>Where the function is left, for what is found there.</summary>
    public FunctionEnd? End { get; } = end;
}
