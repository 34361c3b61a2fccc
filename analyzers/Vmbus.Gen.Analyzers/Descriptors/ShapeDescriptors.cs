using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>VMB0xx: what a handler and its class may look like.</summary>
internal static class ShapeDescriptors
{
    public static readonly DiagnosticDescriptor NotPartial = new(
        RuleIds.NotPartial,
        "A class with packet handlers must be partial",
        "'{0}' must be partial, because '{1}' has packet handlers that generated code binds",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "The dispatch of a class's handlers is generated into another part of the class, so the class and every class around it must be partial.",
        helpLinkUri: HelpLinks.Base + RuleIds.NotPartial + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor DuplicateHandler = new(
        RuleIds.DuplicateHandler,
        "A message type has two handlers",
        "'{0}' handles {1}, which '{2}' handles already",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A packet goes to one handler: a class and its bases may bind a message type, the default and each other callback once.",
        helpLinkUri: HelpLinks.Base + RuleIds.DuplicateHandler + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor UnknownParameter = new(
        RuleIds.UnknownParameter,
        "A parameter that a handler cannot take",
        "'{0}' cannot take parameter '{1}': {2}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Generated code fills the parameters of a handler from the packet, so it must know what each of them stands for.",
        helpLinkUri: HelpLinks.Base + RuleIds.UnknownParameter + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor UnknownReturnType = new(
        RuleIds.UnknownReturnType,
        "A return type that a handler cannot have",
        "'{0}' cannot return '{1}': {2}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A handler returns nothing, an unmanaged value that is sent back, or, at PASSIVE_LEVEL, a task of either.",
        helpLinkUri: HelpLinks.Base + RuleIds.UnknownReturnType + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor PayloadNotUnmanaged = new(
        RuleIds.PayloadNotUnmanaged,
        "The payload type is not unmanaged",
        "'{0}' cannot be a payload: {1}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A payload is read from the bytes of the packet, so its type must be a struct of fixed layout without references.",
        helpLinkUri: HelpLinks.Base + RuleIds.PayloadNotUnmanaged + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor MessageTypeDoesNotFit = new(
        RuleIds.MessageTypeDoesNotFit,
        "A message type does not fit",
        "{0}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A message type is an integer or enum constant that fits the MessageTypeSize bytes at MessageTypeOffset.",
        helpLinkUri: HelpLinks.Base + RuleIds.MessageTypeDoesNotFit + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor NothingToCompleteWith = new(
        RuleIds.NothingToCompleteWith,
        "A handler that can never complete its packet",
        "'{0}' neither takes a PacketCompletion nor returns what to complete its packet with",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Every delivered packet must be completed: by the handler through its PacketCompletion, or by generated code with what the handler returns.",
        helpLinkUri: HelpLinks.Base + RuleIds.NothingToCompleteWith + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor AsyncShape = new(
        RuleIds.AsyncShape,
        "An asynchronous handler of a wrong shape",
        "'{0}' {1}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "An asynchronous handler runs at PASSIVE_LEVEL, returns a task, and takes nothing that ends with the callback.",
        helpLinkUri: HelpLinks.Base + RuleIds.AsyncShape + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor UnsupportedHandlerKind = new(
        RuleIds.UnsupportedHandlerKind,
        "A handler or class of an unsupported kind",
        "'{0}' cannot be bound: {1}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Handlers are ordinary methods of classes: no generic or abstract methods, no local functions, no structs, interfaces or file types.",
        helpLinkUri: HelpLinks.Base + RuleIds.UnsupportedHandlerKind + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor LayoutNotExplicit = new(
        RuleIds.LayoutNotExplicit,
        "The layout of a payload structure is not explicit",
        "'{0}' {1}: its layout will not match a wire format",
        Categories.Shape,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "What the other side reads is the structure byte for byte: padding has no place in a wire format, and bool and char no size that every language agrees on.",
        helpLinkUri: HelpLinks.Base + RuleIds.LayoutNotExplicit + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor MembersWithoutHandler = new(
        RuleIds.MembersWithoutHandler,
        "Members of the message enum have no handler",
        "'{0}' has no handler for {1}",
        Categories.Shape,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "All message types of the class come from one enum, some of whose members go to no handler: their packets are treated as Unhandled says.",
        helpLinkUri: HelpLinks.Base + RuleIds.MembersWithoutHandler + HelpLinks.Extension);
}
