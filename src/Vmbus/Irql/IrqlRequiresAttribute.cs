namespace Vmbus;

/// <summary>The member may be called at exactly this level. The SAL annotation <c>_IRQL_requires_</c>.</summary>
/// <param name="irql">The level.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Delegate, Inherited = false)]
public sealed class IrqlRequiresAttribute(Irql irql) : Attribute
{
    /// <summary>The level.</summary>
    public Irql Irql { get; } = irql;
}
