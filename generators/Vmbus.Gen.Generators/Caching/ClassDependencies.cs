using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Caching;

/// <summary>
/// Collects the declarations that the model of a class is read from: the class, what is around and below it, the types of its handlers' parameters and results,
/// and of the fields in those. A change of any other declaration matters only if one of these mentions its name.
/// </summary>
internal sealed class ClassDependencies(CancellationToken cancellation)
{
    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly ImmutableArray<TypeSurface>.Builder _declarations = ImmutableArray.CreateBuilder<TypeSurface>();

    public static ImmutableArray<TypeSurface> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        ClassDependencies dependencies = new(cancellation);
        dependencies.Visit(type);
        return dependencies._declarations.ToImmutable();
    }

    private void Visit(ITypeSymbol? type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                Visit(array.ElementType);
                break;
            case IPointerTypeSymbol pointer:
                Visit(pointer.PointedAtType);
                break;
            case INamedTypeSymbol named:
                foreach (ITypeSymbol argument in named.TypeArguments)
                {
                    Visit(argument);
                }

                if (!named.DeclaringSyntaxReferences.IsEmpty && _seen.Add(named.OriginalDefinition))
                {
                    VisitDeclared(named.OriginalDefinition);
                }

                break;
        }
    }

    private void VisitDeclared(INamedTypeSymbol type)
    {
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (TreeSurface.Of(reference.SyntaxTree, cancellation).Types.TryGetValue(reference.Span.Start, out TypeSurface? surface))
            {
                _declarations.Add(surface);
            }
        }

        Visit(type.BaseType);
        Visit(type.ContainingType);
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false } field && type.TypeKind == TypeKind.Struct)
            {
                Visit(field.Type);
            }
            else if (member is IMethodSymbol { IsImplicitlyDeclared: false } method && type.TypeKind == TypeKind.Class && CallbackAttributes.IsAnnotated(method))
            {
                Visit(method.ReturnType);
                foreach (IParameterSymbol parameter in method.Parameters)
                {
                    Visit(parameter.Type);
                }
            }
        }
    }
}
