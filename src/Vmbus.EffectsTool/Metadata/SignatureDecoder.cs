using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Vmbus.EffectsTool.Metadata;

/// <summary>Reads signatures of one assembly. Custom modifiers do not tell members apart here.</summary>
internal sealed class SignatureDecoder(AssemblyFile file) : ISignatureTypeProvider<TypeSignature, object?>
{
    private readonly Dictionary<EntityHandle, TypeSignature> _decoded = [];
    private readonly Dictionary<PrimitiveTypeCode, TypeSignature> _primitives = [];

    public TypeSignature Decode(EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(file.Reader, (TypeDefinitionHandle)type, 0),
        HandleKind.TypeReference => GetTypeFromReference(file.Reader, (TypeReferenceHandle)type, 0),
        _ => GetTypeFromSpecification(file.Reader, null, (TypeSpecificationHandle)type, 0),
    };

    public TypeSignature GetPrimitiveType(PrimitiveTypeCode code)
    {
        if (!_primitives.TryGetValue(code, out TypeSignature? primitive))
        {
            string name = "System." + code;
            _primitives.Add(code, primitive = TypeSignature.Named(name, file.Set.Find("System.Private.CoreLib")?.Find(name), []));
        }

        return primitive;
    }

    public TypeSignature GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        if (!_decoded.TryGetValue(handle, out TypeSignature? decoded))
        {
            TypeNode type = file[handle];
            _decoded.Add(handle, decoded = TypeSignature.Named(type.FullName, type, []));
        }

        return decoded;
    }

    public TypeSignature GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        if (!_decoded.TryGetValue(handle, out TypeSignature? decoded))
        {
            _decoded.Add(handle, decoded = ReadReference(reader, handle));
        }

        return decoded;
    }

    public TypeSignature GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        if (!_decoded.TryGetValue(handle, out TypeSignature? decoded))
        {
            _decoded.Add(handle, decoded = reader.GetTypeSpecification(handle).DecodeSignature(this, null));
        }

        return decoded;
    }

    public TypeSignature GetGenericInstantiation(TypeSignature genericType, ImmutableArray<TypeSignature> typeArguments)
        => TypeSignature.Named(genericType.Name, genericType.Definition, typeArguments);

    public TypeSignature GetSZArrayType(TypeSignature elementType) => TypeSignature.Of(TypeSignatureKind.SzArray, elementType);

    public TypeSignature GetArrayType(TypeSignature elementType, ArrayShape shape) => TypeSignature.Of(TypeSignatureKind.Array, elementType, shape.Rank);

    public TypeSignature GetByReferenceType(TypeSignature elementType) => TypeSignature.Of(TypeSignatureKind.ByReference, elementType);

    public TypeSignature GetPointerType(TypeSignature elementType) => TypeSignature.Of(TypeSignatureKind.Pointer, elementType);

    public TypeSignature GetPinnedType(TypeSignature elementType) => elementType;

    public TypeSignature GetModifiedType(TypeSignature modifier, TypeSignature unmodifiedType, bool isRequired) => unmodifiedType;

    public TypeSignature GetGenericTypeParameter(object? genericContext, int index) => TypeSignature.Parameter(TypeSignatureKind.TypeParameter, index);

    public TypeSignature GetGenericMethodParameter(object? genericContext, int index) => TypeSignature.Parameter(TypeSignatureKind.MethodParameter, index);

    public TypeSignature GetFunctionPointerType(MethodSignature<TypeSignature> signature)
        => TypeSignature.FunctionPointer($"fn({string.Join(',', signature.ParameterTypes.Select(static p => p.Text))}):{signature.ReturnType.Text}");

    private TypeSignature ReadReference(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference reference = reader.GetTypeReference(handle);
        string name = TypeNode.Join(reader.GetString(reference.Namespace), reader.GetString(reference.Name));
        EntityHandle scope = reference.ResolutionScope;
        switch (scope.Kind)
        {
            case HandleKind.TypeReference:
                TypeSignature outer = GetTypeFromReference(reader, (TypeReferenceHandle)scope, 0);
                name = outer.Name + "+" + name;
                return TypeSignature.Named(name, outer.Definition?.File.Find(name), []);
            case HandleKind.AssemblyReference:
                string assembly = reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
                return TypeSignature.Named(name, file.Set.Find(assembly)?.Find(name), []);
            default:
                return TypeSignature.Named(name, file.Find(name), []);
        }
    }
}
