using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>The kinds of operation, most of all that there are, that call nothing and say nothing of the level.</summary>
internal static class InertOperations
{
    public static bool Contain(OperationKind kind)
        => kind is OperationKind.LocalReference or OperationKind.ParameterReference or OperationKind.Literal or OperationKind.FlowCapture or OperationKind.FlowCaptureReference
            or OperationKind.InstanceReference or OperationKind.Argument or OperationKind.ExpressionStatement or OperationKind.SimpleAssignment;
}
