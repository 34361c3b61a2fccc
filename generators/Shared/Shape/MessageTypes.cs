using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.Shape;

/// <summary>Reads the message types of <c>[ProcessPacket(...)]</c>.</summary>
internal static class MessageTypes
{
    /// <summary>The values that fit, zero-extended; what does not goes to <paramref name="problems"/>.</summary>
    /// <param name="method">The handler.</param>
    /// <param name="attribute">Its attribute.</param>
    /// <param name="size">The size of the class's message type in bytes.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="isDefault">Whether the attribute names no message type at all.</param>
    public static ImmutableArray<ulong> Read(
        IMethodSymbol method,
        AttributeData attribute,
        int size,
        ImmutableArray<ShapeProblem>.Builder problems,
        out bool isDefault)
    {
        isDefault = attribute.ConstructorArguments.IsEmpty && attribute.AttributeConstructor is { Parameters.IsEmpty: true };
        if (attribute.ConstructorArguments is not [var argument])
        {
            return [];
        }

        if (argument.Kind != TypedConstantKind.Array || argument.IsNull)
        {
            if (argument.Kind != TypedConstantKind.Error)
            {
                Report(0, "null is no message type; leave the parentheses out to take every packet that no other handler takes");
            }

            return [];
        }

        isDefault = argument.Values.IsEmpty;
        ImmutableArray<ulong>.Builder types = ImmutableArray.CreateBuilder<ulong>(argument.Values.Length);
        for (int i = 0; i < argument.Values.Length; i++)
        {
            TypedConstant constant = argument.Values[i];
            if (constant.Kind == TypedConstantKind.Error)
            {
                continue;
            }

            if (constant.Kind is not (TypedConstantKind.Primitive or TypedConstantKind.Enum) || constant.Value is not { } value || !TryGetBits(value, out ulong bits, out bool isNegative))
            {
                Report(i, $"{constant.ToCSharpString()} is no message type: it must be an integer or a member of an enum");
            }
            else if (!Fits(bits, isNegative, size))
            {
                Report(i, $"Message type {Convert.ToString(value, CultureInfo.InvariantCulture)} does not fit in {size.ToString(CultureInfo.InvariantCulture)} {(size == 1 ? "byte" : "bytes")}; set MessageTypeSize of [ChannelCallbacks]");
            }
            else if (!types.Contains(bits & Mask(size)))
            {
                types.Add(bits & Mask(size));
            }
        }

        types.Sort();
        return types.DrainToImmutable();

        void Report(int index, string message)
            => problems.Add(new ShapeProblem(ShapeRule.MessageTypeDoesNotFit, method, ProblemPlace.MessageType, message) { Attribute = attribute, Index = index });
    }

    /// <summary>An integer as a message type, zero-extended.</summary>
    /// <returns>Whether it fits.</returns>
    public static bool TryGetValue(object value, int size, out ulong messageType)
    {
        bool fits = TryGetBits(value, out ulong bits, out bool isNegative) && Fits(bits, isNegative, size);
        messageType = bits & Mask(size);
        return fits;
    }

    /// <summary>A message type as it is written in messages and generated code.</summary>
    public static string Format(ulong messageType) => "0x" + messageType.ToString("X", CultureInfo.InvariantCulture);

    private static bool TryGetBits(object value, out ulong bits, out bool isNegative)
    {
        long? signed = value switch
        {
            sbyte v => v,
            short v => v,
            int v => v,
            long v => v,
            _ => null,
        };
        ulong? unsigned = value switch
        {
            byte v => v,
            ushort v => v,
            uint v => v,
            ulong v => v,
            _ => null,
        };
        isNegative = signed < 0;
        bits = unchecked((ulong?)signed) ?? unsigned ?? 0;
        return signed is not null || unsigned is not null;
    }

    private static bool Fits(ulong bits, bool isNegative, int size)
        => size == 8 || (isNegative ? unchecked((long)bits) >= -(1L << ((8 * size) - 1)) : bits <= Mask(size));

    private static ulong Mask(int size) => size == 8 ? ulong.MaxValue : (1UL << (8 * size)) - 1;
}
