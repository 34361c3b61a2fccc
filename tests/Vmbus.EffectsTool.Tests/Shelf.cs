using System.Collections;

namespace Vmbus.EffectsTool.Tests;

/// <summary>What is known of arguments, of fields, and of who makes an enumerator.</summary>
public sealed class Shelf
{
    /// <summary>Only this assembly can set it.</summary>
    internal Source? Kept;

    /// <summary>Anybody can set it.</summary>
    public Source? Given;

    /// <summary>The field only ever holds a source that measures nothing.</summary>
    public int MeasuresKept() => (Kept ??= new CopiedSource()).Measure();

    /// <summary>Callers may have set the field to a source in a file.</summary>
    public int MeasuresGiven() => (Given ??= new CopiedSource()).Measure();

    /// <summary>There is no text to look for.</summary>
    public static void LooksForNothing() => LooksFor(null);

    /// <summary>A text that is given may have something in it.</summary>
    public static void LooksFor(string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            File.Exists(text);
        }
    }
}

/// <summary>Sets a field of another type of the assembly.</summary>
public static class Shelves
{
    public static Shelf New() => new() { Kept = new CopiedSource() };
}

/// <summary>Enumerates files, by one of two enumerators; it is no list.</summary>
public sealed class Lengths(bool isReversed) : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator() => isReversed ? new Backward() : new Forward();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private abstract class Enumerator : IEnumerator<int>
    {
        public int Current => 0;

        object IEnumerator.Current => Current;

        public bool MoveNext() => File.ReadAllText("x").Length > 0;

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Forward : Enumerator;

    private sealed class Backward : Enumerator;
}
