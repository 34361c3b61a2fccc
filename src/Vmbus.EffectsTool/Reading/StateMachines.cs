using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>Methods that the compiler moved into a class of their own: asynchronous ones and iterators.</summary>
internal static class StateMachines
{
    /// <summary>Whether a method is the body of an asynchronous one.</summary>
    public static bool IsAsync(MethodNode method) => method.Name == "MoveNext" && Implements(method.Owner, "System.Runtime.CompilerServices.IAsyncStateMachine");

    /// <summary>The body that a call of a builder's Start runs at once.</summary>
    public static MethodNode? StartedBy(MethodUse call)
        => call.Name == "Start" && call.MethodArguments is [{ Definition: { } machine }] && Implements(machine, "System.Runtime.CompilerServices.IAsyncStateMachine")
            ? MoveNext(machine)
            : null;

    /// <summary>The body of an iterator, which runs when what the method returns is enumerated, as callers ordinarily do at once.</summary>
    public static MethodNode? EnumeratedBy(MethodNode method, MethodNode constructor)
        => constructor.Owner.Outer == method.Owner
            && constructor.Owner.Name.StartsWith($"<{method.Name}>d__", StringComparison.Ordinal)
            && Implements(constructor.Owner, "System.Collections.IEnumerator")
                ? MoveNext(constructor.Owner)
                : null;

    private static MethodNode? MoveNext(TypeNode machine) => machine.Methods.FirstOrDefault(static m => m.Name == "MoveNext");

    private static bool Implements(TypeNode type, string name) => type.Interfaces.Any(i => i.Name == name);
}
