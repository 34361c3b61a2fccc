using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

internal static class BlockOperations
{
    /// <summary>All operations of a block, what it branches on included.</summary>
    public static IEnumerable<IOperation> Of(BasicBlock block)
    {
        foreach (IOperation root in block.Operations)
        {
            foreach (IOperation operation in root.DescendantsAndSelf())
            {
                yield return operation;
            }
        }

        if (block.BranchValue is { } value)
        {
            foreach (IOperation operation in value.DescendantsAndSelf())
            {
                yield return operation;
            }
        }
    }
}
