namespace Vmbus.Analyzers.Differential.Oracle.Choices;

/// <summary>How many exceptions of calls a program can tell from each other.</summary>
public enum CallExceptions
{
    /// <summary>One exception stands for all: the program asks no exception for its type.</summary>
    Alike = 1,

    /// <summary>Exceptions of two types.</summary>
    Typed = 2,
}
