using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;
using SymbolKind = Vmbus.Gen.Analyzers.Flow.SymbolKind;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// Waits for the channel whose callback makes them: at once, or where the task that stands for the wait is waited for.
/// </summary>
internal sealed class SelfWaits(IrqlPass pass)
{
    private static readonly object WaitOf = new();

    private readonly Dictionary<IOperation, List<IrqlFinding>> _begun = [];

    /// <summary>A call that returns only when the channel has paused, closed or answered.</summary>
    public void Note(Machine<IrqlState> machine, IMethodSymbol method, IOperation operation, LevelSet levels)
    {
        if (KindOf(method, isAsync: false) is not SelfWait.None and var kind && machine.OperandCount > 0 && pass.ParameterOf(machine.Operand(0)) is { } parameter)
        {
            Location location = operation.Syntax.GetLocation();
            pass.Note(machine, location, Create(method, location, levels, kind, parameter));
        }
    }

    /// <summary>A call that returns a task for such a wait.</summary>
    public void Begin(Machine<IrqlState> machine, IMethodSymbol method, IOperation operation)
    {
        if (KindOf(method, isAsync: true) is not SelfWait.None and var kind && machine.OperandCount > 0 && pass.ParameterOf(machine.Operand(0)) is { } parameter)
        {
            Location location = operation.Syntax.GetLocation();
            Begin(machine, operation, Create(method, location, LevelSet.All, kind, parameter));
        }
    }

    /// <summary>A called function waits for a channel that it is given.</summary>
    public void Pass(Machine<IrqlState> machine, IrqlFinding finding, Value? channel, IOperation operation)
    {
        if (pass.ParameterOf(channel) is not { } parameter)
        {
            return;
        }

        IrqlFinding here = finding with { Parameter = MethodParameters.OrdinalOf(parameter) };
        if (finding.WhenAwaited)
        {
            Begin(machine, operation, here);
        }
        else
        {
            pass.Note(machine, operation.Syntax.GetLocation(), here);
        }
    }

    /// <summary>A task is waited for: now the waits that it stands for happen.</summary>
    public void Finish(Machine<IrqlState> machine, Value? task)
    {
        foreach (IrqlFinding wait in WaitsOf(task))
        {
            pass.Note(machine, wait.Way.Step.Location, wait with { WhenAwaited = pass.Function.Method.IsAsync });
        }
    }

    /// <summary>A task is returned: whoever awaits the function's result waits.</summary>
    public void Return(Value? task)
    {
        foreach (IrqlFinding wait in WaitsOf(task))
        {
            if (pass.Function.IsOpen)
            {
                pass.Findings.Add(wait with { WhenAwaited = true });
            }
            else if (pass.Function.IsCallback && (wait.Wait == SelfWait.ForCallbacks || pass.Function.IsStart))
            {
                // What a callback returns, generated code waits for.
                pass.Findings.Report(wait.Way.Step.Location, wait);
            }
        }
    }

    private static IrqlFinding Create(IMethodSymbol method, Location location, LevelSet levels, SelfWait kind, IParameterSymbol parameter)
        => new(IrqlRule.WaitsForItself, levels, "", new CallWay(new CallStep(IrqlModel.NameOf(method), location))) { Wait = kind, Parameter = MethodParameters.OrdinalOf(parameter) };

    private void Begin(Machine<IrqlState> machine, IOperation operation, IrqlFinding wait)
    {
        if (!_begun.TryGetValue(operation, out List<IrqlFinding>? waits))
        {
            _begun.Add(operation, waits = []);
        }

        if (!waits.Contains(wait))
        {
            waits.Add(wait);
        }

        machine.Result = pass.Session.Values.Derived(WaitOf, operation, pass.Entry, null, isBoolean: false);
    }

    private IEnumerable<IrqlFinding> WaitsOf(Value? task)
        => task is Symbol { Kind: SymbolKind.Derived, Detail: IOperation operation } symbol && ReferenceEquals(symbol.Origin, WaitOf) && _begun.TryGetValue(operation, out List<IrqlFinding>? waits)
            ? waits
            : [];

    /// <summary>Whether a method of a channel is such a wait, or begins one.</summary>
    public static bool IsWait(IMethodSymbol method) => KindOf(method.Name, isAsync: false) != SelfWait.None || KindOf(method.Name, isAsync: true) != SelfWait.None;

    private SelfWait KindOf(IMethodSymbol method, bool isAsync)
        => VmbusTypes.Same(pass.Model.Types.VmbusChannel, method.ContainingType) ? KindOf(method.Name, isAsync) : SelfWait.None;

    private static SelfWait KindOf(string method, bool isAsync) => (method, isAsync) switch
    {
        ("Pause" or "Disable" or "Dispose", false) => SelfWait.ForCallbacks,
        ("PauseAsync" or "DisableAsync" or "DisposeAsync", true) => SelfWait.ForCallbacks,
        ("SendSynchronousRequest", false) => SelfWait.ForStart,
        ("SendRequestAsync", true) => SelfWait.ForStart,
        _ => SelfWait.None,
    };
}
