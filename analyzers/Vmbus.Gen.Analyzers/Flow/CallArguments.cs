using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// What a call passes for the parameters of what it calls, however it is written: the receiver of an extension block's member and the operands of an operator are
/// arguments like any other. The object that a method belongs to is none.
/// </summary>
internal readonly struct CallArguments
{
    private readonly IOperation? _head;
    private readonly IParameterSymbol? _headParameter;
    private readonly ImmutableArray<IArgumentOperation> _arguments;
    private readonly IOperation? _tail;
    private readonly IParameterSymbol? _tailParameter;

    /// <summary>The operand that the first argument is.</summary>
    private readonly int _first;

    private CallArguments(IMethodSymbol? method, IOperation? instance, ImmutableArray<IArgumentOperation> arguments)
    {
        _headParameter = instance is null || method is null ? null : ExtensionBlocks.ReceiverOf(method);
        _head = _headParameter is null ? null : instance;
        _arguments = arguments;
        _first = instance is null || _head is not null ? 0 : 1;
    }

    private CallArguments(IOperation? head, IParameterSymbol? headParameter, IOperation? tail, IParameterSymbol? tailParameter, int first)
    {
        _head = headParameter is null ? null : head;
        _headParameter = headParameter;
        _arguments = [];
        _tail = tailParameter is null ? null : tail;
        _tailParameter = tailParameter;
        _first = first;
    }

    public static CallArguments None => new(null, null, []);

    public int Count => (_head is null ? 0 : 1) + _arguments.Length + (_tail is null ? 0 : 1);

    public static CallArguments Of(IInvocationOperation invocation) => new(invocation.TargetMethod, invocation.Instance, invocation.Arguments);

    public static CallArguments Of(IObjectCreationOperation creation) => new(null, null, creation.Arguments);

    /// <param name="property">The reference.</param>
    /// <param name="accessor">The accessor that it calls; the value that a setter is given is not among what is passed here.</param>
    public static CallArguments Of(IPropertyReferenceOperation property, IMethodSymbol? accessor) => new(accessor, property.Instance, property.Arguments);

    public static CallArguments Of(IMethodSymbol method, IOperation? instance, ImmutableArray<IArgumentOperation> arguments) => new(method, instance, arguments);

    /// <summary>What an assignment passes to the setter of a property in an extension block, if its operands are the receiver and the value.</summary>
    public static CallArguments OfSetter(IMethodSymbol setter, IOperation receiver, IOperation value)
        => new(receiver, ExtensionBlocks.ReceiverOf(setter), value, setter.Parameters.LastOrDefault(), first: 0);

    /// <summary>What an operation passes to the operator that it stands for.</summary>
    public static CallArguments Of(in AppliedOperator applied)
    {
        ImmutableArray<IParameterSymbol> parameters = MethodParameters.Of(applied.Method);
        bool isOfObject = !applied.Method.IsStatic && ExtensionBlocks.ReceiverOf(applied.Method) is null;
        return isOfObject
            ? new(null, null, applied.Right, parameters.Length > 0 ? parameters[0] : null, first: 1)
            : new(applied.Left, parameters.Length > 0 ? parameters[0] : null, applied.Right, parameters.Length > 1 ? parameters[1] : null, first: 0);
    }

    /// <summary>The parameter that an argument is for; null if the code is wrong.</summary>
    public IParameterSymbol? Parameter(int index)
        => IsHead(ref index) ? _headParameter : index < _arguments.Length ? _arguments[index].Parameter : _tailParameter;

    /// <summary>The ordinal of that parameter, as <see cref="MethodParameters"/> counts; -1 if the code is wrong.</summary>
    public int Ordinal(int index)
    {
        int before = _head is null ? 0 : 1;
        return IsHead(ref index) ? 0
            : index < _arguments.Length ? _arguments[index].Parameter is { } parameter ? parameter.Ordinal + before : -1
            : index + before;
    }

    /// <summary>The expression that is passed.</summary>
    public IOperation Source(int index) => IsHead(ref index) ? _head! : index < _arguments.Length ? _arguments[index].Value : _tail!;

    /// <summary>The value that is passed; null if nothing is known of it.</summary>
    public Value? Operand<TState>(Machine<TState> machine, int index)
        where TState : class, IEquatable<TState>
        => _first + index < machine.OperandCount ? machine.Operand(_first + index) : null;

    /// <summary>The expression for a parameter; null if the call passes none.</summary>
    public IOperation? SourceFor(int ordinal) => IndexOf(ordinal) is >= 0 and int index ? Source(index) : null;

    /// <summary>The value for a parameter; null if nothing is known of it.</summary>
    public Value? ValueFor<TState>(Machine<TState> machine, int ordinal)
        where TState : class, IEquatable<TState>
        => IndexOf(ordinal) is >= 0 and int index ? Operand(machine, index) : null;

    private int IndexOf(int ordinal)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (Ordinal(i) == ordinal)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether an index means the head; otherwise it is counted from behind that.</summary>
    private bool IsHead(ref int index) => _head is not null && index-- == 0;
}
