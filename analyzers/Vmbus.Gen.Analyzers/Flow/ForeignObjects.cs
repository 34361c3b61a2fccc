using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Objects whose methods are written in other assemblies, whatever they are called through.</summary>
internal static class ForeignObjects
{
    /// <summary>Whether an object is of a type that another assembly has closed, or is the enumerator of such a collection.</summary>
    /// <param name="instance">The object.</param>
    /// <param name="capturedBy">What a capture of the graph stands for.</param>
    public static bool Contain(IOperation? instance, Func<CaptureId, IOperation?> capturedBy)
    {
        while (true)
        {
            switch (instance)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    instance = conversion.Operand;
                    continue;
                case IFlowCaptureReferenceOperation capture when capturedBy(capture.Id) is { } captured && !ReferenceEquals(captured, instance):
                    instance = captured;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "GetEnumerator", Instance: { } collection }:
                    instance = collection;
                    continue;
                default:
                    return instance?.Type is IArrayTypeSymbol or { IsSealed: true, DeclaringSyntaxReferences.Length: 0 };
            }
        }
    }
}
