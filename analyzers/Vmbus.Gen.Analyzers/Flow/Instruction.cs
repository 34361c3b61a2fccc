using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>One operation in evaluation order, and how many values it takes from the stack.</summary>
internal readonly struct Instruction(IOperation operation, int operands, bool mayThrow)
{
    public IOperation Operation { get; } = operation;

    public int Operands { get; } = operands;

    public bool MayThrow { get; } = mayThrow;
}
