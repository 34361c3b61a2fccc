using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>A class with handlers or other callbacks: what of it is bound, and what is wrong with the rest.</summary>
internal sealed class ClassShape
{
    public required INamedTypeSymbol Type { get; init; }

    public required ClassSettings Settings { get; init; }

    /// <summary>Whether the class itself has <c>[ChannelCallbacks]</c>.</summary>
    public required bool HasAttribute { get; init; }

    /// <summary>The nearest base class that has callbacks.</summary>
    public required ClassShape? Base { get; init; }

    /// <summary>Whether derived classes can reach the handlers of the class through generated hooks.</summary>
    public required bool HasHooks { get; init; }

    /// <summary>The handlers that can be called, with the message types that reach them.</summary>
    public required ImmutableArray<HandlerShape> Handlers { get; init; }

    /// <summary>The other callbacks that can be called, each kind once.</summary>
    public required ImmutableArray<CallbackShape> Callbacks { get; init; }

    /// <summary>Who handles what, here and in the base classes, bindable or not.</summary>
    public required CallbackClaims Claims { get; init; }

    /// <summary>Whether a part can be added to the class: the kind is supported and every declaration around it is partial.</summary>
    public required bool CanBeExtended { get; init; }

    /// <summary>The members of IChannelCallbacks that the class implements by hand.</summary>
    public required ImmutableArray<string> HandWritten { get; init; }

    public required ImmutableArray<ShapeProblem> Problems { get; init; }
}
