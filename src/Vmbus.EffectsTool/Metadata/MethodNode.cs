using System.Reflection;
using System.Reflection.Metadata;

namespace Vmbus.EffectsTool.Metadata;

/// <summary>A method, constructor or accessor that one of the assemblies defines.</summary>
internal sealed class MethodNode
{
    private readonly MethodDefinition _definition;
    private string? _key;
    private string? _id;
    private IReadOnlyList<string>? _parameterNames;
    private MethodSignature<TypeSignature>? _signature;

    public MethodNode(TypeNode owner, MethodDefinitionHandle handle)
    {
        Owner = owner;
        Handle = handle;
        _definition = owner.File.Reader.GetMethodDefinition(handle);
        Name = owner.File.Reader.GetString(_definition.Name);
    }

    /// <summary>A node for calls of this method that tell more of its values than its signature does.</summary>
    public MethodNode ForSomeCalls() => new(Owner, Handle) { General = this };

    /// <summary>The method itself, where this node is for some of its calls.</summary>
    public MethodNode? General { get; private init; }

    public TypeNode Owner { get; }

    public MethodDefinitionHandle Handle { get; }

    public string Name { get; }

    public MethodSignature<TypeSignature> Signature => _signature ??= General?.Signature ?? _definition.DecodeSignature(Owner.Decoder, null);

    /// <summary>Name, arity and signature: what an override has in common with what it overrides.</summary>
    public string Key => _key ??= KeyOf(Name, Signature);

    /// <summary>The documentation comment id.</summary>
    public string Id => _id ??= General?.Id ?? DocumentationId.Of(this);

    public bool IsStatic => (_definition.Attributes & MethodAttributes.Static) != 0;

    public bool IsVirtual => (_definition.Attributes & MethodAttributes.Virtual) != 0;

    public bool IsAbstract => (_definition.Attributes & MethodAttributes.Abstract) != 0;

    public bool IsFinal => (_definition.Attributes & MethodAttributes.Final) != 0;

    public bool IsNewSlot => (_definition.Attributes & MethodAttributes.NewSlot) != 0;

    /// <summary>Whether code of other assemblies can call it, or override it.</summary>
    public bool IsVisible => Owner.IsVisible && (_definition.Attributes & MethodAttributes.MemberAccessMask) switch
    {
        MethodAttributes.Public => true,
        MethodAttributes.Family or MethodAttributes.FamORAssem => !Owner.IsSealed || IsOverride,
        _ => false,
    };

    /// <summary>An implementation of an interface's member that is reached through the interface alone.</summary>
    public bool IsExplicitImplementation => Owner.IsVisible && IsVirtual && Name.Contains('.', StringComparison.Ordinal)
        && (_definition.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Private;

    public bool IsOverride => IsVirtual && !IsNewSlot;

    public bool IsSynchronized => (_definition.ImplAttributes & MethodImplAttributes.Synchronized) != 0;

    public bool IsInternalCall => (_definition.ImplAttributes & MethodImplAttributes.InternalCall) != 0;

    /// <summary>The library and entry point of a platform invocation.</summary>
    public (string Library, string EntryPoint)? Import
    {
        get
        {
            if ((_definition.Attributes & MethodAttributes.PinvokeImpl) == 0)
            {
                return null;
            }

            MethodImport import = _definition.GetImport();
            MetadataReader reader = Owner.File.Reader;
            return (reader.GetString(reader.GetModuleReference(import.Module).Name), reader.GetString(import.Name));
        }
    }

    public IReadOnlyList<string> ParameterNames
    {
        get
        {
            if (_parameterNames is null)
            {
                string[] names = new string[Signature.ParameterTypes.Length];
                Array.Fill(names, "");
                foreach (ParameterHandle handle in _definition.GetParameters())
                {
                    Parameter parameter = Owner.File.Reader.GetParameter(handle);
                    if (parameter.SequenceNumber > 0)
                    {
                        names[parameter.SequenceNumber - 1] = Owner.File.Reader.GetString(parameter.Name);
                    }
                }

                _parameterNames = names;
            }

            return _parameterNames;
        }
    }

    public static string KeyOf(string name, MethodSignature<TypeSignature> signature)
        => $"{name}``{signature.GenericParameterCount}({string.Join(',', signature.ParameterTypes.Select(static p => p.Text))}):{signature.ReturnType.Text}";

    public MethodBodyBlock? Body() => Owner.File.BodyOf(_definition);

    /// <summary>Whether an attribute of this name, without its namespace, is on the method.</summary>
    public bool HasAttribute(string name) => _definition.GetCustomAttributes().Any(a => AttributeName(a) == name);

    /// <summary>The first argument of an attribute of this name, if it is one byte long; null if there is none.</summary>
    public byte? AttributeByte(string name)
    {
        foreach (CustomAttributeHandle handle in _definition.GetCustomAttributes())
        {
            if (AttributeName(handle) == name)
            {
                BlobReader value = Owner.File.Reader.GetBlobReader(Owner.File.Reader.GetCustomAttribute(handle).Value);
                return value.Length > 2 && value.ReadUInt16() == 1 ? value.ReadByte() : null;
            }
        }

        return null;
    }

    public override string ToString() => Id;

    private string AttributeName(CustomAttributeHandle handle)
    {
        MetadataReader reader = Owner.File.Reader;
        EntityHandle constructor = reader.GetCustomAttribute(handle).Constructor;
        EntityHandle type = constructor.Kind == HandleKind.MemberReference
            ? reader.GetMemberReference((MemberReferenceHandle)constructor).Parent
            : reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
        return type.Kind switch
        {
            HandleKind.TypeReference => reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name),
            HandleKind.TypeDefinition => reader.GetString(reader.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            _ => "",
        };
    }
}
