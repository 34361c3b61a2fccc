namespace Vmbus.Analyzers.Differential.Oracle;

public enum Kind
{
    Zero = 0,
    One = 1,
    Two = 2,
}
