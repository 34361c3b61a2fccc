namespace Vmbus.Gen.Shape;

/// <summary>The values of the run time's enum Irql, which what the compiler loads never references.</summary>
internal static class IrqlLevels
{
    public const byte Passive = 0;

    public const byte Apc = 1;

    public const byte Dispatch = 2;
}
