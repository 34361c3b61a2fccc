using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>What generated code passes for a parameter of a handler.</summary>
internal enum ParameterRole
{
    Channel,
    Packet,

    /// <summary>The whole buffer as a span.</summary>
    Buffer,

    /// <summary>What follows the payload.</summary>
    Remainder,

    /// <summary>The first bytes of the buffer as a structure.</summary>
    Payload,
    Flags,
    ExternalData,

    /// <summary>The copied buffer, in an asynchronous handler.</summary>
    BufferMemory,
    CancellationToken,

    /// <summary><c>void* buffer</c> of the shape of the specification.</summary>
    NativeBuffer,

    /// <summary><c>uint bufferLength</c> of the shape of the specification.</summary>
    NativeLength,

    /// <summary><c>uint flags</c> of the shape of the specification.</summary>
    NativeFlags,
}

/// <summary>What a handler hands back.</summary>
internal enum ReturnRole
{
    /// <summary>Nothing: the handler owes the completion itself.</summary>
    Nothing,

    /// <summary>A structure that is sent back.</summary>
    Value,

    /// <summary>A task without result: completed without payload.</summary>
    Task,

    /// <summary>A task of a structure that is sent back.</summary>
    TaskOfValue,
}

/// <summary>A parameter of a handler that can be passed.</summary>
internal readonly record struct HandlerParameter(ParameterRole Role, IParameterSymbol Symbol);

/// <summary>A method with <c>[ProcessPacket]</c>: what it is bound to, what it is passed, what it gives back.</summary>
internal sealed class HandlerShape
{
    public required IMethodSymbol Method { get; init; }

    /// <summary>The message types that reach it, as zero-extended values, each once, in ascending order.</summary>
    public required ImmutableArray<ulong> MessageTypes { get; init; }

    /// <summary>Takes every packet that no other handler takes.</summary>
    public required bool IsDefault { get; init; }

    public required ImmutableArray<HandlerParameter> Parameters { get; init; }

    public required ReturnRole Return { get; init; }

    /// <summary>What is sent back: the returned structure, or the result of the returned task.</summary>
    public required ITypeSymbol? ReplyType { get; init; }

    /// <summary>Runs at PASSIVE_LEVEL only, because it or its class says so.</summary>
    public required bool IsPassive { get; init; }

    /// <summary>Null where the attribute does not say.</summary>
    public required ReplyKind? Reply { get; init; }

    /// <summary>Whether nothing is wrong that keeps it from being called.</summary>
    public required bool CanBeCalled { get; init; }

    public bool IsAsync => Return is ReturnRole.Task or ReturnRole.TaskOfValue;

    /// <summary>The same handler without message types that go to others.</summary>
    public HandlerShape WithoutMessageTypes(IReadOnlyList<ulong> taken) => new()
    {
        Method = Method,
        MessageTypes = MessageTypes.RemoveRange(taken),
        IsDefault = IsDefault,
        Parameters = Parameters,
        Return = Return,
        ReplyType = ReplyType,
        IsPassive = IsPassive,
        Reply = Reply,
        CanBeCalled = CanBeCalled,
    };
}
