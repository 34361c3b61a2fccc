using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Vmbus.EffectsTool.Metadata;

/// <summary>One assembly and the types that it defines.</summary>
internal sealed class AssemblyFile : IDisposable
{
    private readonly PEReader _image;
    private readonly Dictionary<string, TypeNode> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<TypeDefinitionHandle, TypeNode> _byHandle = [];
    private readonly Dictionary<string, string> _forwards = new(StringComparer.Ordinal);
    private bool? _hasFriends;

    public AssemblyFile(AssemblySet set, PEReader image)
    {
        Set = set;
        _image = image;
        Reader = image.GetMetadataReader();
        Decoder = new SignatureDecoder(this);
        AssemblyDefinition definition = Reader.GetAssemblyDefinition();
        Name = Reader.GetString(definition.Name);
        foreach (TypeDefinitionHandle handle in Reader.TypeDefinitions)
        {
            // A nested type follows the one that it is in.
            TypeDefinitionHandle outer = Reader.GetTypeDefinition(handle).GetDeclaringType();
            var type = new TypeNode(this, handle, outer.IsNil ? null : _byHandle[outer]);
            _byHandle.Add(handle, type);
            _byName.TryAdd(type.FullName, type);
        }

        foreach (ExportedTypeHandle handle in Reader.ExportedTypes)
        {
            ExportedType exported = Reader.GetExportedType(handle);
            if (exported.Implementation.Kind == HandleKind.AssemblyReference)
            {
                AssemblyReference target = Reader.GetAssemblyReference((AssemblyReferenceHandle)exported.Implementation);
                _forwards.TryAdd(TypeNode.Join(Reader.GetString(exported.Namespace), Reader.GetString(exported.Name)), Reader.GetString(target.Name));
            }
        }
    }

    public AssemblySet Set { get; }

    public MetadataReader Reader { get; }

    /// <summary>Decodes the signatures of this assembly, each type of it once.</summary>
    public SignatureDecoder Decoder { get; }

    public string Name { get; }

    /// <summary>Whether other assemblies have in reach what is internal here.</summary>
    public bool HasFriends => _hasFriends ??= Reader.GetAssemblyDefinition().GetCustomAttributes().Any(IsOfFriend);

    public IEnumerable<TypeNode> Types => _byHandle.Values;

    public TypeNode this[TypeDefinitionHandle handle] => _byHandle[handle];

    public MethodBodyBlock? BodyOf(MethodDefinition method) => method.RelativeVirtualAddress == 0 ? null : _image.GetMethodBody(method.RelativeVirtualAddress);

    /// <summary>A type that is defined here, or that this assembly forwards to.</summary>
    public TypeNode? Find(string fullName)
    {
        if (_byName.TryGetValue(fullName, out TypeNode? type))
        {
            return type;
        }

        int nested = fullName.IndexOf('+', StringComparison.Ordinal);
        string outermost = nested < 0 ? fullName : fullName[..nested];
        return _forwards.TryGetValue(outermost, out string? target) && target != Name ? Set.Find(target)?.Find(fullName) : null;
    }

    public void Dispose() => _image.Dispose();

    private bool IsOfFriend(CustomAttributeHandle handle)
    {
        EntityHandle constructor = Reader.GetCustomAttribute(handle).Constructor;
        EntityHandle type = constructor.Kind == HandleKind.MemberReference
            ? Reader.GetMemberReference((MemberReferenceHandle)constructor).Parent
            : Reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
        StringHandle name = type.Kind == HandleKind.TypeReference ? Reader.GetTypeReference((TypeReferenceHandle)type).Name : Reader.GetTypeDefinition((TypeDefinitionHandle)type).Name;
        return Reader.StringComparer.Equals(name, "InternalsVisibleToAttribute");
    }
}
