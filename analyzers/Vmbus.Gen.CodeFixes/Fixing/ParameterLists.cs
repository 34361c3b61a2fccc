using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Changes of parameter lists.</summary>
internal static class ParameterLists
{
    /// <summary>The list without one of its parameters.</summary>
    public static ParameterListSyntax Without(ParameterListSyntax list, int index)
    {
        SyntaxTriviaList lead = list.Parameters[index].GetLeadingTrivia();
        SeparatedSyntaxList<ParameterSyntax> left = list.Parameters.RemoveAt(index);
        return list.WithParameters(index == 0 && left.Count > 0 ? left.Replace(left[0], left[0].WithLeadingTrivia(lead)) : left);
    }
}
