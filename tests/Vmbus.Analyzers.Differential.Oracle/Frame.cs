namespace Vmbus.Analyzers.Differential.Oracle;

/// <summary>A structure whose members programs ask for.</summary>
public struct Frame
{
    public uint Length;
}
