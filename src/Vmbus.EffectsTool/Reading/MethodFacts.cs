using System.Collections.Concurrent;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>What a caller may rely on without looking at more than the callee's own body.</summary>
/// <param name="resolve">The methods that a call runs, as far as they are known.</param>
/// <param name="enumeratorOfArray">What enumerates arrays.</param>
internal sealed class MethodFacts(Func<CallSite, IReadOnlyList<MethodNode>> resolve, TypeNode? enumeratorOfArray)
{
    /// <summary>The longest body that is looked at for a constant: a constant of 5 bytes and a return.</summary>
    private const int LongestConstantBody = 6;

    private readonly ConcurrentDictionary<MethodNode, (bool NeverReturns, long? Constant)> _facts = new();
    private readonly Dictionary<MethodNode, AbstractValue> _returned = [];
    private readonly Dictionary<string, AbstractValue> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<MethodNode, (string Field, OpCode Code)[]> _accesses = [];
    private readonly Dictionary<TypeNode, MethodNode[]> _methodsWithin = [];
    private readonly Dictionary<Metadata.AssemblyFile, ILookup<string, MethodNode>> _accessors = [];

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

        IReadOnlyList<MethodNode> targets = resolve(call);
        AbstractValue? all = null;
        foreach (MethodNode method in targets.Count > 1 && call.Target.Owner.IsInterface ? [] : targets.Where(static t => !AlwaysThrows(t)))
        {
            AbstractValue returned = ReturnedBy(method);
            all = all is { } known ? known.Merge(returned) : returned;
        }

        return all is { Type: { } type } && TellsMore(type, declared)
            ? all.Value with { Constant = null, IsExact = all.Value.IsExact && targets.Count == 1 }
            : null;
    }

    /// <summary>What is known of the values of a field, where only its own type or assembly can set it: which class they are of, if it is declared as an interface or an abstract class.</summary>
    public AbstractValue StoredIn(TypeNode owner, string field, TypeSignature declared)
    {
        if (declared.Definition is not { } contract || (!contract.IsInterface && !contract.IsAbstract) || !(owner.IsPrivateField(field) || owner.IsInternalField(field)))
        {
            return AbstractValue.Unknown;
        }

        string name = NameOf(owner, field);
        if (!_stored.TryGetValue(name, out AbstractValue stored))
        {
            _stored.Add(name, AbstractValue.Unknown);
            _stored[name] = stored = ReadStores(owner, field, contract);
        }

        return stored;
    }

    /// <summary>The static fields that a method sets, or hands the address of to what may set them.</summary>
    public IEnumerable<string> StaticsStoredBy(MethodNode method)
        => AccessesOf(method.General ?? method).Where(static a => a.Code == OpCodes.Stsfld || a.Code == OpCodes.Ldsflda).Select(static a => a.Field);

    /// <summary>What tells a field apart.</summary>
    public static string NameOf(TypeNode? owner, string field) => $"{owner?.FullName}.{field}";

    /// <summary>What is known of the values that a body returns.</summary>
    public AbstractValue ReturnedBy(MethodNode method)
    {
        if (!_returned.TryGetValue(method, out AbstractValue returned))
        {
            // A method that calls itself returns what its other ways return.
            _returned.Add(method, AbstractValue.Unknown);
            _returned[method] = returned = BodyReader.Read(method, null, this).Returned;
        }

        return returned;
    }

    private AbstractValue ReadStores(TypeNode owner, string field, TypeNode declared)
    {
        AbstractValue? all = null;
        string name = NameOf(owner, field);
        foreach (MethodNode method in owner.IsPrivateField(field) ? MethodsWithin(owner) : AccessorsIn(owner.File)[name].Distinct())
        {
            (string Field, OpCode Code)[] accesses = AccessesOf(method);
            if (Array.Exists(accesses, a => a.Field == name && (a.Code == OpCodes.Ldflda || a.Code == OpCodes.Ldsflda)))
            {
                return AbstractValue.Unknown;
            }

            if (!Array.Exists(accesses, a => a.Field == name && (a.Code == OpCodes.Stfld || a.Code == OpCodes.Stsfld)))
            {
                continue;
            }

            foreach ((TypeNode at, string stored, AbstractValue value) in BodyReader.Read(method, null, this).Stored)
            {
                if (at == owner && stored == field && value is not { Type: null, Constant: 0 })
                {
                    all = all is { } known ? known.Merge(value) : value;
                }
            }
        }

        return all is { Type: { } type } && TellsMore(type, declared)
            ? new AbstractValue(type, all.Value.IsExact, IsOverMemory: all.Value.IsOverMemory)
            : AbstractValue.Unknown;
    }

    /// <summary>Whether a type that a value has says more than the interface or abstract class that it is declared as.</summary>
    private static bool TellsMore(TypeSignature type, TypeNode declared)
        => type.IsArray || (type.Definition is { IsInterface: false, FullName: not "System.Object" } one && one != declared);

    /// <summary>The methods of a type, and of the types inside it.</summary>
    private MethodNode[] MethodsWithin(TypeNode type)
    {
        if (!_methodsWithin.TryGetValue(type, out MethodNode[]? methods))
        {
            _methodsWithin.Add(type, methods = [.. type.File.Types.Where(t => IsIn(t, type)).SelectMany(static t => t.Methods)]);
        }

        return methods;
    }

    /// <summary>The methods of an assembly by the fields that they store in, or load the address of.</summary>
    private ILookup<string, MethodNode> AccessorsIn(Metadata.AssemblyFile file)
    {
        if (!_accessors.TryGetValue(file, out ILookup<string, MethodNode>? accessors))
        {
            _accessors.Add(file, accessors = file.Types.SelectMany(static t => t.Methods)
                .SelectMany(m => AccessesOf(m).Select(a => (a.Field, Method: m)))
                .ToLookup(static a => a.Field, static a => a.Method, StringComparer.Ordinal));
        }

        return accessors;
    }

    private static bool IsIn(TypeNode? type, TypeNode outer)
    {
        for (; type is not null; type = type.Outer)
        {
            if (type == outer)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fields that a body stores in, or loads the address of: of a static field, unless that is only read from.</summary>
    private (string Field, OpCode Code)[] AccessesOf(MethodNode method)
    {
        if (!_accesses.TryGetValue(method, out (string, OpCode)[]? accesses))
        {
            _accesses.Add(method, accesses = [.. ReadAccesses(method)]);
        }

        return accesses;
    }

    private static IEnumerable<(string Field, OpCode Code)> ReadAccesses(MethodNode method)
    {
        if (method.Body() is not { } body)
        {
            yield break;
        }

        var resolver = MemberResolver.Of(method.Owner.File);
        List<Instruction> code = InstructionReader.Read(body);
        for (int i = 0; i < code.Count; i++)
        {
            OpCode access = code[i].Code;
            if (access == OpCodes.Stfld || access == OpCodes.Stsfld || access == OpCodes.Ldflda || (access == OpCodes.Ldsflda && !IsRead(code, i, resolver)))
            {
                (_, TypeNode? owner, string name) = resolver.Field(MetadataTokens.EntityHandle((int)code[i].Operand));
                yield return (NameOf(owner, name), access);
            }
        }
    }

    /// <summary>Whether the address that an instruction loads is only read from: by a load, or by the call that comes next, if that takes it.</summary>
    private static bool IsRead(List<Instruction> code, int index, MemberResolver resolver)
    {
        if (index + 1 >= code.Count)
        {
            return false;
        }

        Instruction next = code[index + 1];
        return next.Code == OpCodes.Ldfld
            || (next.Code == OpCodes.Call && resolver.Method(MetadataTokens.EntityHandle((int)next.Operand)).Signature is var signature && (signature.Header.IsInstance || signature.ParameterTypes.Length > 0));
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

        // Of what the compiler puts in place of a call the body only says that it is not to be run.
        return ((Throws(code) && !method.HasAttribute("IntrinsicAttribute")) || method.HasAttribute("DoesNotReturnAttribute"), constant);
    }

    private static bool Throws(List<Instruction> code) => code.TrueForAll(static i => i.Code != OpCodes.Ret) && code.Exists(static i => i.Code == OpCodes.Throw);
}
