namespace Vmbus;

/// <summary>The member returns with the level raised to this one. The SAL annotation <c>_IRQL_raises_</c>.</summary>
/// <param name="irql">The level.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Delegate, Inherited = false)]
public sealed class IrqlRaisesAttribute(Irql irql) : Attribute
{
    /// <summary>The level.</summary>
    public Irql Irql { get; } = irql;
}
