namespace Vmbus;

/// <summary>On a <see cref="ReadOnlySpan{T}"/> of bytes of a handler: what follows the payload structure in the packet's buffer.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class RemainderAttribute : Attribute;
