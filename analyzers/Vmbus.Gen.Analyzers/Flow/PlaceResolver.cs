using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Tells which place an operation of a graph names.</summary>
internal sealed class PlaceResolver(PlaceTable places)
{
    private readonly Dictionary<CaptureId, IOperation> _captured = [];

    public PlaceTable Places { get; } = places;

    public void Capture(IFlowCaptureOperation capture) => _captured[capture.Id] = capture.Value;

    public IOperation? CapturedBy(CaptureId capture) => _captured.TryGetValue(capture, out IOperation? operation) ? operation : null;

    /// <summary>The place that an operation names; null for anything else.</summary>
    public Place? PlaceOf(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.LocalReference:
                return Places.Local(((ILocalReferenceOperation)operation).Local);
            case OperationKind.ParameterReference:
                IParameterSymbol parameter = ((IParameterReferenceOperation)operation).Parameter;
                return IsPrimaryConstructorParameter(parameter) ? Places.Member(parameter, parameter.Type) : Places.Parameter(parameter);
            case OperationKind.FlowCaptureReference:
                return Places.Capture(((IFlowCaptureReferenceOperation)operation).Id, operation.Type);
            case OperationKind.FieldReference:
                var field = (IFieldReferenceOperation)operation;
                return field.Instance is null or IInstanceReferenceOperation && !field.Field.IsConst ? Places.Member(field.Field, field.Field.Type) : null;
            case OperationKind.PropertyReference:
                var property = (IPropertyReferenceOperation)operation;
                return property.Instance is null or IInstanceReferenceOperation && PureMembers.IsAutomatic(property.Property)
                    ? Places.Member(property.Property, property.Property.Type)
                    : null;
            default:
                return null;
        }
    }

    /// <summary>The place that an assignment to <paramref name="target"/> changes: what a capture stands for, not the capture.</summary>
    public Place? TargetOf(IOperation target)
    {
        while (true)
        {
            switch (target.Kind)
            {
                case OperationKind.FlowCaptureReference when _captured.TryGetValue(((IFlowCaptureReferenceOperation)target).Id, out IOperation? stands) && !ReferenceEquals(stands, target):
                    if (stands is IInvocationOperation { TargetMethod.RefKind: RefKind.None } or IObjectCreationOperation)
                    {
                        // A value that lies nowhere else, such as the enumerator of a loop.
                        return PlaceOf(target);
                    }

                    target = stands;
                    continue;
                case OperationKind.DeclarationExpression:
                    target = ((IDeclarationExpressionOperation)target).Expression;
                    continue;
                default:
                    return PlaceOf(target);
            }
        }
    }

    private static bool IsPrimaryConstructorParameter(IParameterSymbol parameter)
        => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            && constructor.DeclaringSyntaxReferences.Length == 1
            && constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax;
}
