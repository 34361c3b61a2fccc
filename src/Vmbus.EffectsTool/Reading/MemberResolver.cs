using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using Vmbus.EffectsTool.Metadata;
using AssemblyFile = Vmbus.EffectsTool.Metadata.AssemblyFile;

namespace Vmbus.EffectsTool.Reading;

/// <summary>A method as an instruction names it: its definition, and with which type arguments.</summary>
internal readonly record struct MethodUse(
    MethodNode? Method, MethodSignature<TypeSignature> Signature, string Name, ImmutableArray<TypeSignature> TypeArguments, ImmutableArray<TypeSignature> MethodArguments)
{
    public TypeSignature ReturnType => Signature.ReturnType.Substitute(TypeArguments, MethodArguments);
}

/// <summary>Finds the definitions behind the tokens of an assembly, each once: bodies name the same members again and again.</summary>
internal sealed class MemberResolver
{
    private static readonly ConditionalWeakTable<AssemblyFile, MemberResolver> Resolvers = [];

    private readonly AssemblyFile _file;
    private readonly Dictionary<EntityHandle, MethodUse> _methods = [];
    private readonly Dictionary<EntityHandle, (TypeSignature Type, TypeNode? Owner, string Name)> _fields = [];

    private MemberResolver(AssemblyFile file) => _file = file;

    /// <summary>The resolver of an assembly.</summary>
    public static MemberResolver Of(AssemblyFile file) => Resolvers.GetValue(file, static f => new MemberResolver(f));

    public MethodUse Method(EntityHandle token)
    {
        if (!_methods.TryGetValue(token, out MethodUse use))
        {
            _methods.Add(token, use = ReadMethod(token));
        }

        return use;
    }

    /// <summary>The type of a field, and the type that declares it.</summary>
    public (TypeSignature Type, TypeNode? Owner, string Name) Field(EntityHandle token)
    {
        if (!_fields.TryGetValue(token, out (TypeSignature Type, TypeNode? Owner, string Name) field))
        {
            _fields.Add(token, field = ReadField(token));
        }

        return field;
    }

    public TypeSignature Type(EntityHandle token) => _file.Decoder.Decode(token);

    public ImmutableArray<TypeSignature> Locals(StandaloneSignatureHandle handle)
        => handle.IsNil ? [] : _file.Reader.GetStandaloneSignature(handle).DecodeLocalSignature(_file.Decoder, null);

    public MethodSignature<TypeSignature> CallSignature(StandaloneSignatureHandle handle)
        => _file.Reader.GetStandaloneSignature(handle).DecodeMethodSignature(_file.Decoder, null);

    private MethodUse ReadMethod(EntityHandle token)
    {
        MetadataReader reader = _file.Reader;
        switch (token.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition definition = reader.GetMethodDefinition((MethodDefinitionHandle)token);
                MethodNode method = _file[definition.GetDeclaringType()].Method((MethodDefinitionHandle)token);
                return new MethodUse(method, method.Signature, method.Name, [], []);
            case HandleKind.MethodSpecification:
                MethodSpecification specification = reader.GetMethodSpecification((MethodSpecificationHandle)token);
                return Method(specification.Method) with { MethodArguments = specification.DecodeSignature(_file.Decoder, null) };
            default:
                MemberReference reference = reader.GetMemberReference((MemberReferenceHandle)token);
                string name = reader.GetString(reference.Name);
                MethodSignature<TypeSignature> signature = reference.DecodeMethodSignature(_file.Decoder, null);
                if (reference.Parent.Kind == HandleKind.MethodDefinition)
                {
                    return Method(reference.Parent);
                }

                TypeSignature? parent = reference.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeDefinition or HandleKind.TypeSpecification
                    ? _file.Decoder.Decode(reference.Parent)
                    : null;
                return new MethodUse(Find(parent?.Definition, MethodNode.KeyOf(name, signature)), signature, name, parent?.Arguments ?? [], []);
        }
    }

    private (TypeSignature Type, TypeNode? Owner, string Name) ReadField(EntityHandle token)
    {
        MetadataReader reader = _file.Reader;
        if (token.Kind == HandleKind.FieldDefinition)
        {
            FieldDefinition definition = reader.GetFieldDefinition((FieldDefinitionHandle)token);
            return (definition.DecodeSignature(_file.Decoder, null), _file[definition.GetDeclaringType()], reader.GetString(definition.Name));
        }

        MemberReference reference = reader.GetMemberReference((MemberReferenceHandle)token);
        TypeSignature parent = _file.Decoder.Decode(reference.Parent);
        return (reference.DecodeFieldSignature(_file.Decoder, null).Substitute(parent.Arguments, []), parent.Definition, reader.GetString(reference.Name));
    }

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
