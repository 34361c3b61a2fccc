using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.SharedMemory;

/// <summary>The reads of shared memory that operations are. Reads by Volatile and Interlocked are deliberate, and none.</summary>
internal sealed class SharedReads(SharedViews views, HelperReads helpers)
{
    public const long ToTheEnd = long.MaxValue / 2;

    /// <summary>The reads of an operation, those of a helper that it calls included.</summary>
    public IEnumerable<MemoryRead> Of(IOperation operation)
        => ReadBy(operation) is { } read ? [read] : operation is IInvocationOperation call ? helpers.ReadBy(call, views) : [];

    /// <summary>Where a helper that is called reads shared memory twice; null if it does not.</summary>
    public Location? ReadTwiceBy(IOperation operation) => operation is IInvocationOperation call ? helpers.ReadTwiceBy(call, views) : null;

    private MemoryRead? ReadBy(IOperation operation)
    {
        if (IsDeliberate(operation))
        {
            return null;
        }

        switch (operation)
        {
            case IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType: { Name: "Span" or "ReadOnlySpan" } span }, Arguments: [{ Value: { } index }] } element when !IsWritten(element):
                return Element(element, element.Instance, index, span.TypeArguments[0]);
            case IImplicitIndexerReferenceOperation { Instance: { } view, Argument: { } index } element when index is not IRangeOperation && !IsWritten(element):
                return Element(element, view, index, element.Type);
            case { Kind: OperationKind.None } when !IsPartOfLonger(operation) && !IsWritten(operation):
                return ThroughPointer(operation);
            case IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } when !IsPartOfLonger(operation) && !IsWritten(operation):
                return Member(operation);
            case IInvocationOperation { TargetMethod: { ContainingType.Name: "BinaryPrimitives" or "MemoryMarshal" or "Unsafe" or "BitConverter" } method } call when IsReader(method) && call.Arguments.Length > 0:
                return views.Of(call.Arguments[0].Value) is { } read ? new MemoryRead(call, read.Root, null, read.Offset, SizeOf(method)) : null;
            case IInvocationOperation { TargetMethod: { Name: "ToArray" or "CopyTo" or "TryCopyTo", ContainingType.Name: "Span" or "ReadOnlySpan" } } copy when copy.Instance is not null:
                return views.Of(copy.Instance) is { } copied ? new MemoryRead(copy, copied.Root, null, copied.Offset, ToTheEnd) : null;
            default:
                return null;
        }
    }

    private MemoryRead? Element(IOperation element, IOperation? view, IOperation index, ITypeSymbol? type)
    {
        if (views.Of(view) is not { } memory)
        {
            return null;
        }

        long size = Size(type);
        return SharedViews.Constant(index) is { } at ? new MemoryRead(element, memory.Root, null, memory.Offset + (at * size), size)
            : IndexOf(index) is { } variable && views.IsFixed(variable) ? new MemoryRead(element, memory.Root, $"[{variable.Name}+{memory.Offset}]", 0, size)
            : null;
    }

    /// <summary>A value that a pointer points to: <c>*p</c> or <c>p[1]</c>.</summary>
    private MemoryRead? ThroughPointer(IOperation operation)
    {
        if (SharedViews.PointerOf(operation) is { Type: IPointerTypeSymbol { PointedAtType: { } pointed } } pointer)
        {
            return views.Of(pointer) is { } memory ? new MemoryRead(operation, memory.Root, null, memory.Offset, Size(pointed)) : null;
        }

        return operation.Syntax is ElementAccessExpressionSyntax && operation.ChildOperations.Count == 2
            && operation.ChildOperations.First() is { Type: IPointerTypeSymbol { PointedAtType: { } element } } array
                ? Element(operation, array, operation.ChildOperations.Last(), element)
                : null;
    }

    private MemoryRead? Member(IOperation operation)
    {
        string path = "";
        IOperation? inner = operation;
        while (inner is IFieldReferenceOperation or IPropertyReferenceOperation)
        {
            var member = (IMemberReferenceOperation)inner;
            path = path.Length == 0 ? member.Member.Name : member.Member.Name + "." + path;
            inner = member.Instance;
        }

        return path.Length > 0 && views.StructureOf(inner) is { } structure ? new MemoryRead(operation, structure, path, 0, 0) : null;
    }

    private static bool IsPartOfLonger(IOperation operation)
        => operation.Parent is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } && operation.Parent is IMemberReferenceOperation { Instance: { } instance } && ReferenceEquals(instance, operation);

    private static bool IsWritten(IOperation operation)
        => operation.Parent switch
        {
            ISimpleAssignmentOperation assignment => ReferenceEquals(assignment.Target, operation),
            IArgumentOperation { Parameter.RefKind: not RefKind.None } => true,
            _ => false,
        };

    private static ISymbol? IndexOf(IOperation index)
    {
        while (index is IConversionOperation conversion)
        {
            index = conversion.Operand;
        }

        return index switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
    }

    private static bool IsReader(IMethodSymbol method) => method.Name.StartsWith("Read", StringComparison.Ordinal) || method.Name.StartsWith("TryRead", StringComparison.Ordinal) || method.Name.StartsWith("To", StringComparison.Ordinal);

    private static long SizeOf(IMethodSymbol method)
    {
        if (method.TypeArguments.Length == 1)
        {
            return Size(method.TypeArguments[0]);
        }

        string name = method.Name;
        return name.Contains("16") || name.Contains("Half") ? 2 : name.Contains("32") || name.Contains("Single") ? 4 : name.Contains("64") || name.Contains("Double") ? 8 : 16;
    }

    public static long Size(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => 1,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
        _ => ToTheEnd,
    };

    private static bool IsDeliberate(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is IArgumentOperation or IConversionOperation or IInvocationOperation or IFieldReferenceOperation; parent = parent.Parent)
        {
            if (parent is IInvocationOperation { TargetMethod.ContainingType: { Name: "Volatile" or "Interlocked", ContainingNamespace.Name: "Threading" } })
            {
                return true;
            }
        }

        return false;
    }
}
