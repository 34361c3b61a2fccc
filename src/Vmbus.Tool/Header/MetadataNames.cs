using System.Reflection.Metadata;

namespace Vmbus.Tool.Header;

/// <summary>Names in metadata.</summary>
internal static class MetadataNames
{
    /// <summary>The full name of a type; types in types with <c>+</c>.</summary>
    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        return !type.GetDeclaringType().IsNil ? $"{Of(reader, type.GetDeclaringType())}+{name}"
            : type.Namespace.IsNil ? name
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    /// <summary>The full name of the attribute's class.</summary>
    public static string Of(MetadataReader reader, CustomAttribute attribute) => attribute.Constructor.Kind switch
    {
        HandleKind.MemberReference when reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
            => SignatureText.Instance.GetTypeFromReference(reader, (TypeReferenceHandle)parent, 0),
        HandleKind.MethodDefinition => Of(reader, reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()),
        _ => "",
    };

    /// <summary>The attribute of a class, if it is there.</summary>
    public static CustomAttribute? Find(MetadataReader reader, CustomAttributeHandleCollection attributes, string name)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (Of(reader, attribute) == name)
            {
                return attribute;
            }
        }

        return null;
    }
}
