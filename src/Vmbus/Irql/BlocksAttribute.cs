namespace Vmbus;

/// <summary>The member may block its thread, so that it must not be called at DISPATCH_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Delegate, Inherited = false)]
public sealed class BlocksAttribute : Attribute;
