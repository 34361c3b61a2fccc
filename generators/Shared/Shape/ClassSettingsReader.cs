using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Reads <c>[ChannelCallbacks]</c> over what the base class says.</summary>
internal static class ClassSettingsReader
{
    public const string MessageTypeSize = "MessageTypeSize";
    public const string MessageTypeOffset = "MessageTypeOffset";

    /// <param name="type">The class.</param>
    /// <param name="attribute">Its attribute, if it has one.</param>
    /// <param name="inherited">The settings of the annotated base class, if there is one.</param>
    /// <param name="problems">Takes what is wrong with the values; the class is then bound with the value of the base or the default.</param>
    public static ClassSettings Read(INamedTypeSymbol type, AttributeData? attribute, ClassSettings? inherited, ImmutableArray<ShapeProblem>.Builder problems)
    {
        // Entry points are those of the class that asks for them; a derived class can be handed to a host with the table of its base.
        ClassSettings settings = (inherited ?? ClassSettings.Default) with { NativeEntryPoints = false };
        if (attribute is null)
        {
            return settings;
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            switch (argument.Key, AttributeValues.Number(argument.Value) ?? argument.Value.Value)
            {
                case (MessageTypeSize, int size):
                    if (size is not (1 or 2 or 4 or 8))
                    {
                        Report(argument.Key, $"A message type of {Invariant(size)} bytes cannot be read: MessageTypeSize is 1, 2, 4 or 8");
                    }
                    else if (inherited is not null && inherited.MessageTypeSize != size)
                    {
                        Report(argument.Key, $"'{type.Name}' cannot change the size of the message type to {Invariant(size)} bytes: its base class reads {Invariant(inherited.MessageTypeSize)}");
                    }
                    else
                    {
                        settings = settings with { MessageTypeSize = size };
                    }

                    break;
                case (MessageTypeOffset, int offset):
                    if (offset < 0)
                    {
                        Report(argument.Key, $"A message type cannot lie at offset {Invariant(offset)}: MessageTypeOffset counts bytes from the start of the packet's buffer");
                    }
                    else if (inherited is not null && inherited.MessageTypeOffset != offset)
                    {
                        Report(argument.Key, $"'{type.Name}' cannot move the message type to offset {Invariant(offset)}: its base class reads it at offset {Invariant(inherited.MessageTypeOffset)}");
                    }
                    else
                    {
                        settings = settings with { MessageTypeOffset = offset };
                    }

                    break;
                case ("IncomingProcessingAtPassive", bool passive):
                    settings = settings with { IncomingProcessingAtPassive = passive };
                    break;
                case ("Reception", int reception):
                    settings = settings with { Reception = (ReceptionKind)reception };
                    break;
                case ("Reply", int reply):
                    settings = settings with { Reply = (ReplyKind)reply };
                    break;
                case ("Unhandled", int unhandled):
                    settings = settings with { Unhandled = (UnhandledPolicy)unhandled };
                    break;
                case ("NativeEntryPoints", bool native):
                    settings = settings with { NativeEntryPoints = native };
                    break;
            }
        }

        return settings;

        void Report(string property, string message)
            => problems.Add(new ShapeProblem(ShapeRule.MessageTypeDoesNotFit, type, ProblemPlace.AttributeProperty, message) { Attribute = attribute, Property = property });
    }

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);
}
