using System.Collections.Immutable;
using System.Reflection.Metadata;
using Vmbus.EffectsTool.Metadata;
using AssemblyFile = Vmbus.EffectsTool.Metadata.AssemblyFile;

namespace Vmbus.EffectsTool.Reading;

/// <summary>A method as an instruction names it: its definition, and with which type arguments.</summary>
internal readonly record struct MethodUse(
    MethodNode? Method, MethodSignature<TypeSignature> Signature, string Name, ImmutableArray<TypeSignature> TypeArguments, ImmutableArray<TypeSignature> MethodArguments)
{
    public TypeSignature ReturnType => Signature.ReturnType.Substitute(TypeArguments, MethodArguments);
}

/// <summary>Finds the definitions behind the tokens of an assembly.</summary>
internal sealed class MemberResolver(AssemblyFile file)
{
    private readonly SignatureDecoder _decoder = new(file);

    public MethodUse Method(EntityHandle token)
    {
        MetadataReader reader = file.Reader;
        switch (token.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition definition = reader.GetMethodDefinition((MethodDefinitionHandle)token);
                MethodNode method = file[definition.GetDeclaringType()].Method((MethodDefinitionHandle)token);
                return new MethodUse(method, method.Signature, method.Name, [], []);
            case HandleKind.MethodSpecification:
                MethodSpecification specification = reader.GetMethodSpecification((MethodSpecificationHandle)token);
                return Method(specification.Method) with { MethodArguments = specification.DecodeSignature(_decoder, null) };
            default:
                MemberReference reference = reader.GetMemberReference((MemberReferenceHandle)token);
                string name = reader.GetString(reference.Name);
                MethodSignature<TypeSignature> signature = reference.DecodeMethodSignature(_decoder, null);
                if (reference.Parent.Kind == HandleKind.MethodDefinition)
                {
                    return Method(reference.Parent);
                }

                TypeSignature? parent = reference.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeDefinition or HandleKind.TypeSpecification
                    ? _decoder.Decode(reference.Parent)
                    : null;
                return new MethodUse(Find(parent?.Definition, MethodNode.KeyOf(name, signature)), signature, name, parent?.Arguments ?? [], []);
        }
    }

    /// <summary>The type of a field, and the type that declares it.</summary>
    public (TypeSignature Type, TypeNode? Owner, string Name) Field(EntityHandle token)
    {
        MetadataReader reader = file.Reader;
        if (token.Kind == HandleKind.FieldDefinition)
        {
            FieldDefinition definition = reader.GetFieldDefinition((FieldDefinitionHandle)token);
            return (definition.DecodeSignature(_decoder, null), file[definition.GetDeclaringType()], reader.GetString(definition.Name));
        }

        MemberReference reference = reader.GetMemberReference((MemberReferenceHandle)token);
        TypeSignature parent = _decoder.Decode(reference.Parent);
        return (reference.DecodeFieldSignature(_decoder, null).Substitute(parent.Arguments, []), parent.Definition, reader.GetString(reference.Name));
    }

    public TypeSignature Type(EntityHandle token) => _decoder.Decode(token);

    public ImmutableArray<TypeSignature> Locals(StandaloneSignatureHandle handle)
        => handle.IsNil ? [] : file.Reader.GetStandaloneSignature(handle).DecodeLocalSignature(_decoder, null);

    public MethodSignature<TypeSignature> CallSignature(StandaloneSignatureHandle handle)
        => file.Reader.GetStandaloneSignature(handle).DecodeMethodSignature(_decoder, null);

    private static MethodNode? Find(TypeNode? type, string key)
    {
        for (; type is not null; type = type.Base?.Definition)
        {
            if (type.WithKey(key).FirstOrDefault() is { } method)
            {
                return method;
            }
        }

        return null;
    }
}
