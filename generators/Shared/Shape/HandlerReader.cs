using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.Shape;

/// <summary>Decides what a method with <c>[ProcessPacket]</c> is: the one place that knows which shapes a handler may have.</summary>
internal static class HandlerReader
{
    public static HandlerShape Read(IMethodSymbol method, AttributeData attribute, ClassSettings settings, ImmutableArray<ShapeProblem>.Builder problems)
    {
        int before = problems.Count;
        bool isCallable = MethodKinds.CheckIsCallable(method, problems);

        if (isCallable && method is { IsAsync: true, ReturnsVoid: true })
        {
            problems.Add(ShapeProblem.At(
                ShapeRule.AsyncShape, method, method.Name, "is async void: nobody learns when it is done; return ValueTask, or the structure to send back in a ValueTask<T>"));
            isCallable = false;
        }

        if (!isCallable)
        {
            return Uncallable(method);
        }

        Irql level = ReadIrql(method, attribute, problems);
        bool isPassive = level == Irql.Passive || settings.IncomingProcessingAtPassive == true;
        bool isUnderstood = true;
        ImmutableArray<HandlerParameter> parameters = ReadParameters(method, problems, ref isUnderstood);
        ReturnRole role = ReadReturn(method, problems, out ITypeSymbol? replyType, ref isUnderstood);

        if (method.IsAsync || role is ReturnRole.Task or ReturnRole.TaskOfValue)
        {
            CheckAsync(method, parameters, isPassive || level == Irql.Invalid, problems);
        }
        else
        {
            CheckSync(method, parameters, role, problems);
        }

        bool canBeCalled = isUnderstood && problems.Count == before;

        // What follows concerns the message types one by one and does not keep the handler from being called for the others.
        ImmutableArray<ulong> types = MessageTypes.Read(method, attribute, settings.MessageTypeSize, problems, out bool isDefault);
        return new HandlerShape
        {
            Method = method,
            MessageTypes = types,
            IsDefault = isDefault,
            Parameters = parameters,
            Return = role,
            ReplyType = replyType,
            IsPassive = isPassive,
            Reply = ReadReply(attribute),
            CanBeCalled = canBeCalled,
        };
    }

    private enum Irql
    {
        Dispatch,
        Passive,
        Invalid,
    }

    private static HandlerShape Uncallable(IMethodSymbol method) => new()
    {
        Method = method,
        MessageTypes = [],
        IsDefault = false,
        Parameters = [],
        Return = ReturnRole.Nothing,
        ReplyType = null,
        IsPassive = false,
        Reply = null,
        CanBeCalled = false,
    };

    private static Irql ReadIrql(IMethodSymbol method, AttributeData attribute, ImmutableArray<ShapeProblem>.Builder problems)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == "Irql" && AttributeValues.Number(argument.Value) is { } level)
            {
                if (level is IrqlLevels.Passive or IrqlLevels.Dispatch)
                {
                    return level == IrqlLevels.Passive ? Irql.Passive : Irql.Dispatch;
                }

                problems.Add(new ShapeProblem(
                    ShapeRule.MessageTypeDoesNotFit,
                    method,
                    ProblemPlace.AttributeProperty,
                    $"'{method.Name}' cannot run at {argument.Value.ToCSharpString()}: packets are delivered at Irql.Dispatch or Irql.Passive")
                {
                    Attribute = attribute,
                    Property = argument.Key,
                });
                return Irql.Invalid;
            }
        }

        return Irql.Dispatch;
    }

    private static ReplyKind? ReadReply(AttributeData attribute)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == "Reply" && AttributeValues.Number(argument.Value) is { } reply)
            {
                return (ReplyKind)reply;
            }
        }

        return null;
    }

    private static ImmutableArray<HandlerParameter> ReadParameters(IMethodSymbol method, ImmutableArray<ShapeProblem>.Builder problems, ref bool isUnderstood)
    {
        if (ReadSpecificationShape(method) is { IsDefault: false } specification)
        {
            return specification;
        }

        ImmutableArray<HandlerParameter>.Builder parameters = ImmutableArray.CreateBuilder<HandlerParameter>(method.Parameters.Length);
        bool hasPayload = false;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (!CanBeNamed(parameter.Type))
            {
                // The compiler has said so.
                isUnderstood = false;
                continue;
            }

            string? reason = Classify(parameter, out ParameterRole role, out PayloadVerdict verdict, out string payloadReason);
            if (reason is null && Contains(parameters, role))
            {
                reason = role == ParameterRole.Payload ? "a packet has one payload structure at its start; take the rest as [Remainder] ReadOnlySpan<byte>" : "it is passed once";
            }

            hasPayload |= role == ParameterRole.Payload;
            if (reason is not null)
            {
                problems.Add(ShapeProblem.At(ShapeRule.UnknownParameter, parameter, method.Name, parameter.Name, reason));
            }
            else if (verdict == PayloadVerdict.NotUnmanaged)
            {
                problems.Add(new ShapeProblem(ShapeRule.PayloadNotUnmanaged, parameter, ProblemPlace.ParameterType, Display(parameter.Type), payloadReason));
            }
            else
            {
                parameters.Add(new HandlerParameter(role, parameter));
            }
        }

        if (!hasPayload)
        {
            foreach (HandlerParameter parameter in parameters)
            {
                if (parameter.Role == ParameterRole.Remainder)
                {
                    problems.Add(ShapeProblem.At(
                        ShapeRule.UnknownParameter, parameter.Symbol, method.Name, parameter.Symbol.Name, "there is no payload structure that it could follow; without [Remainder] it is the whole buffer"));
                }
            }
        }

        return parameters.DrainToImmutable();
    }

    /// <summary>The literal shape of EVT_VMB_CHANNEL_PROCESS_PACKET: <c>(VmbusChannel, PacketCompletion, void*, uint, uint)</c>.</summary>
    private static ImmutableArray<HandlerParameter> ReadSpecificationShape(IMethodSymbol method)
    {
        ImmutableArray<IParameterSymbol> all = method.Parameters;
        if (all is not
            [
            { RefKind: RefKind.None },
            { RefKind: RefKind.None },
            { RefKind: RefKind.None, Type: IPointerTypeSymbol { PointedAtType.SpecialType: SpecialType.System_Void } },
            { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_UInt32 },
            { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_UInt32 },
            ]
            || !all[0].Type.IsVmbus("VmbusChannel")
            || !all[1].Type.IsVmbus("PacketCompletion"))
        {
            return default;
        }

        return
        [
            new HandlerParameter(ParameterRole.Channel, all[0]),
            new HandlerParameter(ParameterRole.Packet, all[1]),
            new HandlerParameter(ParameterRole.NativeBuffer, all[2]),
            new HandlerParameter(ParameterRole.NativeLength, all[3]),
            new HandlerParameter(ParameterRole.NativeFlags, all[4]),
        ];
    }

    /// <summary>What a parameter stands for.</summary>
    /// <returns>Why it cannot be passed, or null.</returns>
    private static string? Classify(IParameterSymbol parameter, out ParameterRole role, out PayloadVerdict verdict, out string payloadReason)
    {
        ITypeSymbol type = parameter.Type;
        verdict = PayloadVerdict.Payload;
        payloadReason = "";
        bool isRemainder = HasRemainder(parameter);
        ParameterRole? known = KnownRole(type);
        if (known is not null)
        {
            role = known.Value;
            if (isRemainder && role == ParameterRole.Buffer)
            {
                role = ParameterRole.Remainder;
                isRemainder = false;
            }

            return isRemainder ? "[Remainder] goes on a ReadOnlySpan<byte>"
                : parameter.RefKind != RefKind.None ? "it is passed by value"
                : null;
        }

        role = ParameterRole.Payload;
        verdict = PayloadRules.Judge(type, out payloadReason);
        if (verdict == PayloadVerdict.NoStructure)
        {
            role = (ParameterRole)(-1);
            return $"'{Display(type)}' is nothing that a packet has";
        }

        if (type.IsVmbus("PendingPacket"))
        {
            role = (ParameterRole)(-1);
            return "a packet arrives as PacketCompletion; Pend() makes a PendingPacket of it";
        }

        return isRemainder ? "[Remainder] goes on a ReadOnlySpan<byte>"
            : parameter.RefKind is RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter ? null
            : "a payload is read only: pass it as 'in', as 'ref readonly' or by value";
    }

    private static ParameterRole? KnownRole(ITypeSymbol type)
        => type.IsVmbus("PacketCompletion") ? ParameterRole.Packet
            : type.IsVmbus("VmbusChannel") ? ParameterRole.Channel
            : type.IsVmbus("ProcessPacketFlags") ? ParameterRole.Flags
            : type.IsVmbus("ExternalData") ? ParameterRole.ExternalData
            : type.IsReadOnlySpanOfByte() ? ParameterRole.Buffer
            : type.IsReadOnlyMemoryOfByte() ? ParameterRole.BufferMemory
            : type.IsCancellationToken() ? ParameterRole.CancellationToken
            : null;

    private static ReturnRole ReadReturn(IMethodSymbol method, ImmutableArray<ShapeProblem>.Builder problems, out ITypeSymbol? replyType, ref bool isUnderstood)
    {
        replyType = null;
        if (method.ReturnsVoid)
        {
            return ReturnRole.Nothing;
        }

        ITypeSymbol type = method.ReturnType;
        if (type.TypeKind == TypeKind.Error)
        {
            isUnderstood = false;
            return ReturnRole.Nothing;
        }

        bool isTask = type.IsTask();
        if (isTask && ((INamedTypeSymbol)type).Arity == 0 && !method.ReturnsByRef && !method.ReturnsByRefReadonly)
        {
            return ReturnRole.Task;
        }

        ITypeSymbol value = isTask && type is INamedTypeSymbol { TypeArguments: [var result] } ? result : type;
        ReturnRole role = isTask ? ReturnRole.TaskOfValue : ReturnRole.Value;
        if (!CanBeNamed(value))
        {
            isUnderstood = false;
            return role;
        }

        replyType = value;
        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            problems.Add(new ShapeProblem(ShapeRule.UnknownReturnType, method, ProblemPlace.ReturnType, method.Name, "ref " + Display(type), "what is sent back is returned by value"));
            return role;
        }

        switch (PayloadRules.Judge(value, out string reason))
        {
            case PayloadVerdict.NoStructure:
            case PayloadVerdict.Payload when IsPacket(value):
                problems.Add(new ShapeProblem(
                    ShapeRule.UnknownReturnType,
                    method,
                    ProblemPlace.ReturnType,
                    method.Name,
                    Display(type),
                    "a handler returns void, an unmanaged structure to send back, or, at PASSIVE_LEVEL, a task of either"));
                break;
            case PayloadVerdict.NotUnmanaged when IsPacket(value):
                goto case PayloadVerdict.NoStructure;
            case PayloadVerdict.NotUnmanaged:
                problems.Add(new ShapeProblem(
                    ShapeRule.PayloadNotUnmanaged, method, isTask ? ProblemPlace.TaskResult : ProblemPlace.ReturnType, Display(value), reason));
                break;
        }

        return role;
    }

    /// <summary>Types of packets and their data, which are structures and no payloads.</summary>
    private static bool IsPacket(ITypeSymbol type)
        => type.IsVmbus("PendingPacket") || type.IsVmbus("ExternalData") || type.IsReadOnlyMemoryOfByte() || type.IsCancellationToken();

    private static void CheckAsync(IMethodSymbol method, ImmutableArray<HandlerParameter> parameters, bool isPassive, ImmutableArray<ShapeProblem>.Builder problems)
    {
        string? reason = isPassive ? null : "is asynchronous and may wait, so it must run at PASSIVE_LEVEL: [ProcessPacket(..., Irql = Irql.Passive)]";
        foreach (HandlerParameter parameter in parameters)
        {
            if (parameter.Role is ParameterRole.Buffer or ParameterRole.Remainder)
            {
                reason ??= $"is asynchronous and cannot keep the span '{parameter.Symbol.Name}', which ends with the callback: take a ReadOnlyMemory<byte>";
            }
            else if (parameter.Role == ParameterRole.Payload && parameter.Symbol.RefKind != RefKind.None)
            {
                reason ??= $"is asynchronous and cannot keep the reference '{parameter.Symbol.Name}', which ends with the callback: take it by value";
            }
        }

        if (reason is not null)
        {
            problems.Add(ShapeProblem.At(ShapeRule.AsyncShape, method, method.Name, reason));
        }
    }

    private static void CheckSync(IMethodSymbol method, ImmutableArray<HandlerParameter> parameters, ReturnRole role, ImmutableArray<ShapeProblem>.Builder problems)
    {
        foreach (HandlerParameter parameter in parameters)
        {
            if (parameter.Role is ParameterRole.BufferMemory or ParameterRole.CancellationToken)
            {
                problems.Add(ShapeProblem.At(
                    ShapeRule.UnknownParameter, parameter.Symbol, method.Name, parameter.Symbol.Name, "only an asynchronous handler is passed one; a synchronous one takes ReadOnlySpan<byte>"));
            }
        }

        if (role == ReturnRole.Nothing && method.ReturnsVoid && !Contains(parameters, ParameterRole.Packet) && !method.Parameters.Any(static p => StandsForPacket(p.Type)))
        {
            problems.Add(ShapeProblem.At(ShapeRule.NothingToCompleteWith, method, method.Name));
        }
    }

    /// <summary>The author has thought of the packet and passes it in a wrong way, of which another rule speaks.</summary>
    private static bool StandsForPacket(ITypeSymbol type)
        => type.IsPacket() || type.TypeKind == TypeKind.Error;

    private static bool Contains(IEnumerable<HandlerParameter> parameters, ParameterRole role)
    {
        foreach (HandlerParameter parameter in parameters)
        {
            if (parameter.Role == role)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasRemainder(IParameterSymbol parameter)
    {
        foreach (AttributeData attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass?.IsVmbus(CallbackAttributes.Remainder) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A file type in the signature of a class that is none is an error of the compiler's, as a type that does not exist is.</summary>
    private static bool CanBeNamed(ITypeSymbol type) => type.TypeKind != TypeKind.Error && !TypeKinds.IsFileLocal(type);

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
