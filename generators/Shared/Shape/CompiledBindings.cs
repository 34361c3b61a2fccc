using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Reads what a class of a compiled assembly binds from the attributes that the generator put on it.</summary>
internal static class CompiledBindings
{
    public const string ProcessPacket = "ProcessPacket";

    private const string Attribute = "ChannelBindingAttribute";

    /// <summary>Claims what the class binds.</summary>
    /// <returns>Whether it binds anything.</returns>
    public static bool ReadTo(CallbackClaims claims, INamedTypeSymbol type)
    {
        bool isBound = false;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: Attribute }
                || attribute.ConstructorArguments is not [{ Value: string callback }, { Value: string method }, ..] arguments)
            {
                continue;
            }

            isBound = true;
            Claimant claimant = new(method, null);
            if (arguments is [_, _, { Value: ulong messageType }])
            {
                claims.Claim(messageType, claimant);
            }
            else if (callback == ProcessPacket)
            {
                claims.ClaimDefault(claimant);
            }
            else if (CallbackSignature.KindOf(callback) is { } kind)
            {
                claims.Claim(kind, claimant);
            }
        }

        return isBound;
    }
}
