namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>The kind of function that a block stands in, as far as it decides what may be written there.</summary>
internal enum ScopeKind
{
    /// <summary>A block of the function around it.</summary>
    Block,

    /// <summary>A lambda or local function: variables of the function around it are in reach, a ref struct of it is not.</summary>
    Nested,

    /// <summary>A method of its own.</summary>
    Member,

    /// <summary>A method of another type: what the program's own class declares is out of reach.</summary>
    Type,

    /// <summary>A method of its own with a contract: it has taken the duty over, or says at which levels it is called.</summary>
    Contract,

    /// <summary>A method of its own that returns a task.</summary>
    Async,

    /// <summary>An iterator.</summary>
    Iterator,

    /// <summary>A handler that returns what its packet is completed with.</summary>
    Answering,
}
