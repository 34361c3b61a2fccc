using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Calls that are given packets, or that give one: by contract, by what the framework is known to do, by the callee's body.</summary>
internal sealed class PacketCalls(PacketContracts contracts, PacketParts parts, CompletionOptions options, PacketLedger ledger, PacketActions actions, PacketCallees callees, KeptViews kept, PacketOverwrites overwrites)
{
    private VmbusTypes Types => contracts.Types;

    /// <summary>A call that is given packets, or that gives one.</summary>
    public void Pass(
        Machine<PacketStates> machine,
        IOperation call,
        IMethodSymbol method,
        CallArguments arguments)
    {
        if (Swap(machine, call, method))
        {
            return;
        }

        callees.LendViews(machine, call, method, arguments);
        if (callees.SummaryOf(machine, call, method, arguments) is { } summary)
        {
            ApplyContracts(machine, call, method, arguments, onlyAttributes: true);
            callees.Apply(machine, summary, call, method, arguments);
            return;
        }

        ApplyContracts(machine, call, method, arguments, onlyAttributes: false);
        if (InPlaceCalls.RunsInPlace(method) && call is IInvocationOperation && Enumerable.Range(0, machine.OperandCount).Select(machine.Operand).OfType<Function>().FirstOrDefault() is { } called)
        {
            // It may be called once, or not at all.
            Machine<PacketStates> uncalled = machine.Fork();
            if (!machine.Run(called, [], call))
            {
                uncalled.Stop();
            }

            return;
        }

        if (Types.IsPendingPacket(method.ReturnType) && call is IInvocationOperation)
        {
            Symbol result = machine.Fresh(call, null, isBoolean: false);
            machine.Result = result;
            bool isFramework = NamespaceNames.IsFramework(method);
            if (!isFramework || (PacketTransfers.Of(method) & PacketTransfer.Take) != 0)
            {
                actions.Take(machine, result, call);
            }
        }
        else if (call is IInvocationOperation && (PacketTransfers.Of(method) & PacketTransfer.Take) != 0 && parts.Has(method.ReturnType))
        {
            TakeParts(machine, call, method.ReturnType);
        }

        TakeOut(machine, call, method, arguments);
    }

    /// <summary>A value with packets as parts that comes out of a store once it is waited for.</summary>
    public void TakeAwaited(Machine<PacketStates> machine, IAwaitOperation awaiting)
    {
        if (Awaited(awaiting.Operation) is IInvocationOperation { TargetMethod: { } method } && (PacketTransfers.Of(method) & PacketTransfer.Take) != 0)
        {
            TakeParts(machine, awaiting, awaiting.Type!);
        }
    }

    private Aggregate TakeParts(Machine<PacketStates> machine, IOperation operation, ITypeSymbol type)
    {
        var packets = new List<(Symbol Packet, string Name)>();
        Aggregate whole = parts.Make(machine, operation, type, packets);
        actions.TakeParts(machine, whole, packets, operation);
        return whole;
    }

    /// <summary>An operator or a conversion: what it says of its operands, and what its body does with them.</summary>
    public void Operate(Machine<PacketStates> machine, IOperation operation, in AppliedOperator applied)
    {
        CallArguments arguments = CallArguments.Of(applied);
        ApplyContracts(machine, operation, applied.Method, arguments, onlyAttributes: true);
        callees.Operate(machine, operation, applied.Method, arguments);
    }

    private void ApplyContracts(
        Machine<PacketStates> machine,
        IOperation call,
        IMethodSymbol method,
        CallArguments arguments,
        bool onlyAttributes)
    {
        PacketTransfer transfer = onlyAttributes ? PacketTransfer.None : PacketTransfers.Of(method);
        for (int i = 0; i < arguments.Count; i++)
        {
            Value? value = arguments.Operand(machine, i);
            if (arguments.Parameter(i) is not { } parameter || value is not (Symbol or Aggregate or Function))
            {
                continue;
            }

            if (value is Symbol packet && Types.IsPacket(parameter.Type))
            {
                switch (contracts.KindOf(parameter) is not PacketDutyKind.None and var said ? said : options.Completes(method) ? PacketDutyKind.Completes : PacketDutyKind.None)
                {
                    case PacketDutyKind.Completes:
                        actions.Retire(machine, packet, call);
                        continue;
                    case PacketDutyKind.Borrows:
                        continue;
                }
            }

            if (onlyAttributes && value is Symbol)
            {
                continue;
            }

            if (value is Aggregate && HasSource(method))
            {
                // What its body does with an element is not followed.
                actions.HandOn(machine, value, call);
            }
            else if (value is Symbol read && Types.IsPendingPacket(parameter.Type) && machine.State.Of(read) == PacketStatus.None && method.MethodKind != MethodKind.PropertyGet)
            {
                // It came out of a field or an element, and is somebody else's from now on.
                machine.State = machine.State.With(read, PacketStatus.Unknown);
            }
            else if (value is Function function)
            {
                if (!InPlaceCalls.RunsInPlace(method))
                {
                    actions.HandOn(machine, function, call);
                }
            }
            else if ((transfer & PacketTransfer.Refuse) != 0 && machine.Result is null && CarriesPacket(machine, value))
            {
                Symbol accepted = machine.Fresh(call, null, isBoolean: true);
                Machine<PacketStates> refused = machine.Fork();
                refused.Constrain(accepted, IntervalSet.False);
                refused.Path = PathStep.Append(refused.Path, PathStepKind.WhenFalse, call);
                refused.Result = accepted;
                machine.Constrain(accepted, IntervalSet.True);
                machine.Result = accepted;
                actions.Store(machine, value, call);
            }
            else if ((transfer & PacketTransfer.Store) != 0 && ViewTypes.IsUnchecked(arguments.Source(i).Type) && ledger.Views.Of(value) is { IsEmpty: false } views)
            {
                kept.Report(machine, call, views);
            }
            else if ((transfer & PacketTransfer.Store) != 0)
            {
                actions.Store(machine, value, call);
            }
            else if (call is IObjectCreationOperation && !HasBody(method))
            {
                actions.HandOn(machine, value, call);
            }
        }
    }

    private static bool HasSource(IMethodSymbol method) => method.DeclaringSyntaxReferences.Length > 0;

    /// <summary>A store into a place only if that holds a given value: the answer tells.</summary>
    private bool Swap(Machine<PacketStates> machine, IOperation call, IMethodSymbol method)
    {
        if ((PacketTransfers.Of(method) & PacketTransfer.Swap) == 0 || machine.OperandCount != 3 || !Types.IsPendingPacket(method.ReturnType))
        {
            return false;
        }

        Symbol before = machine.Fresh(call, null, isBoolean: false);
        Machine<PacketStates> refused = machine.Fork();
        machine.Result = before;
        refused.Result = before;
        actions.Store(machine, machine.Operand(1), call);
        if (machine.IsNull(machine.Operand(2)) == true)
        {
            machine.Assume(machine.NullTest(before), sense: true);
            refused.AssumeNotNull(before);
        }

        return true;
    }

    private static bool CarriesPacket(Machine<PacketStates> machine, Value value) => value switch
    {
        Symbol symbol => machine.State.Of(symbol) != PacketStatus.None,
        Aggregate tuple => tuple.Elements.Any(e => CarriesPacket(machine, e)),
        _ => false,
    };

    private static bool HasBody(IMethodSymbol constructor)
        => constructor.DeclaringSyntaxReferences.Length == 1
            && constructor.DeclaringSyntaxReferences[0].GetSyntax() is ConstructorDeclarationSyntax;

    /// <summary>Packets that come out through <c>out</c> parameters: only where the call answers true, if it answers at all.</summary>
    private void TakeOut(Machine<PacketStates> machine, IOperation call, IMethodSymbol method, CallArguments arguments)
    {
        bool isFramework = NamespaceNames.IsFramework(method);
        if (isFramework && (PacketTransfers.Of(method) & PacketTransfer.Take) == 0)
        {
            return;
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments.Parameter(i) is not { RefKind: RefKind.Out } parameter || !(Types.IsPendingPacket(parameter.Type) || (isFramework && parts.Has(parameter.Type))) || machine.Program.TargetOf(arguments.Source(i)) is not { } place)
            {
                continue;
            }

            IOperation argument = arguments.Source(i);
            Value? taken = Types.IsPendingPacket(parameter.Type) ? machine.Fresh(call, parameter, isBoolean: false) : null;
            overwrites.Check(machine, arguments.Operand(machine, i), null, argument, call);
            if (method.ReturnType.SpecialType == SpecialType.System_Boolean)
            {
                Symbol answer = machine.Fresh(call, null, isBoolean: true);
                Machine<PacketStates> none = machine.Fork();
                none.Constrain(answer, IntervalSet.False);
                none.Write(place, Constant.Null);
                none.Result = answer;
                machine.Constrain(answer, IntervalSet.True);
                taken = Take(machine, taken as Symbol, argument, parameter.Type);
                if (taken is Symbol packet)
                {
                    machine.AssumeNotNull(packet);
                }

                machine.Result = answer;
            }
            else
            {
                Value? result = machine.Result;
                taken = Take(machine, taken as Symbol, argument, parameter.Type);
                machine.Result = result;
            }

            machine.Write(place, taken);
            if (place.Symbol is ILocalSymbol local)
            {
                ledger.Name(taken, local, argument.Syntax);
            }
            else
            {
                // Straight into a field or an array: nobody here owes it.
                actions.HandOn(machine, taken, call);
            }

            return;
        }
    }

    private Value Take(Machine<PacketStates> machine, Symbol? packet, IOperation argument, ITypeSymbol type)
    {
        if (packet is null)
        {
            return TakeParts(machine, argument, type);
        }

        actions.Take(machine, packet, argument);
        return packet;
    }

    public static bool IsTakenAsync(IOperation awaited)
        => Awaited(awaited) is IInvocationOperation { TargetMethod: { } method }
            && (!NamespaceNames.IsFramework(method) || (PacketTransfers.Of(method) & PacketTransfer.Take) != 0);

    /// <summary>The call whose task is awaited.</summary>
    public static IOperation Awaited(IOperation awaited)
    {
        while (IsDressing(awaited))
        {
            awaited = ((IInvocationOperation)awaited).Instance!;
        }

        return awaited;
    }

    /// <summary>Whether the task of a call is awaited where it is made, so that an exception in it is one of the call.</summary>
    public static bool IsAwaited(IOperation call)
    {
        IOperation? user = call.Parent;
        while (IsDressing(user))
        {
            user = user!.Parent;
        }

        return user is IAwaitOperation;
    }

    /// <summary>Whether an operation makes of a task what is awaited in its place.</summary>
    private static bool IsDressing(IOperation? operation) => operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: not null };
}
