namespace Vmbus.Analyzers.Differential.Oracle.Choices;

/// <summary>One run of a program: what is asked is answered by a script, and loops and exceptions are bounded.</summary>
public class ProgramPath(ChoiceScript script, CallExceptions exceptions)
{
    /// <summary>How often the loops of a path may go on, all together.</summary>
    private const int MaximumRounds = 2;

    /// <summary>How many exceptions calls may raise on a path.</summary>
    private const int MaximumExceptions = 2;

    /// <summary>Flows into the tasks that a program starts.</summary>
    private static readonly AsyncLocal<ProgramPath?> Running = new();

    private string? _rethrower;
    private int _rounds;
    private int _slots;
    private int _exceptions;

    /// <summary>The path that the calling thread runs.</summary>
    public static ProgramPath Current => Running.Value ?? throw new InvalidOperationException("No path runs on this thread: programs run through PathEnumerator.");

    /// <summary>Whether the path came to something that never returns: what still runs (handlers around it) does not happen.</summary>
    public bool IsHalted { get; private set; }

    /// <summary>How often functions of the program have begun, ended or been given away so far: as long as it stays the same, one function has run alone.</summary>
    public int Calls { get; set; }

    /// <summary>How many blocks of <c>try</c> statements run. What is raised outside of them all leaves the program, which owes nothing then.</summary>
    public int Guards { get; set; }

    /// <summary>Something that a program should never raise.</summary>
    public Exception? Stray { get; protected set; }

    /// <summary>Whether nothing that the path does from here on can show anything: what is unknown is not asked any more.</summary>
    protected virtual bool IsDecided => IsHalted;

    /// <summary>What went wrong on this path.</summary>
    public virtual IEnumerable<string> FaultNames => [];

    /// <summary>Lambdas that the program gave away to be run later.</summary>
    public Queue<Action> Deferred { get; } = new();

    /// <summary>Runs on this thread, and in the tasks started on it, until <see cref="End"/>.</summary>
    public void Begin() => Running.Value = this;

    public void End() => Running.Value = null;

    /// <summary>Tells the path of the calling thread, if one runs, about an exception that is raised.</summary>
    public static void Raise(Exception exception)
    {
        if (Running.Value is { IsHalted: false } path)
        {
            path.Raised(exception, path._rethrower);
            path._rethrower = null;
        }
    }

    /// <summary>An exception is raised on this path.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="rethrower">The member that raises it again; null if it is raised for the first time, or just goes on.</param>
    protected virtual void Raised(Exception exception, string? rethrower)
    {
    }

    public int NextSlot() => _slots++;

    /// <summary>Answers a question with one of <paramref name="options"/> answers: each on a path of its own, as long as that can show anything.</summary>
    public int Choose(int options) => IsDecided ? 0 : script.Choose(options);

    public bool GoesOn()
    {
        if (_rounds == MaximumRounds || Choose(2) == 1)
        {
            return false;
        }

        _rounds++;
        return true;
    }

    /// <summary>Whatever a program calls and knows nothing about may throw.</summary>
    public void MayThrow()
    {
        if (MayFail() is { } exception)
        {
            throw exception;
        }
    }

    /// <summary>The exception that a call ends with, if it does.</summary>
    public Exception? MayFail()
    {
        int choice = Guards == 0 || IsHalted || _exceptions == MaximumExceptions ? 0 : Choose(1 + (int)exceptions);
        if (choice == 0)
        {
            return null;
        }

        _exceptions++;
        return choice == 1 ? TransferException.FromCall() : new DeviceException();
    }

    /// <summary>The program is about to raise an exception again that it has caught.</summary>
    public void Rethrows(string rethrower) => _rethrower = rethrower;

    /// <summary>A task that nobody waits for: the exception that it ends with is not seen by who started it.</summary>
    public void Abandon(Task task)
    {
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("Tasks of programs never wait.");
        }

        if (task.Exception?.InnerException is { } exception)
        {
            Leave(exception);
        }
    }

    /// <summary>An exception leaves a function under test, or a task.</summary>
    public virtual void Leave(Exception exception)
    {
    }

    public void Halt() => IsHalted = true;
}
