using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// Sequences that run only while they are enumerated: iterators, and the operators of LINQ that answer with another sequence. What
/// they run, they run where a foreach or a call that reads them to their end stands.
/// </summary>
internal sealed class Enumerations(MethodBodies bodies)
{
    private const int MaximumDepth = 16;

    /// <summary>The functions that run here because the operation enumerates a sequence.</summary>
    public ImmutableArray<IMethodSymbol> FunctionsRunBy(IOperation operation)
    {
        if (!MayEnumerate(operation) || !bodies.Owns(operation.Syntax.SyntaxTree))
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { } asked } invocation when AsksForEnumerator(asked):
                if (IsIterator(asked))
                {
                    found.Add(asked);
                }
                else if (SequenceOf(invocation) is { } stepped)
                {
                    // The calls that step through it are operations of their own.
                    AddSequence(stepped, Reader.Steps, found, 0);
                }

                break;
            case ICollectionExpressionOperation collection:
                foreach (ISpreadOperation spread in collection.Elements.OfType<ISpreadOperation>())
                {
                    if (spread.Operand.Syntax is ExpressionSyntax sequence)
                    {
                        AddSequence(sequence, Reader.Language, found, 0);
                    }
                }

                break;
            case IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.Length: 0 } method } invocation when !IsDeferred(method):
                AddArguments(invocation.Arguments, found);
                break;
            case IObjectCreationOperation { Constructor.DeclaringSyntaxReferences.Length: 0 } creation:
                AddArguments(creation.Arguments, found);
                break;
        }

        return found.ToImmutable();
    }

    /// <summary>Whether a call is given a sequence, or asks one for its enumerator.</summary>
    private static bool MayEnumerate(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Invocation:
                var invocation = (IInvocationOperation)operation;
                return AsksForEnumerator(invocation.TargetMethod) || HasSequence(invocation.Arguments);
            case OperationKind.CollectionExpression:
                return true;
            case OperationKind.ObjectCreation:
                return HasSequence(((IObjectCreationOperation)operation).Arguments);
            default:
                return false;
        }
    }

    private static bool HasSequence(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter && IsSequence(parameter.Type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An operator of LINQ, or any other call of the framework, that answers at once with a sequence that runs later.</summary>
    public static bool IsDeferred(IMethodSymbol method)
        => method.ContainingType is { Name: "Enumerable", ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } } && IsSequence(method.ReturnType);

    public static bool IsIterator(IMethodSymbol method)
        => (IsSequence(method.ReturnType) || method.ReturnType.OriginalDefinition is { Name: "IAsyncEnumerable" or "IAsyncEnumerator" })
            && MethodBodies.FindSyntax(method, CancellationToken.None) is { } body
            && body.DescendantNodes(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(static n => n is YieldStatementSyntax);

    private static bool IsSequence(ITypeSymbol type)
        => type.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_IEnumerable
            or SpecialType.System_Collections_Generic_IEnumerator_T or SpecialType.System_Collections_IEnumerator
            || type is { Name: "IOrderedEnumerable" };

    private static bool AsksForEnumerator(IMethodSymbol method)
        => method is { Name: WellKnownMemberNames.GetEnumeratorMethodName or WellKnownMemberNames.GetAsyncEnumeratorMethodName, IsStatic: false };

    /// <summary>What is asked for its enumerator: by a foreach, or by a call that is written.</summary>
    private static ExpressionSyntax? SequenceOf(IInvocationOperation asking)
        => asking.Syntax is ExpressionSyntax { Parent: CommonForEachStatementSyntax each } sequence && each.Expression == sequence ? sequence : asking.Instance?.Syntax as ExpressionSyntax;

    private void AddArguments(ImmutableArray<IArgumentOperation> arguments, ImmutableArray<IMethodSymbol>.Builder found)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter && IsSequence(parameter.Type) && argument.Value.Syntax is ExpressionSyntax sequence)
            {
                AddSequence(sequence, Reader.Framework, found, 0);
            }
        }
    }

    private void AddSequence(ExpressionSyntax sequence, Reader reader, ImmutableArray<IMethodSymbol>.Builder found, int depth)
    {
        while (sequence is ParenthesizedExpressionSyntax parenthesized)
        {
            sequence = parenthesized.Expression;
        }

        AddSequence(bodies.ModelOf(sequence.SyntaxTree).GetOperation(sequence), sequence, reader, found, depth);
    }

    private void AddSequence(IOperation? operation, SyntaxNode sequence, Reader reader, ImmutableArray<IMethodSymbol>.Builder found, int depth)
    {
        while (operation is IConversionOperation or ITranslatedQueryOperation)
        {
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((ITranslatedQueryOperation)operation).Operation;
        }

        if (depth > MaximumDepth)
        {
            return;
        }

        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { } method } invocation:
                if (IsDeferred(method))
                {
                    foreach (IArgumentOperation argument in invocation.Arguments)
                    {
                        if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate && FunctionOf(argument.Value) is { } function)
                        {
                            found.Add(function);
                        }
                        else if (argument.Parameter is { } parameter && IsSequence(parameter.Type))
                        {
                            // The clauses of a query are no expressions: what they become is asked, not how it is written.
                            AddSequence(argument.Value, argument.Value.Syntax, Reader.Framework, found, depth + 1);
                        }
                    }
                }
                else if (IsIterator(method))
                {
                    found.Add(method);
                }

                break;
            case IPropertyReferenceOperation { Property.GetMethod: { } getter } when IsIterator(getter):
                found.Add(getter);
                break;
            case ILocalReferenceOperation { Local: { DeclaringSyntaxReferences.Length: 1 } local }
                when local.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initializer } && initializer != sequence:
                AddSequence(initializer, reader, found, depth + 1);
                break;
        }

        if (reader != Reader.Steps && operation?.Type is { } type)
        {
            AddEnumerator(type, reader, found);
        }
    }

    /// <summary>What a type whose source is here runs when it is enumerated.</summary>
    private static void AddEnumerator(ITypeSymbol type, Reader reader, ImmutableArray<IMethodSymbol>.Builder found)
    {
        IMethodSymbol? ofPattern = MemberOf(type, WellKnownMemberNames.GetEnumeratorMethodName);
        IMethodSymbol? ofInterface = EnumeratorOfInterface(type);
        if ((reader == Reader.Language ? ofPattern ?? ofInterface : ofInterface ?? ofPattern) is not { DeclaringSyntaxReferences.Length: > 0 } asked)
        {
            return;
        }

        found.Add(asked);
        if (!IsIterator(asked))
        {
            found.AddRange(new[] { WellKnownMemberNames.MoveNextMethodName, "get_" + WellKnownMemberNames.CurrentPropertyName, nameof(IDisposable.Dispose) }
                .Select(name => MemberOf(asked.ReturnType, name))
                .OfType<IMethodSymbol>());
        }
    }

    private static IMethodSymbol? EnumeratorOfInterface(ITypeSymbol type)
        => type.TypeKind is TypeKind.Class or TypeKind.Struct
            && type.AllInterfaces.FirstOrDefault(static i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T) is { } sequence
            && sequence.GetMembers(WellKnownMemberNames.GetEnumeratorMethodName).FirstOrDefault() is { } member
                ? type.FindImplementationForInterfaceMember(member) as IMethodSymbol
                : null;

    private static IMethodSymbol? MemberOf(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? t = type; t is { DeclaringSyntaxReferences.Length: > 0 }; t = t.BaseType)
        {
            if (t.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(static m => m is { IsStatic: false, Parameters.IsEmpty: true }) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Who reads a sequence.</summary>
    private enum Reader
    {
        /// <summary>Calls that stand in the code.</summary>
        Steps,

        /// <summary>A spread, by what members the type has.</summary>
        Language,

        /// <summary>A method of the framework, through an interface.</summary>
        Framework,
    }

    private static IMethodSymbol? FunctionOf(IOperation value)
    {
        while (value is IConversionOperation or IDelegateCreationOperation)
        {
            value = value is IConversionOperation conversion ? conversion.Operand : ((IDelegateCreationOperation)value).Target;
        }

        return value switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            IMethodReferenceOperation method => method.Method,
            _ => null,
        };
    }
}
