using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>A basic block as straight code for a stack machine.</summary>
internal sealed class BlockCode(BasicBlock block)
{
    public BasicBlock Block { get; } = block;

    public Instruction[] Code { get; set; } = [];

    /// <summary>Whether the block decides something that the compiler leaves out: then both ways are one.</summary>
    public bool IsBranchErased { get; set; }
}
