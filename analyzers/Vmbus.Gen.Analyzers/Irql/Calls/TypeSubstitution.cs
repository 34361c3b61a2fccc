using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// What the type parameters of a function stand for where it is called. Only those that are constrained to a type of the
/// compilation matter: through them a call may run something else for each type.
/// </summary>
internal sealed class TypeSubstitution
{
    public static readonly TypeSubstitution None = new([]);

    private const int MaximumDepth = 3;

    private readonly Dictionary<ITypeParameterSymbol, ITypeSymbol> _types;

    private TypeSubstitution(Dictionary<ITypeParameterSymbol, ITypeSymbol> types) => _types = types;

    public static TypeSubstitution For(IMethodSymbol method)
    {
        if (SymbolEqualityComparer.Default.Equals(method, method.OriginalDefinition))
        {
            return None;
        }

        var types = new Dictionary<ITypeParameterSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
        Add(types, method.OriginalDefinition.TypeParameters, method.TypeArguments);
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            Add(types, type.OriginalDefinition.TypeParameters, type.TypeArguments);
        }

        return types.Count == 0 ? None : new(types);
    }

    public ITypeSymbol? Of(ITypeSymbol? type)
        => type is ITypeParameterSymbol parameter && _types.TryGetValue((ITypeParameterSymbol)parameter.OriginalDefinition, out ITypeSymbol? known) ? known : type;

    /// <summary>The method as it is called where the type parameters stand for what they do; its definition where that makes no difference.</summary>
    public IMethodSymbol Of(IMethodSymbol method)
    {
        method = MethodBodies.Declared(method);
        IMethodSymbol definition = method.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(method, definition) || !Matters(definition))
        {
            return definition;
        }

        INamedTypeSymbol containing = Construct(method.ContainingType);
        IMethodSymbol? member = SymbolEqualityComparer.Default.Equals(containing, method.ContainingType)
            ? method
            : containing.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, definition));
        if (member is null || IsTooDeep(containing, 0))
        {
            return definition;
        }

        if (method.TypeArguments.Length == 0)
        {
            return member;
        }

        ITypeSymbol[] arguments = [.. method.TypeArguments.Select(a => Of(a)!)];
        return arguments.Any(static a => IsTooDeep(a, 0)) ? definition : member.OriginalDefinition.Equals(member, SymbolEqualityComparer.Default) || member.IsDefinition
            ? definition.Construct(arguments)
            : member.ConstructedFrom.Construct(arguments);
    }

    private INamedTypeSymbol Construct(INamedTypeSymbol type)
        => type.TypeArguments.Length == 0 ? type : type.OriginalDefinition.Construct([.. type.TypeArguments.Select(a => Of(a)!)]);

    private static void Add(Dictionary<ITypeParameterSymbol, ITypeSymbol> types, IReadOnlyList<ITypeParameterSymbol> parameters, IReadOnlyList<ITypeSymbol> arguments)
    {
        for (int i = 0; i < parameters.Count && i < arguments.Count; i++)
        {
            if (arguments[i].TypeKind is not (TypeKind.TypeParameter or TypeKind.Error) && !types.ContainsKey(parameters[i]))
            {
                types.Add(parameters[i], arguments[i]);
            }
        }
    }

    private static bool Matters(IMethodSymbol definition)
    {
        if (definition.TypeParameters.Any(IsConstrained))
        {
            return true;
        }

        for (INamedTypeSymbol? type = definition.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.TypeParameters.Any(IsConstrained))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConstrained(ITypeParameterSymbol parameter) => parameter.ConstraintTypes.Any(static t => t.OriginalDefinition.DeclaringSyntaxReferences.Length > 0);

    private static bool IsTooDeep(ITypeSymbol type, int depth)
        => depth > MaximumDepth || (type is INamedTypeSymbol named && named.TypeArguments.Any(a => IsTooDeep(a, depth + 1)));
}
