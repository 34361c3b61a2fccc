namespace Vmbus.EffectsTool.Tests;

/// <summary>Members that others override: a call of them does what the known overrides do.</summary>
public abstract class Source
{
    private protected static readonly object Gate = new();

    /// <summary>All that override it read.</summary>
    public abstract string Take();

    /// <summary>Nobody can call this body.</summary>
    public virtual void Delete() => throw new NotSupportedException();

    /// <summary>Some read, and some do not.</summary>
    public abstract int Measure();

    /// <summary>Does nothing unless somebody has something to do.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Those who override it only enter a lock.</summary>
    public abstract int Number();

    /// <summary>A call inside the assembly does what one from outside does.</summary>
    public static string TakesFrom(Source source) => source.Take();
}

/// <summary>A source in a file.</summary>
public sealed class FileSource : Source, IStore
{
    public override string Take() => File.ReadAllText("x");

    public override void Delete() => File.Delete("x");

    public override int Measure() => File.ReadAllText("x").Length;

    public override void Flush() => File.WriteAllText("x", "");

    public override int Number()
    {
        lock (Gate)
        {
            return 1;
        }
    }

    public int Load() => Measure();
}

/// <summary>A source that copies its file.</summary>
public sealed class CopiedSource : Source
{
    public override string Take()
    {
        File.Copy("x", "y");
        return "";
    }

    public override int Measure() => 1;

    public override int Number() => 2;
}

/// <summary>Anybody may implement it otherwise.</summary>
public interface IStore
{
    int Load();
}
