using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>What a call says about how long it waits.</summary>
internal static class TimeoutArguments
{
    /// <summary>Whether a call passes a time-out, and whether that is zero.</summary>
    public static (bool IsGiven, bool IsZero) Of(ImmutableArray<IArgumentOperation> arguments, MethodBodies bodies)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter && IsTimeout(parameter))
            {
                return (true, IsZero(argument.Value, bodies, 0));
            }
        }

        return (false, false);
    }

    public static bool IsConstant(ImmutableArray<IArgumentOperation> arguments, int value)
        => arguments.Length == 1 && arguments[0].Value.ConstantValue is { HasValue: true, Value: int given } && given == value;

    private static bool IsTimeout(IParameterSymbol parameter)
        => parameter.Type is { Name: "TimeSpan", ContainingNamespace.Name: "System" }
            || (parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
                && (parameter.Name.IndexOf("timeout", StringComparison.OrdinalIgnoreCase) >= 0
                    || parameter.Name.IndexOf("milliseconds", StringComparison.OrdinalIgnoreCase) >= 0
                    || parameter.Name.IndexOf("microSeconds", StringComparison.OrdinalIgnoreCase) >= 0));

    private static bool IsZero(IOperation value, MethodBodies bodies, int depth)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        if (value.ConstantValue is { HasValue: true, Value: var constant })
        {
            return constant is 0 or 0L or 0u or 0d;
        }

        return value switch
        {
            IDefaultValueOperation => true,
            IObjectCreationOperation { Arguments.Length: 0 } => true,
            IFieldReferenceOperation { Field: { Name: "Zero", ContainingType: { Name: "TimeSpan" } } } => true,
            IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } when depth == 0 => IsInitializedToZero(field, bodies),
            IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "TimeSpan" }, Arguments: { Length: > 0 } arguments }
                => arguments.All(a => IsZero(a.Value, bodies, depth + 1)),
            IObjectCreationOperation { Type.Name: "TimeSpan", Arguments: var arguments } => arguments.All(a => IsZero(a.Value, bodies, depth + 1)),
            _ => false,
        };
    }

    /// <summary>A field of this compilation that says zero where it is declared.</summary>
    private static bool IsInitializedToZero(IFieldSymbol field, MethodBodies bodies)
    {
        if (field.DeclaringSyntaxReferences.Length != 1
            || field.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax declarator)
        {
            return false;
        }

        if (declarator.Initializer is not { Value: { } initializer })
        {
            // A static readonly field without an initializer may be set by the type initializer.
            return false;
        }

        return bodies.Owns(declarator.SyntaxTree)
            && bodies.ModelOf(declarator.SyntaxTree).GetOperation(initializer) is { } operation
            && IsZero(operation, bodies, 1);
    }
}
