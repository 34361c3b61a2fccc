using System.Collections.Concurrent;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>What a caller may rely on without looking at more than the callee's own body.</summary>
internal sealed class MethodFacts
{
    /// <summary>The longest body that is looked at for a constant: a constant of 5 bytes and a return.</summary>
    private const int LongestConstantBody = 6;

    private readonly ConcurrentDictionary<MethodNode, (bool NeverReturns, long? Constant)> _facts = new();

    /// <summary>Whether a method only ever throws, or ends the process.</summary>
    public bool NeverReturns(MethodNode method) => Of(method).NeverReturns;

    /// <summary>Whether a body throws and does nothing else, as base classes have it for what only some of their derived ones can do.</summary>
    public static bool AlwaysThrows(MethodNode method) => method.Body() is { } body && Throws(InstructionReader.Read(body));

    /// <summary>The number that a method always returns, as a switch of the framework does that is off on this platform.</summary>
    public long? ConstantOf(MethodNode method) => Of(method).Constant;

    private (bool NeverReturns, long? Constant) Of(MethodNode method) => _facts.GetOrAdd(method, static m => Read(m));

    private static (bool NeverReturns, long? Constant) Read(MethodNode method)
    {
        if ((method.IsVirtual && !method.IsFinal) || method.Body() is not { } body)
        {
            return (method.HasAttribute("DoesNotReturnAttribute"), null);
        }

        List<Instruction> code = InstructionReader.Read(body);
        long? constant = body.GetILReader().Length <= LongestConstantBody && code.Count == 2 && code[1].Code == OpCodes.Ret ? Constants.Loaded(code[0]) : null;
        return (Throws(code) || method.HasAttribute("DoesNotReturnAttribute"), constant);
    }

    private static bool Throws(List<Instruction> code) => code.TrueForAll(static i => i.Code != OpCodes.Ret) && code.Exists(static i => i.Code == OpCodes.Throw);
}
