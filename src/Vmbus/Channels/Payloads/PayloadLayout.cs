using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>Finds out which bytes of a structure belong to a field.</summary>
internal static class PayloadLayout
{
    /// <summary>What a type parameter needs so that its fields are still there after trimming.</summary>
    public const DynamicallyAccessedMemberTypes Fields = DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields;

    /// <summary>0xFF for each byte of a field and 0 for each byte of padding; empty where there is no padding.</summary>
    public static byte[] PaddingMask([DynamicallyAccessedMembers(Fields)] Type type)
    {
        byte[] mask = new byte[SizeOf(type)];
        Mark(type, mask);
        return mask.AsSpan().Contains((byte)0) ? mask : [];
    }

    private static void Mark([DynamicallyAccessedMembers(Fields)] Type type, Span<byte> mask)
    {
        FieldInfo[] fields = IsLeaf(type) ? [] : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (fields.Length == 0)
        {
            // A primitive; or a structure without fields, whose one byte is sent as it is.
            mask.Fill(0xFF);
            return;
        }

        if (type.GetCustomAttribute<InlineArrayAttribute>() is { Length: var count })
        {
            int element = mask.Length / count;
            for (int i = 0; i < count; i++)
            {
                MarkField(fields[0], mask.Slice(i * element, element));
            }

            return;
        }

        foreach (FieldInfo field in fields)
        {
            MarkField(field, mask.Slice(OffsetOf(type, field), SizeOf(field.FieldType)));
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The type of a kept field of an unmanaged structure is itself an unmanaged structure, and all fields of such a structure are kept with it.")]
    private static void MarkField(FieldInfo field, Span<byte> mask)
    {
        if (field.IsDefined(typeof(FixedBufferAttribute)))
        {
            mask.Fill(0xFF);
        }
        else
        {
            Mark(field.FieldType, mask);
        }
    }

    /// <summary>Where a field lies: every field before it is at its natural place unless the layout is explicit.</summary>
    private static int OffsetOf([DynamicallyAccessedMembers(Fields)] Type type, FieldInfo wanted)
    {
        if (type.IsExplicitLayout)
        {
            return wanted.GetCustomAttribute<FieldOffsetAttribute>()!.Value;
        }

        int pack = type.StructLayoutAttribute is { Pack: > 0 } layout ? layout.Pack : int.MaxValue;
        int offset = 0;
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken))
        {
            int alignment = Math.Min(AlignmentOf(field.FieldType), pack);
            offset = (offset + alignment - 1) / alignment * alignment;
            if (field == wanted)
            {
                break;
            }

            offset += SizeOf(field.FieldType);
        }

        return offset;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The fields of an unmanaged structure are kept with it.")]
    private static int AlignmentOf(Type type)
    {
        if (type == typeof(Int128) || type == typeof(UInt128))
        {
            return 16;
        }

        if (IsLeaf(type))
        {
            return SizeOf(type);
        }

        int pack = type.StructLayoutAttribute is { Pack: > 0 } layout ? layout.Pack : int.MaxValue;
        int largest = 1;
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            largest = Math.Max(largest, Math.Min(AlignmentOf(field.FieldType), pack));
        }

        return largest;
    }

    private static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer;

    private static int SizeOf(Type type) => type.IsPointer || type.IsFunctionPointer ? nint.Size : RuntimeHelpers.SizeOf(type.TypeHandle);
}
