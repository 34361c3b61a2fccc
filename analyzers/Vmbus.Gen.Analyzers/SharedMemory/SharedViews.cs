using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.SharedMemory;

/// <summary>What a method is given that the other side can change.</summary>
internal enum SharedParameters
{
    /// <summary>External data and GPADLs only.</summary>
    Data,

    /// <summary>The packet, too, which is read where it lies.</summary>
    Packet,

    /// <summary>Whatever its caller hands it: a helper.</summary>
    All,
}

/// <summary>Which expressions of a method name memory that the other side can change: external data, GPADLs, and the packet itself where it is read in place.</summary>
internal sealed class SharedViews(VmbusTypes types, IMethodSymbol method, SharedParameters shared, SemanticModel model)
{
    /// <summary>The packet's buffer; also what its payload structure lies in, which is told apart by its members.</summary>
    public const string Packet = "packet";

    private const int MaximumDepth = 16;

    private ImmutableHashSet<string>? _writes;

    private readonly Dictionary<ILocalSymbol, IOperation?> _initializers = new(SymbolEqualityComparer.Default);

    /// <summary>The memory that a span is a view of; null if it is no shared memory.</summary>
    public MemoryView? Of(IOperation? operation, int depth = 0)
    {
        if (depth > MaximumDepth)
        {
            return null;
        }

        switch (operation)
        {
            case IConversionOperation conversion:
                return Of(conversion.Operand, depth + 1);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, depth + 1);
            case IParameterReferenceOperation { Parameter: { } parameter } when shared == SharedParameters.All && IsView(parameter.Type) && IsOwn(parameter) && IsFixed(parameter):
                return new MemoryView(parameter, 0);
            case IParameterReferenceOperation { Parameter: { } parameter } when shared == SharedParameters.Packet && (IsSpanOfBytes(parameter.Type) || parameter.Type is IPointerTypeSymbol) && IsOwn(parameter):
                return parameter.GetAttributes().Any(static a => a.AttributeClass?.Name == "RemainderAttribute") ? new MemoryView(parameter, 0) : new MemoryView(Packet, 0);
            case ILocalReferenceOperation { Local: { } local }:
                return InitializerOf(local) is { } initializer && IsView(local.Type) ? OfLocal(local, initializer, depth) : null;
            case IPropertyReferenceOperation { Property: { Name: "Buffer" } property } when shared == SharedParameters.Packet && types.IsInlinePacket(property.ContainingType):
                return new MemoryView(Packet, 0);
            case IPropertyReferenceOperation { Property: { Name: "Span" } property, Instance: { } instance } when IsData(property.ContainingType):
                return RootOf(instance) is { } root ? new MemoryView(root, 0) : null;
            case IInvocationOperation { TargetMethod: { Name: "GetSegment" } called, Instance: { } instance } segment when IsData(called.ContainingType):
                return RootOf(instance) is { } owner ? new MemoryView(owner.Name + "#" + segment.Arguments[0].Value.Syntax, 0) : null;
            case IInvocationOperation { TargetMethod: { Name: "Slice", ContainingType.Name: "Span" or "ReadOnlySpan" }, Instance: { } sliced } slice:
                return Of(sliced, depth + 1) is { } whole && Constant(slice.Arguments[0].Value) is { } start ? new MemoryView(whole.Root, whole.Offset + start) : null;
            case IImplicitIndexerReferenceOperation { Instance: { } sliced, Argument: IRangeOperation range }:
                return Of(sliced, depth + 1) is { } ranged && (range.LeftOperand is null ? 0 : Constant(range.LeftOperand)) is { } from ? new MemoryView(ranged.Root, ranged.Offset + from) : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type: IPointerTypeSymbol { PointedAtType: { } pointed }, LeftOperand: { } advanced, RightOperand: { } by }:
                return Of(advanced, depth + 1) is { } begin && Constant(by) is { } steps && SharedReads.Size(pointed) is var step && step < SharedReads.ToTheEnd ? new MemoryView(begin.Root, begin.Offset + (steps * step)) : null;
            case IAddressOfOperation { Reference: { } pinned }:
                return Of(pinned, depth + 1);
            case IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.Name: "Span" or "ReadOnlySpan" }, Instance: { } view, Arguments: [{ Value: { } first }] } when Constant(first) == 0:
                return Of(view, depth + 1);
            case IInvocationOperation { TargetMethod: { Name: "Cast" or "AsBytes" or "AsRef" or "GetReference", ContainingType.Name: "MemoryMarshal" }, Arguments: { Length: > 0 } arguments }:
                return Of(arguments[0].Value, depth + 1);
            default:
                return null;
        }
    }

    /// <summary>The structure in shared memory that a reference is: a payload taken by reference, or a local reference into a view.</summary>
    public object? StructureOf(IOperation? operation) => operation switch
    {
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.In or RefKind.RefReadOnlyParameter } parameter }
            when shared != SharedParameters.Data && parameter.Type.IsUnmanagedType && IsOwn(parameter) => parameter,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.Ref } parameter } when shared == SharedParameters.All && parameter.Type.IsUnmanagedType && IsOwn(parameter) => parameter,
        { } indirect when PointerOf(indirect) is { } pointer => Of(pointer) is { } memory ? (object)memory : null,
        ILocalReferenceOperation { Local: { RefKind: not RefKind.None } local } when InitializerOf(local) is { } initializer
            => StructureOf(initializer) ?? (Of(initializer) is not null ? local : null),
        _ => null,
    };

    /// <summary>A variable that is written once, and so stays what it is.</summary>
    public bool IsFixed(ISymbol variable) => variable switch
    {
        ILocalSymbol local => InitializerOf(local) is not null,
        IParameterSymbol parameter => !Writes().Contains(parameter.Name),
        _ => false,
    };

    public static long? Constant(IOperation operation)
    {
        // The bounds of a range are converted to an Index.
        while (operation is IConversionOperation { ConstantValue.HasValue: false } conversion)
        {
            operation = conversion.Operand;
        }

        return operation.ConstantValue is { HasValue: true, Value: int number } ? number : null;
    }

    private MemoryView? OfLocal(ILocalSymbol local, IOperation initializer, int depth)
        => Of(initializer, depth + 1) ?? (Base(initializer) is { } inner && Of(inner, depth + 1) is not null ? new MemoryView(local, 0) : null);

    /// <summary>What a view with a place that is not constant is cut from.</summary>
    private static IOperation? Base(IOperation view)
    {
        while (view is IConversionOperation conversion)
        {
            view = conversion.Operand;
        }

        return view switch
        {
            IInvocationOperation { TargetMethod.Name: "Slice", Instance: { } sliced } => sliced,
            IImplicitIndexerReferenceOperation { Instance: { } sliced } => sliced,
            _ => null,
        };
    }

    /// <summary>The pointer that <c>*p</c> and <c>p-&gt;</c> follow, for which the compiler has no operation of its own; null for anything else.</summary>
    public static IOperation? PointerOf(IOperation operation)
        => operation.Kind == OperationKind.None && operation.ChildOperations.Count == 1 && operation.ChildOperations.First() is { Type.TypeKind: TypeKind.Pointer } pointer ? pointer : null;

    /// <summary>What a method knows as data of the other side: the variable or member that stands for it.</summary>
    public ISymbol? DataOf(IOperation operation) => operation.Type is INamedTypeSymbol type && IsData(type) ? RootOf(operation) : null;

    private bool IsOwn(IParameterSymbol parameter) => MethodParameters.Contain(method, parameter);

    private static bool IsView(ITypeSymbol type) => type.Name is "Span" or "ReadOnlySpan" || type.TypeKind == TypeKind.Pointer;

    private static bool IsSpanOfBytes(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "ReadOnlySpan" or "Span", TypeArguments: [{ SpecialType: SpecialType.System_Byte }] };

    private bool IsData(INamedTypeSymbol type) => VmbusTypes.Same(type, types.ExternalData) || VmbusTypes.Same(type, types.Gpadl);

    private static ISymbol? RootOf(IOperation instance) => instance switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        IConversionOperation conversion => RootOf(conversion.Operand),
        _ => null,
    };

    private IOperation? InitializerOf(ILocalSymbol local)
    {
        if (!_initializers.TryGetValue(local, out IOperation? initializer))
        {
            initializer = local.DeclaringSyntaxReferences.Length == 1
                && local.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
                && value.SyntaxTree == model.SyntaxTree
                && (local.RefKind != RefKind.None || !Writes().Contains(local.Name))
                    ? model.GetOperation(value is RefExpressionSyntax reference ? reference.Expression : value)
                    : null;
            _initializers.Add(local, initializer);
        }

        return initializer;
    }

    /// <summary>The names that are written to after their declaration, somewhere in the method.</summary>
    private ImmutableHashSet<string> Writes()
        => _writes ??= method.DeclaringSyntaxReferences.SelectMany(static r => r.GetSyntax().DescendantNodes()).Select(static n => n switch
        {
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.ValueText,
            PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } unary when unary.OperatorToken.ValueText is "++" or "--" => name.Identifier.ValueText,
            PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } unary when unary.OperatorToken.ValueText is "++" or "--" => name.Identifier.ValueText,
            ArgumentSyntax { RefKindKeyword.ValueText: "ref" or "out", Expression: IdentifierNameSyntax name } => name.Identifier.ValueText,
            _ => null,
        }).OfType<string>().ToImmutableHashSet(StringComparer.Ordinal);
}
