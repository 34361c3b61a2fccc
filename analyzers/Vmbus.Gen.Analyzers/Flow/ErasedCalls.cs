using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// Calls that the compiler leaves out, arguments and all: of <c>[Conditional]</c> methods whose symbols are not defined, and of
/// partial methods without a body. The compiler's graph holds them like any other call.
/// </summary>
internal sealed class ErasedCalls(INamedTypeSymbol? conditionalAttribute)
{
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableHashSet<string>> _defined = new();

    public bool IsErased(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (!method.ReturnsVoid)
        {
            return false;
        }

        if (method is { IsPartialDefinition: true, PartialImplementationPart: null })
        {
            return true;
        }

        if (conditionalAttribute is null || method.IsOverride)
        {
            return false;
        }

        bool conditional = false;
        foreach (AttributeData attribute in method.OriginalDefinition.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, conditionalAttribute)
                && attribute.ConstructorArguments.Length == 1
                && attribute.ConstructorArguments[0].Value is string symbol)
            {
                if (Defined(invocation.Syntax.SyntaxTree).Contains(symbol))
                {
                    return false;
                }

                conditional = true;
            }
        }

        return conditional;
    }

    /// <summary>The preprocessor symbols that hold after a file's first directives; C# allows <c>#define</c> nowhere else.</summary>
    private ImmutableHashSet<string> Defined(SyntaxTree tree)
    {
        if (_defined.TryGetValue(tree, out ImmutableHashSet<string>? defined))
        {
            return defined;
        }

        ImmutableHashSet<string>.Builder symbols = ImmutableHashSet.CreateBuilder<string>();
        symbols.UnionWith(((CSharpParseOptions)tree.Options).PreprocessorSymbolNames);
        foreach (SyntaxTrivia trivia in tree.GetRoot().GetFirstToken(includeZeroWidth: true).LeadingTrivia)
        {
            switch (trivia.GetStructure())
            {
                case DefineDirectiveTriviaSyntax { IsActive: true } define:
                    symbols.Add(define.Name.ValueText);
                    break;
                case UndefDirectiveTriviaSyntax { IsActive: true } undefine:
                    symbols.Remove(undefine.Name.ValueText);
                    break;
            }
        }

        return _defined.GetOrAdd(tree, symbols.ToImmutable());
    }
}
