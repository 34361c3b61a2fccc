namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>For what a member makes its thread wait. The numbers stand in the table.</summary>
internal enum BlockingCategory
{
    None = 0,

    /// <summary>Waits for another thread or for time.</summary>
    Wait = 1,

    /// <summary>Waits for a device, a peer or a process.</summary>
    InputOutput = 2,

    /// <summary>Enters a monitor or a lock.</summary>
    Monitor = 3,
}
