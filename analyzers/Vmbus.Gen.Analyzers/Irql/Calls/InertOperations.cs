using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>The operations, most of all that there are, that call nothing and say nothing of the level.</summary>
internal static class InertOperations
{
    public static bool Contain(IOperation operation)
        => operation.Kind is OperationKind.LocalReference or OperationKind.ParameterReference or OperationKind.Literal or OperationKind.FlowCapture or OperationKind.FlowCaptureReference
            or OperationKind.InstanceReference or OperationKind.Argument or OperationKind.ExpressionStatement
            || (operation.Kind == OperationKind.SimpleAssignment && !ImpliedTargets.Pins(operation));
}
