namespace Vmbus.Analyzers.Differential.Oracle.Levels;

/// <summary>A delegate that is invoked at PASSIVE_LEVEL.</summary>
[IrqlRequiresMax(Irql.Passive)]
public delegate void PassiveAction();

/// <summary>A delegate that is invoked at DISPATCH_LEVEL.</summary>
[IrqlRequires(Irql.Dispatch)]
public delegate void DispatchAction();
