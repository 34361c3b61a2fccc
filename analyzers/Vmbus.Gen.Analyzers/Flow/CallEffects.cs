using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What a call may change besides what the domain knows of it: what it gets by reference, and the memory that it can reach.</summary>
internal sealed class CallEffects<TState>(FlowInterpreter<TState> interpreter, Evaluator<TState> evaluator)
    where TState : class, IEquatable<TState>
{
    private readonly FlowProgram _program = interpreter.Program;
    private readonly FlowSession _session = interpreter.Session;

    public void Apply(Machine<TState> machine, IOperation operation)
    {
        CallArguments arguments;
        switch (operation.Kind)
        {
            case OperationKind.Invocation:
                var invocation = (IInvocationOperation)operation;
                if (invocation.TargetMethod is { Name: "HasFlag", ContainingType.SpecialType: SpecialType.System_Enum })
                {
                    return;
                }

                arguments = CallArguments.Of(invocation);
                if (FlowProgram.MutatedReceiver(invocation) is { } receiver && _program.TargetOf(receiver) is { } structure)
                {
                    evaluator.Store(machine, structure, machine.Fresh(operation, structure, structure.IsBoolean), operation);
                }

                break;
            case OperationKind.ObjectCreation:
                var creation = (IObjectCreationOperation)operation;
                arguments = CallArguments.Of(creation);
                if (creation.Constructor is not { DeclaringSyntaxReferences.Length: > 0 })
                {
                    ForgetReferences(machine, operation, arguments);
                    return;
                }

                break;
            case OperationKind.Await or OperationKind.DynamicInvocation or OperationKind.FunctionPointerInvocation:
                arguments = CallArguments.None;
                break;
            case OperationKind.PropertyReference:
                var reference = (IPropertyReferenceOperation)operation;
                if (reference.Property.DeclaringSyntaxReferences.Length == 0 || reference.Property.ContainingType.IsValueType || PureMembers.IsTrivialGetter(reference.Property))
                {
                    return;
                }

                arguments = CallArguments.Of(reference, reference.Property.GetMethod ?? reference.Property.SetMethod);
                break;
            default:
                return;
        }

        ForgetReferences(machine, operation, arguments);
        bool mayComeBack = MayComeBack(machine, operation);
        foreach (int id in _program.Volatile)
        {
            Place place = _session.Places[id];
            if (place.Kind == PlaceKind.Field && !mayComeBack)
            {
                continue;
            }

            machine.Write(place, machine.Fresh(operation, place, place.IsBoolean));
        }
    }

    /// <summary>
    /// Whether a call can reach code of this compilation, which alone changes its fields: its own methods, delegates and
    /// interfaces, whoever is given <c>this</c> or a delegate, and whatever runs during an await.
    /// </summary>
    public static bool MayComeBack(Machine<TState> machine, IOperation operation)
    {
        IMethodSymbol? method = operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (method is null || method.DeclaringSyntaxReferences.Length > 0 || method.MethodKind == MethodKind.DelegateInvoke
            || (machine.Session.Compilation.Overrides.MayStandBehind(method) && !ForeignObjects.Contain((operation as IInvocationOperation)?.Instance, machine.Program.CapturedBy)))
        {
            return true;
        }

        for (int i = 0; i < machine.OperandCount; i++)
        {
            if (machine.Operand(i) is Function or Symbol { Origin: Type })
            {
                return true;
            }
        }

        return false;
    }

    private void ForgetReferences(Machine<TState> machine, IOperation call, CallArguments arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments.Parameter(i) is { RefKind: RefKind.Ref or RefKind.Out } && _program.TargetOf(arguments.Source(i)) is { } place)
            {
                evaluator.Store(machine, place, machine.Fresh(call, arguments.Ordinal(i), place.IsBoolean), call);
            }
        }
    }
}
