using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Shape;

/// <summary>Where the fields of a structure lie, as far as that is known at compile time: reference assemblies do not show the fields of framework types.</summary>
internal static class StructureLayout
{
    private const int DefaultPack = 8;
    private const int LargestAlignment = 16;

    /// <summary>How many bytes of padding a structure has, and the field that the first of them follow; null where there are none or it is not known.</summary>
    public static (int Bytes, IFieldSymbol After)? FindPadding(INamedTypeSymbol structure)
        => TryLayOut(structure, 0, out Layout layout) && layout is { Padding: > 0, FirstPaddedField: { } field } ? (layout.Padding, field) : null;

    /// <summary>The fields of an instance, in the order in which they are declared.</summary>
    public static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol structure) => structure.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic);

    private static bool TryLayOut(INamedTypeSymbol structure, int depth, out Layout layout)
    {
        layout = default;
        LayoutSettings settings = LayoutSettings.Of(structure);
        if (depth > LargestAlignment || structure.DeclaringSyntaxReferences.IsEmpty && IsOfFramework(structure))
        {
            return false;
        }

        return settings.IsExplicit ? TryLayOutExplicit(structure, settings, depth, out layout) : TryLayOutSequential(structure, settings, depth, out layout);
    }

    private static bool TryLayOutSequential(INamedTypeSymbol structure, LayoutSettings settings, int depth, out Layout layout)
    {
        layout = default;
        int offset = 0;
        int alignment = 1;
        int padding = 0;
        IFieldSymbol? firstPadded = null;
        IFieldSymbol? last = null;
        foreach (IFieldSymbol field in Fields(structure))
        {
            if (!TryMeasure(field, depth, out int size, out int natural))
            {
                return false;
            }

            int aligned = Math.Min(natural, settings.Pack);
            Pad(RoundUp(offset, aligned));
            offset += size;
            alignment = Math.Max(alignment, aligned);
            last = field;
        }

        int end = RoundUp(offset, alignment);
        if (settings.Size > end)
        {
            // Bytes that were asked for.
            end = settings.Size;
        }
        else
        {
            Pad(end);
        }

        layout = new Layout(Math.Max(end, 1) * settings.Elements, alignment, padding * settings.Elements, firstPadded);
        return true;

        void Pad(int to)
        {
            if (to > offset && last is not null)
            {
                padding += to - offset;
                firstPadded ??= last;
            }

            offset = to;
        }
    }

    private static bool TryLayOutExplicit(INamedTypeSymbol structure, LayoutSettings settings, int depth, out Layout layout)
    {
        layout = default;
        int alignment = 1;
        List<(int Start, int End, IFieldSymbol Field)> spans = [];
        foreach (IFieldSymbol field in Fields(structure))
        {
            if (!TryMeasure(field, depth, out int size, out int natural) || LayoutSettings.OffsetOf(field) is not { } start)
            {
                return false;
            }

            spans.Add((start, start + size, field));
            alignment = Math.Max(alignment, Math.Min(natural, settings.Pack));
        }

        spans.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        int covered = 0;
        int padding = 0;
        IFieldSymbol? firstPadded = null;
        IFieldSymbol? last = null;
        foreach ((int start, int end, IFieldSymbol field) in spans)
        {
            if (start > covered && last is not null)
            {
                padding += start - covered;
                firstPadded ??= last;
            }

            last = end > covered ? field : last;
            covered = Math.Max(covered, end);
        }

        int whole = Math.Max(RoundUp(covered, alignment), settings.Size);
        if (settings.Size == 0 && whole > covered && last is not null)
        {
            padding += whole - covered;
            firstPadded ??= last;
        }

        layout = new Layout(Math.Max(whole, 1) * settings.Elements, alignment, padding, firstPadded);
        return true;
    }

    private static bool TryMeasure(IFieldSymbol field, int depth, out int size, out int alignment)
    {
        ITypeSymbol type = field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol buffer } ? buffer.PointedAtType : field.Type;
        bool isMeasured = TryMeasure(type, depth, out size, out alignment);
        size *= field.IsFixedSizeBuffer ? field.FixedSize : 1;
        return isMeasured;
    }

    private static bool TryMeasure(ITypeSymbol type, int depth, out int size, out int alignment)
    {
        ITypeSymbol measured = type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : type;
        (size, alignment) = KnownSize(measured);
        if (size > 0)
        {
            return true;
        }

        if (measured is INamedTypeSymbol { TypeKind: TypeKind.Struct } structure && TryLayOut(structure, depth + 1, out Layout layout))
        {
            (size, alignment) = (layout.Size, layout.Alignment);
            return true;
        }

        return false;
    }

    private static (int Size, int Alignment) KnownSize(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => (1, 1),
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => (2, 2),
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => (4, 4),
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => (8, 8),
        SpecialType.System_IntPtr or SpecialType.System_UIntPtr => (8, 8),
        SpecialType.System_Decimal => (16, 8),
        _ when type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer => (8, 8),
        _ when IsOfFramework(type) => type.Name switch
        {
            "Guid" => (16, 4),
            "Int128" or "UInt128" => (16, 16),
            "Half" => (2, 2),
            "TimeSpan" or "TimeOnly" => (8, 8),
            "DateOnly" => (4, 4),
            _ => default,
        },
        _ => default,
    };

    private static bool IsOfFramework(ITypeSymbol type)
        => type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true } or { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private readonly record struct Layout(int Size, int Alignment, int Padding, IFieldSymbol? FirstPaddedField);

    /// <summary>What attributes say about the layout.</summary>
    private readonly record struct LayoutSettings(bool IsExplicit, int Pack, int Size, int Elements)
    {
        private const int LayoutKindExplicit = 2;

        public static LayoutSettings Of(INamedTypeSymbol structure)
        {
            LayoutSettings settings = new(false, DefaultPack, 0, 1);
            foreach (AttributeData attribute in structure.GetAttributes())
            {
                if (attribute is { AttributeClass.Name: "StructLayoutAttribute", ConstructorArguments: [{ Value: { } kind }] })
                {
                    settings = settings with { IsExplicit = Convert.ToInt32(kind, System.Globalization.CultureInfo.InvariantCulture) == LayoutKindExplicit };
                    foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
                    {
                        settings = (argument.Key, argument.Value.Value) switch
                        {
                            ("Pack", int and > 0 and var pack) => settings with { Pack = pack },
                            ("Size", int size) => settings with { Size = size },
                            _ => settings,
                        };
                    }
                }
                else if (attribute is { AttributeClass.Name: "InlineArrayAttribute", ConstructorArguments: [{ Value: int and > 0 and var length }] })
                {
                    settings = settings with { Elements = length };
                }
            }

            return settings;
        }

        public static int? OffsetOf(IFieldSymbol field)
        {
            foreach (AttributeData attribute in field.GetAttributes())
            {
                if (attribute is { AttributeClass.Name: "FieldOffsetAttribute", ConstructorArguments: [{ Value: int offset }] })
                {
                    return offset;
                }
            }

            return null;
        }
    }
}
