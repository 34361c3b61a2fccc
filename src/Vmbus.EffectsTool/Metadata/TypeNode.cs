using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Vmbus.EffectsTool.Metadata;

/// <summary>A type that one of the assemblies defines.</summary>
internal sealed class TypeNode
{
    private readonly TypeDefinition _definition;
    private ILookup<string, MethodNode>? _byKey;
    private TypeSignature? _base;
    private TypeSignature? _self;
    private IReadOnlyList<TypeSignature>? _interfaces;
    private bool? _canBeDerivedByOthers;
    private HashSet<string>? _privateFields;
    private HashSet<string>? _internalFields;

    public TypeNode(AssemblyFile file, TypeDefinitionHandle handle, TypeNode? outer)
    {
        File = file;
        Handle = handle;
        Outer = outer;
        _definition = file.Reader.GetTypeDefinition(handle);
        Name = file.Reader.GetString(_definition.Name);
        Namespace = outer?.Namespace ?? file.Reader.GetString(_definition.Namespace);
        FullName = outer is null ? Join(Namespace, Name) : outer.FullName + "+" + Name;
        IsVisible = IsVisibleIn(outer);
        Methods = [.. _definition.GetMethods().Select(m => new MethodNode(this, m))];
    }

    public AssemblyFile File { get; }

    public TypeDefinitionHandle Handle { get; }

    public TypeNode? Outer { get; }

    public string Namespace { get; }

    /// <summary>The metadata name, with the arity.</summary>
    public string Name { get; }

    public string FullName { get; }

    public SignatureDecoder Decoder => File.Decoder;

    /// <summary>Whether code of other assemblies can name it.</summary>
    public bool IsVisible { get; }

    public bool IsInterface => (_definition.Attributes & TypeAttributes.Interface) != 0;

    public bool IsAbstract => (_definition.Attributes & TypeAttributes.Abstract) != 0;

    /// <summary>Whether its static constructor runs when a static field is first touched, and not already with the first call of a static member.</summary>
    public bool IsBeforeFieldInit => (_definition.Attributes & TypeAttributes.BeforeFieldInit) != 0;

    public bool IsSealed => (_definition.Attributes & TypeAttributes.Sealed) != 0;

    public bool IsValueType => Base?.Name is "System.ValueType" or "System.Enum" && FullName != "System.Enum";

    /// <summary>How many type parameters it has, those of types around it included.</summary>
    public int Arity => _definition.GetGenericParameters().Count;

    public TypeSignature? Base => _definition.BaseType.IsNil ? null : _base ??= Decoder.Decode(_definition.BaseType);

    public IReadOnlyList<TypeSignature> Interfaces
        => _interfaces ??= [.. _definition.GetInterfaceImplementations().Select(i => Decoder.Decode(File.Reader.GetInterfaceImplementation(i).Interface))];

    public IReadOnlyList<MethodNode> Methods { get; }

    /// <summary>The type as its own members name it.</summary>
    public TypeSignature Self
        => _self ??= TypeSignature.Named(FullName, this, [.. Enumerable.Range(0, Arity).Select(static i => TypeSignature.Parameter(TypeSignatureKind.TypeParameter, i))]);

    public MethodNode? StaticConstructor => Methods.FirstOrDefault(static m => m.Name == ".cctor");

    /// <summary>Whether a type that is not among the assemblies may derive from it, or implement it.</summary>
    public bool CanBeDerivedByOthers => _canBeDerivedByOthers ??= IsVisible && !IsSealed && (IsInterface || Methods.Any(static m => m is { Name: ".ctor", IsVisible: true }));

    public static string Join(string space, string name) => space.Length == 0 ? name : space + "." + name;

    /// <summary>Whether no other type has a field of this name in reach, but those inside this one.</summary>
    public bool IsPrivateField(string name) => (_privateFields ??= FieldsOf(FieldAttributes.Private)).Contains(name);

    /// <summary>Whether types of the same assembly have a field of this name in reach, and no others.</summary>
    public bool IsInternalField(string name)
        => !File.HasFriends && (_internalFields ??= FieldsOf(FieldAttributes.Assembly, FieldAttributes.FamANDAssem)).Contains(name);

    /// <summary>The method with a handle; the rows of a type's methods follow each other.</summary>
    public MethodNode Method(MethodDefinitionHandle handle)
        => Methods[MetadataTokens.GetRowNumber(handle) - MetadataTokens.GetRowNumber(Methods[0].Handle)];

    /// <summary>The methods with a name, arity and signature.</summary>
    public IEnumerable<MethodNode> WithKey(string key) => (_byKey ??= Methods.ToLookup(static m => m.Key, StringComparer.Ordinal))[key];

    public IEnumerable<(EntityHandle Body, EntityHandle Declaration)> MethodImplementations()
        => _definition.GetMethodImplementations().Select(h => File.Reader.GetMethodImplementation(h)).Select(static i => (i.MethodBody, i.MethodDeclaration));

    public bool IsOrDerivesFrom(TypeNode other)
    {
        for (TypeNode? type = this; type is not null; type = type.Base?.Definition)
        {
            if (type == other)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this type, or one that it derives from, has one of these full names.</summary>
    public bool IsOrDerivesFrom(params ReadOnlySpan<string> fullNames)
    {
        for (TypeNode? type = this; type is not null; type = type.Base?.Definition)
        {
            if (fullNames.Contains(type.FullName))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an instance of this type may be of another, which it or what derives from it would have to derive from or implement.</summary>
    public bool MayBe(TypeNode other)
        => IsOrDerivesFrom(other)
            || other.IsOrDerivesFrom(this)
            || (other.IsInterface && (IsInterface || !IsSealed || Implements(other)))
            || (IsInterface && (!other.IsSealed || other.Implements(this)));

    public override string ToString() => FullName;

    /// <summary>Whether this type implements an interface, or is one that derives from it.</summary>
    public bool Implements(TypeNode contract)
    {
        for (TypeNode? type = this; type is not null; type = type.Base?.Definition)
        {
            if (type.Interfaces.Any(i => i.Definition is { } found && (found == contract || found.Implements(contract))))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<string> FieldsOf(params FieldAttributes[] access)
        => [.. _definition.GetFields().Select(h => File.Reader.GetFieldDefinition(h)).Where(f => access.Contains(f.Attributes & FieldAttributes.FieldAccessMask)).Select(f => File.Reader.GetString(f.Name))];

    private bool IsVisibleIn(TypeNode? outer) => (_definition.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic => outer!.IsVisible,
        TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => outer!.IsVisible && !outer.IsSealed,
        _ => false,
    };
}
