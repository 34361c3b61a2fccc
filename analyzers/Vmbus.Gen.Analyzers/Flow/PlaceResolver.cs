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
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return Places.Local(local.Local);
            case IParameterReferenceOperation { Parameter: { } parameter }:
                return IsPrimaryConstructorParameter(parameter) ? Places.Member(parameter, parameter.Type) : Places.Parameter(parameter);
            case IFlowCaptureReferenceOperation capture:
                return Places.Capture(capture.Id, capture.Type);
            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: { IsConst: false } field }:
                return Places.Member(field, field.Type);
            case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: { } property } when PureMembers.IsAutomatic(property):
                return Places.Member(property, property.Type);
            default:
                return null;
        }
    }

    /// <summary>The place that an assignment to <paramref name="target"/> changes: what a capture stands for, not the capture.</summary>
    public Place? TargetOf(IOperation target)
    {
        while (true)
        {
            switch (target)
            {
                case IFlowCaptureReferenceOperation capture when _captured.TryGetValue(capture.Id, out IOperation? stands) && !ReferenceEquals(stands, target):
                    if (stands is IInvocationOperation { TargetMethod.RefKind: RefKind.None } or IObjectCreationOperation)
                    {
                        // A value that lies nowhere else, such as the enumerator of a loop.
                        return PlaceOf(target);
                    }

                    target = stands;
                    continue;
                case IDeclarationExpressionOperation declaration:
                    target = declaration.Expression;
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
