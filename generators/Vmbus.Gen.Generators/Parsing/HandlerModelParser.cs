using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>From the handlers of a class to values.</summary>
internal static class HandlerModelParser
{
    /// <summary>The handlers in an order that does not depend on where they are written.</summary>
    public static ImmutableArray<HandlerModel> Parse(ClassShape shape, Compilation compilation, TypeNames names)
    {
        ImmutableArray<HandlerModel>.Builder handlers = ImmutableArray.CreateBuilder<HandlerModel>(shape.Handlers.Length);
        foreach (HandlerShape handler in shape.Handlers)
        {
            handlers.Add(ToModel(handler, shape, compilation, names));
        }

        handlers.Sort(Compare);
        return handlers.DrainToImmutable();
    }

    private static HandlerModel ToModel(HandlerShape handler, ClassShape shape, Compilation compilation, TypeNames names)
    {
        ClassSettings settings = shape.Settings;
        ImmutableArray<ArgumentModel>.Builder arguments = ImmutableArray.CreateBuilder<ArgumentModel>(handler.Parameters.Length);
        string? payload = null;
        bool isNative = false;
        foreach (HandlerParameter parameter in handler.Parameters)
        {
            arguments.Add(new ArgumentModel(parameter.Role, parameter.Symbol.RefKind is RefKind.In or RefKind.RefReadOnlyParameter));
            isNative |= parameter.Role == ParameterRole.NativeBuffer;
            if (parameter.Role == ParameterRole.Payload)
            {
                payload = names.Of(parameter.Symbol.Type);
            }
        }

        return new HandlerModel
        {
            Method = Names.Escape(handler.Method.Name),
            Name = handler.Method.Name,
            IsStatic = handler.Method.IsStatic,
            MessageTypes = handler.MessageTypes,
            IsDefault = handler.IsDefault,
            Arguments = arguments.MoveToImmutable(),
            PayloadType = payload,
            ReplyType = handler.ReplyType is { } reply ? names.Of(reply) : null,
            ReplyStructures = ReplyStructures.Within(handler.ReplyType, shape.Type, compilation, names),
            IsReplyTypeParameter = handler.ReplyType?.TypeKind == TypeKind.TypeParameter,
            Return = handler.Return,
            Reply = (handler.Reply ?? settings.Reply) == ReplyKind.InBand ? ReplyKind.InBand : ReplyKind.Completion,
            // A derived class may bring the processing of packets back to DISPATCH_LEVEL.
            IsDeferred = handler.IsPassive && (settings.IncomingProcessingAtPassive != true || shape.HasHooks),

            // Without unsafe code in the project the method itself does not compile, and the compiler says so there.
            IsEmitted = !isNative || compilation.Options is CSharpCompilationOptions { AllowUnsafe: true },
        };
    }

    private static int Compare(HandlerModel left, HandlerModel right)
    {
        if (left.IsDefault != right.IsDefault)
        {
            return left.IsDefault ? 1 : -1;
        }

        // No two handlers have a message type in common.
        return left.IsDefault ? 0 : left.MessageTypes[0].CompareTo(right.MessageTypes[0]);
    }
}
