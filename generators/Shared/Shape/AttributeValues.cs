using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Reads properties that attributes set.</summary>
internal static class AttributeValues
{
    /// <summary>The number that an integer or enum property is set to, whatever type is under the enum; null if it is not set or not a constant.</summary>
    public static int? Number(TypedConstant constant) => constant is { Kind: TypedConstantKind.Enum or TypedConstantKind.Primitive, Value: { } value }
        ? value switch
        {
            byte or sbyte or short or ushort or int => Convert.ToInt32(value, CultureInfo.InvariantCulture),
            _ => null,
        }
        : null;
}
