using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>How an operation has functions run that it does not name as the method it calls.</summary>
internal enum DelegateCallKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It calls a local function.</summary>
    LocalFunction,

    /// <summary>It invokes a delegate.</summary>
    Delegate,

    /// <summary>The framework calls the delegates that it is given, before it returns.</summary>
    InPlace,

    /// <summary>The delegates that it is given run on a thread of their own or of the pool.</summary>
    Passive,

    /// <summary>It reads a Lazy, whose factory may run.</summary>
    LazyValue,
}

/// <summary>Tells the operations that have functions run: those are judged, and no function in which one stands is quiet.</summary>
internal static class DelegateCalls
{
    public static DelegateCallKind KindOf(IOperation operation) => operation.Kind switch
    {
        OperationKind.Invocation => KindOf(((IInvocationOperation)operation).TargetMethod),
        OperationKind.ObjectCreation when ((IObjectCreationOperation)operation).Constructor is { } constructor && PassiveCalls.Runs(constructor) => DelegateCallKind.Passive,
        OperationKind.PropertyReference when ((IPropertyReferenceOperation)operation).Property is { Name: "Value" } property && IsLazy(property.ContainingType) => DelegateCallKind.LazyValue,
        _ => DelegateCallKind.None,
    };

    /// <summary>Whether a type is System.Lazy, with or without metadata.</summary>
    public static bool IsLazy(ITypeSymbol? type) => type is { Name: "Lazy", ContainingType: null } && VmbusSymbols.IsIn(type.ContainingNamespace, "System");

    private static DelegateCallKind KindOf(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.LocalFunction => DelegateCallKind.LocalFunction,
        MethodKind.DelegateInvoke => DelegateCallKind.Delegate,
        _ when InPlaceCalls.RunsInPlace(method) => DelegateCallKind.InPlace,
        _ when PassiveCalls.Runs(method) => DelegateCallKind.Passive,
        _ => DelegateCallKind.None,
    };
}
