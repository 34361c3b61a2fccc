using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vmbus;

/// <summary>
/// Finds out which bytes of a structure belong to a field, by looking at where the bytes of each field come from: whatever the order, packing and alignment, and
/// also where the program was compiled ahead of time.
/// </summary>
internal static class PayloadLayout
{
    /// <summary>What a type parameter needs so that its fields are still there after trimming.</summary>
    public const DynamicallyAccessedMemberTypes Fields = DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields;

    /// <summary>Where a program was compiled ahead of time: the structures of which all fields are there, with what makes a boxed one.</summary>
    private static readonly ConcurrentDictionary<Type, Func<object>> Kept = new();

    /// <summary>0xFF for each byte of a field and 0 for each byte of padding; empty where there is no padding.</summary>
    /// <remarks>
    /// Compiled ahead of time, a program knows the fields of <typeparamref name="T"/> but perhaps not all those of structures in it: these count as one field each, unless they were kept.
    /// </remarks>
    public static byte[] PaddingMask<[DynamicallyAccessedMembers(Fields)] T>()
        where T : unmanaged
    {
        byte[] mask = new byte[Unsafe.SizeOf<T>()];
        Mark(typeof(T), default(T), mask);
        return mask.AsSpan().Contains((byte)0) ? mask : [];
    }

    /// <summary>Says that all fields of a structure are there.</summary>
    /// <param name="type">The structure.</param>
    /// <param name="create">Makes a boxed one.</param>
    public static bool Keep([DynamicallyAccessedMembers(Fields)] Type type, Func<object> create) => Kept.TryAdd(type, create);

    private static void Mark([DynamicallyAccessedMembers(Fields)] Type type, object box, Span<byte> mask)
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
            MarkField(field, mask.Slice(OffsetOf(field, box, mask.Length), SizeOf(field.FieldType)));
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The type of a kept field of an unmanaged structure is itself one, and needs no constructor; a trimmer keeps all its fields, and a compiler that does not is asked only for those that were kept.")]
    private static void MarkField(FieldInfo field, Span<byte> mask)
    {
        Type type = field.FieldType;
        if (!IsLeaf(type) && !field.IsDefined(typeof(FixedBufferAttribute)) && CreateBoxed(type) is { } box)
        {
            Mark(type, box, mask);
        }
        else
        {
            mask.Fill(0xFF);
        }
    }

    /// <summary>A boxed structure all fields of which are there; null where they perhaps are not.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The type of a field of an unmanaged structure needs no constructor.")]
    private static object? CreateBoxed(Type type)
        => RuntimeFeature.IsDynamicCodeSupported ? RuntimeHelpers.GetUninitializedObject(type) : Kept.TryGetValue(type, out Func<object>? create) ? create() : null;

    /// <summary>Where a field lies: each byte of the structure is given its own offset, eight bits at a time, and the field's first byte tells which it is.</summary>
    private static int OffsetOf(FieldInfo field, object box, int size)
    {
        int offset = 0;
        for (int shift = 0; shift == 0 || (size - 1) >> shift != 0; shift += 8)
        {
            Span<byte> bytes = BytesOf(box, size);
            for (int i = 0; i < size; i++)
            {
                bytes[i] = (byte)(i >> shift);
            }

            offset |= FirstByte(field.GetValue(box)!) << shift;
        }

        return offset;
    }

    private static unsafe byte FirstByte(object value)
    {
        if (value is Pointer pointer)
        {
            nint address = (nint)Pointer.Unbox(pointer);
            return BitConverter.IsLittleEndian ? (byte)address : (byte)(address >> (8 * (nint.Size - 1)));
        }

        return BytesOf(value, 1)[0];
    }

    /// <summary>The bytes of a boxed structure, in place.</summary>
    private static Span<byte> BytesOf(object box, int size) => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.As<BoxedBytes>(box).First, size);

    private static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer;

    private static int SizeOf(Type type) => type.IsPointer || type.IsFunctionPointer ? nint.Size : RuntimeHelpers.SizeOf(type.TypeHandle);

    /// <summary>What every boxed structure looks like from its first byte on.</summary>
    private sealed class BoxedBytes
    {
        public byte First;
    }
}
