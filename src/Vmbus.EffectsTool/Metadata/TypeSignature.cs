using System.Collections.Immutable;

namespace Vmbus.EffectsTool.Metadata;

internal enum TypeSignatureKind
{
    Named,
    SzArray,
    Array,
    Pointer,
    ByReference,
    TypeParameter,
    MethodParameter,
    FunctionPointer,
}

/// <summary>A type as a signature names it. Two with equal <see cref="Text"/> are the same.</summary>
internal sealed class TypeSignature
{
    private string? _text;

    private TypeSignature(TypeSignatureKind kind, string name, TypeNode? definition, ImmutableArray<TypeSignature> arguments, int number)
    {
        Kind = kind;
        Name = name;
        Definition = definition;
        Arguments = arguments;
        Number = number;
    }

    public TypeSignatureKind Kind { get; }

    /// <summary>The full name of a named type, with <c>+</c> before nested ones and with arities.</summary>
    public string Name { get; }

    /// <summary>The named type, where it is defined in the assemblies that are read.</summary>
    public TypeNode? Definition { get; }

    /// <summary>Type arguments of a named type; the element of an array, pointer or reference.</summary>
    public ImmutableArray<TypeSignature> Arguments { get; }

    /// <summary>The position of a type parameter, or the rank of an array.</summary>
    public int Number { get; }

    public string Text => _text ??= Describe();

    public bool IsArray => Kind is TypeSignatureKind.SzArray or TypeSignatureKind.Array;

    /// <summary>Whether it is known that values of the type are references.</summary>
    public bool IsReference => IsArray || Definition is { IsValueType: false };

    public static TypeSignature Named(string name, TypeNode? definition, ImmutableArray<TypeSignature> arguments)
        => new(TypeSignatureKind.Named, name, definition, arguments, 0);

    public static TypeSignature Of(TypeSignatureKind kind, TypeSignature element, int rank = 0) => new(kind, "", null, [element], rank);

    public static TypeSignature Parameter(TypeSignatureKind kind, int index) => new(kind, "", null, [], index);

    public static TypeSignature FunctionPointer(string text) => new(TypeSignatureKind.FunctionPointer, text, null, [], 0);

    /// <summary>This type with the type parameters replaced.</summary>
    public TypeSignature Substitute(ImmutableArray<TypeSignature> ofType, ImmutableArray<TypeSignature> ofMethod)
    {
        if (Kind == TypeSignatureKind.TypeParameter)
        {
            return Number < ofType.Length ? ofType[Number] : this;
        }

        if (Kind == TypeSignatureKind.MethodParameter)
        {
            return Number < ofMethod.Length ? ofMethod[Number] : this;
        }

        if (Arguments.IsEmpty || (ofType.IsEmpty && ofMethod.IsEmpty))
        {
            return this;
        }

        return new TypeSignature(Kind, Name, Definition, [.. Arguments.Select(a => a.Substitute(ofType, ofMethod))], Number);
    }

    public override string ToString() => Text;

    private string Describe() => Kind switch
    {
        TypeSignatureKind.Named => Arguments.IsEmpty ? Name : $"{Name}<{string.Join(',', Arguments.Select(static a => a.Text))}>",
        TypeSignatureKind.SzArray => Arguments[0].Text + "[]",
        TypeSignatureKind.Array => $"{Arguments[0].Text}[{new string(',', Number - 1)}]",
        TypeSignatureKind.Pointer => Arguments[0].Text + "*",
        TypeSignatureKind.ByReference => Arguments[0].Text + "&",
        TypeSignatureKind.TypeParameter => "!" + Number,
        TypeSignatureKind.MethodParameter => "!!" + Number,
        _ => Name,
    };
}
