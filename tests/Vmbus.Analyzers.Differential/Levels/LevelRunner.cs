using System.Collections.Immutable;
using System.Reflection;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Oracle;
using Vmbus.Analyzers.Differential.Oracle.Choices;
using Vmbus.Analyzers.Differential.Oracle.Levels;
using Vmbus.Analyzers.Differential.Oracle.Packets;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Learns by running it at which levels a program reaches what.</summary>
internal static class LevelRunner
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    public static ProgramTruth Run(Type program, string text)
    {
        CallExceptions exceptions = ProgramExceptions.Of(text);
        ImmutableArray<(MethodInfo Method, Irql Level)> starts =
        [
            .. from method in program.GetMethods(Declared)
               where method.Name == "Handle" || HasContract(method)
               from level in LevelsOf(method)
               select (method, level),
        ];
        return PathEnumerator.Run(script => new LevelPath(script, exceptions), path => RunPath(path, program, starts), text);
    }

    /// <summary>A function with a contract is called by others, too; at each level that it allows.</summary>
    private static bool HasContract(MethodInfo method)
        => !method.Name.Contains('<', StringComparison.Ordinal)
            && (method.IsDefined(typeof(IrqlRequiresMaxAttribute)) || method.IsDefined(typeof(IrqlRequiresAttribute)) || method.IsDefined(typeof(IrqlRequiresMinAttribute)));

    private static ImmutableArray<Irql> LevelsOf(MethodInfo method)
    {
        if (method.GetCustomAttribute<ProcessPacketAttribute>() is { } handler)
        {
            return handler.Irql == Irql.Passive ? [Irql.Passive] : [Irql.Passive, Irql.Dispatch];
        }

        Irql minimum = method.GetCustomAttribute<IrqlRequiresMinAttribute>()?.Irql ?? method.GetCustomAttribute<IrqlRequiresAttribute>()?.Irql ?? Irql.Passive;
        Irql maximum = method.GetCustomAttribute<IrqlRequiresMaxAttribute>()?.Irql ?? method.GetCustomAttribute<IrqlRequiresAttribute>()?.Irql ?? Irql.Dispatch;
        return [.. Enum.GetValues<Irql>().Where(l => l >= minimum && l <= maximum)];
    }

    private static void RunPath(LevelPath path, Type program, ImmutableArray<(MethodInfo Method, Irql Level)> starts)
    {
        (MethodInfo method, Irql level) = starts[starts.Length == 1 ? 0 : path.Choose(starts.Length)];
        object driver = Activator.CreateInstance(program)!;
        try
        {
            IrqlScope called = KernelIrql.Raise(level);
            Exception? exception = null;
            try
            {
                Invoke(method, driver);
            }
            catch (Exception e) when (e is TransferException or DeviceException or InvalidOperationException)
            {
                exception = e;
            }

            path.IsOver = true;
            path.Leave(method.Name, KernelIrql.Current == level && (level == Irql.Passive || IsInnermost(called)), exception);
            Action[] stored = [.. driver.GetType().GetFields(Declared).Select(f => f.GetValue(driver)).OfType<IEnumerable<Action>>().SelectMany(static a => a)];
            foreach (Action action in stored)
            {
                path.RunLater(action);
            }
        }
        finally
        {
            KernelIrql.Lower(Irql.Passive);
        }
    }

    /// <summary>Whether no raise after this one is open.</summary>
    private static bool IsInnermost(IrqlScope scope)
    {
        try
        {
            scope.Dispose();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Invoke(MethodInfo method, object driver)
    {
        if (method.GetParameters() is [{ ParameterType: var type }] && type == typeof(PacketCompletion))
        {
            method.CreateDelegate<OnPacket>(driver)(TestPacket.Create([1, 2, 3, 4]).Completion);
        }
        else
        {
            method.Invoke(driver, BindingFlags.DoNotWrapExceptions, null, null, null);
        }
    }
}
