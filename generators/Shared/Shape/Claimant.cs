using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>The method that a message type or a callback goes to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method; null where only its name is known, in a compiled assembly.</param>
internal readonly record struct Claimant(string Name, IMethodSymbol? Method)
{
    public static Claimant Of(IMethodSymbol method) => new(method.Name, method);
}
