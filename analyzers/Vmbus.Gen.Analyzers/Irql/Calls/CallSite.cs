using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>Where a call is told.</summary>
internal static class CallSite
{
    /// <summary>The place of an operation; of the element that a foreach reads, that of what it goes through.</summary>
    public static Location Of(IOperation operation)
        => (operation.Syntax.Parent is ForEachStatementSyntax each && each.Type == operation.Syntax ? each.Expression : operation.Syntax).GetLocation();
}
