using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Analyzers.Shape;

/// <summary>The enum that all message types of a class come from, and its members that have no handler.</summary>
internal sealed record EnumCoverage(INamedTypeSymbol Enum, ImmutableArray<IFieldSymbol> Missing)
{
    /// <summary>Null where the types are not of one enum, or a default handler takes what is left.</summary>
    public static EnumCoverage? Of(ClassShape shape)
    {
        for (ClassShape? current = shape; current is not null; current = current.Base)
        {
            if (current.Claims.Default is not null)
            {
                return null;
            }
        }

        if (EnumOf(shape.Type) is not { } type)
        {
            return null;
        }

        ImmutableArray<IFieldSymbol>.Builder missing = ImmutableArray.CreateBuilder<IFieldSymbol>();
        HashSet<ulong> seen = [];
        foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>())
        {
            // A member that does not fit can have no handler here, and two names of one value are one message type.
            if (member.ConstantValue is { } value
                && MessageTypes.TryGetValue(value, shape.Settings.MessageTypeSize, out ulong messageType)
                && !shape.Claims.Has(messageType)
                && seen.Add(messageType))
            {
                missing.Add(member);
            }
        }

        return new EnumCoverage(type, missing.ToImmutable());
    }

    private static INamedTypeSymbol? EnumOf(INamedTypeSymbol type)
    {
        INamedTypeSymbol? only = null;
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            foreach (AttributeData attribute in method.GetAttributes())
            {
                if (CallbackAttributes.KindOf(attribute) != CallbackKind.ProcessPacket || attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Array, IsNull: false } types])
                {
                    continue;
                }

                foreach (TypedConstant constant in types.Values)
                {
                    if (constant is not { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol enumType } || (only is not null && !SymbolEqualityComparer.Default.Equals(only, enumType)))
                    {
                        return null;
                    }

                    only = enumType;
                }
            }
        }

        return only;
    }
}
