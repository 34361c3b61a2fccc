using Vmbus.Gen.Collections;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Model;

/// <summary>How packets find their handlers.</summary>
internal sealed record DispatchModel
{
    /// <summary>In bytes from the start of the buffer.</summary>
    public required int MessageTypeOffset { get; init; }

    /// <summary>In bytes: 1, 2, 4 or 8.</summary>
    public required int MessageTypeSize { get; init; }

    public required UnhandledPolicy Unhandled { get; init; }

    /// <summary>The handlers by message type, by their lowest one; then the default handler.</summary>
    public required EquatableArray<HandlerModel> Handlers { get; init; }

    /// <summary>
    /// What the names of the methods begin with that each take a packet to one handler; null where all of it stands in the switch itself. The JIT compiles a method
    /// of very many blocks without optimizing it.
    /// </summary>
    public required string? HandlePrefix { get; init; }

    /// <summary>Whether a base class has handlers, which are reached through its protected hooks.</summary>
    public required bool HasBase { get; init; }

    /// <summary>Whether the class can have derived classes and so needs hooks itself.</summary>
    public required bool HasHooks { get; init; }

    /// <summary>Whether a member that takes packets is implemented by hand, so that none is generated.</summary>
    public required bool IsProcessedByHand { get; init; }

    /// <summary>Whether <c>DescribeHandler</c> is implemented by hand.</summary>
    public required bool IsDescribedByHand { get; init; }
}

/// <summary>How an argument is passed to a handler.</summary>
internal sealed record ArgumentModel(ParameterRole Role, bool IsByReference);

/// <summary>A handler and what is passed to it.</summary>
internal sealed record HandlerModel
{
    /// <summary>The method, as it is called.</summary>
    public required string Method { get; init; }

    /// <summary>The method's name, as reports tell it.</summary>
    public required string Name { get; init; }

    public required bool IsStatic { get; init; }

    /// <summary>Zero-extended, ascending.</summary>
    public required EquatableArray<ulong> MessageTypes { get; init; }

    public required bool IsDefault { get; init; }

    public required EquatableArray<ArgumentModel> Arguments { get; init; }

    /// <summary>The payload structure with <c>global::</c>; null where the handler takes none.</summary>
    public required string? PayloadType { get; init; }

    /// <summary>What is sent back, with <c>global::</c>; null where nothing is.</summary>
    public required string? ReplyType { get; init; }

    /// <summary>The structures inside of what is sent back, with <c>global::</c>.</summary>
    public required EquatableArray<string> ReplyStructures { get; init; }

    /// <summary>Whether what is sent back is a type parameter of the class, of which the trimmer knows nothing.</summary>
    public required bool IsReplyTypeParameter { get; init; }

    public required ReturnRole Return { get; init; }

    public required ReplyKind Reply { get; init; }

    public bool IsAsync => Return is ReturnRole.Task or ReturnRole.TaskOfValue;

    /// <summary>Whether packets must be deferred to PASSIVE_LEVEL before they reach it.</summary>
    public required bool IsDeferred { get; init; }

    /// <summary>Whether generated code can call it; packets of one that it cannot call are failed, whatever the default handler takes.</summary>
    public required bool IsEmitted { get; init; }
}
