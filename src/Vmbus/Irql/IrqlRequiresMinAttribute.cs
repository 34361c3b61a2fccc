namespace Vmbus;

/// <summary>The member may be called at this level or higher. The SAL annotation <c>_IRQL_requires_min_</c>.</summary>
/// <param name="irql">The level.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Delegate, Inherited = false)]
public sealed class IrqlRequiresMinAttribute(Irql irql) : Attribute
{
    /// <summary>The level.</summary>
    public Irql Irql { get; } = irql;
}
