namespace Vmbus;

/// <summary>The member may be called at this level or lower. The SAL annotation <c>_IRQL_requires_max_</c>.</summary>
/// <param name="irql">The level.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Delegate, Inherited = false)]
public sealed class IrqlRequiresMaxAttribute(Irql irql) : Attribute
{
    /// <summary>The level.</summary>
    public Irql Irql { get; } = irql;
}
