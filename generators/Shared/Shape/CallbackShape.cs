using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>A method bound to a callback other than the processing of packets.</summary>
internal readonly record struct CallbackShape(CallbackKind Kind, IMethodSymbol Method);
