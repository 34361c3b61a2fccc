namespace Vmbus;

/// <summary>The member returns at the level at which it was called. The SAL annotation <c>_IRQL_requires_same_</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Delegate, Inherited = false)]
public sealed class IrqlRequiresSameAttribute : Attribute;
