namespace Vmbus.Analyzers.Differential.Oracle.Choices;

/// <summary>A function of the program that runs; its beginning and its end are noted.</summary>
public readonly struct Call : IDisposable
{
    /// <summary>A function begins.</summary>
    public static Call Begin()
    {
        Note();
        return default;
    }

    /// <summary>Something runs that may be code of the program.</summary>
    public static void Note() => ProgramPath.Current.Calls++;

    public void Dispose() => Note();
}
