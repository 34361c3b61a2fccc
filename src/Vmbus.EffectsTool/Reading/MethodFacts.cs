using System.Collections.Concurrent;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>What a caller may rely on without looking at more than the callee's own body.</summary>
/// <param name="resolve">The one method that a call runs; null where it may run several.</param>
/// <param name="enumeratorOfArray">What enumerates arrays.</param>
internal sealed class MethodFacts(Func<CallSite, MethodNode?> resolve, TypeNode? enumeratorOfArray)
{
    /// <summary>The longest body that is looked at for a constant: a constant of 5 bytes and a return.</summary>
    private const int LongestConstantBody = 6;

    private readonly ConcurrentDictionary<MethodNode, (bool NeverReturns, long? Constant)> _facts = new();
    private readonly Dictionary<MethodNode, AbstractValue> _returned = [];

    /// <summary>Whether a method only ever throws, or ends the process.</summary>
    public bool NeverReturns(MethodNode method) => Of(method).NeverReturns;

    /// <summary>Whether a body throws and does nothing else, as base classes have it for what only some of their derived ones can do.</summary>
    public static bool AlwaysThrows(MethodNode method) => method.Body() is { } body && Throws(InstructionReader.Read(body));

    /// <summary>The number that a method always returns, as a switch of the framework does that is off on this platform.</summary>
    public long? ConstantOf(MethodNode method) => Of(method).Constant;

    /// <summary>What a call returns, where the body tells more than the signature: of which class an instance is that is returned as an interface or an abstract class.</summary>
    public AbstractValue? ReturnedBy(CallSite call)
    {
        if (call.Target.Signature.ReturnType.Definition is not { } declared || (!declared.IsInterface && !declared.IsAbstract))
        {
            return null;
        }

        if (call.Receiver.Type is { IsArray: true } && call.Target.Name == "GetEnumerator")
        {
            return enumeratorOfArray is null ? null : new AbstractValue(enumeratorOfArray.Self, IsExact: true);
        }

        if (resolve(call) is not { } method)
        {
            return null;
        }

        if (!_returned.TryGetValue(method, out AbstractValue returned))
        {
            // A method that calls itself returns what its other ways return.
            _returned.Add(method, AbstractValue.Unknown);
            _returned[method] = returned = BodyReader.Read(method, null, this).Returned;
        }

        return returned.Type is { IsArray: true } || (returned.Type?.Definition is { IsInterface: false, FullName: not "System.Object" } known && known != declared) ? returned with { Constant = null } : null;
    }

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
