using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Execution;

/// <summary>Runs a program along every path that its unknowns allow.</summary>
internal static class PathEnumerator
{
    /// <summary>A program with more paths is not run to its end, and says nothing.</summary>
    public const int MaximumPaths = 6000;

    static PathEnumerator() => AppDomain.CurrentDomain.FirstChanceException += static (_, e) => ProgramPath.Raise(e.Exception);

    /// <returns>How many paths there are; null if there are too many.</returns>
    public static int? Run<TPath>(Func<ChoiceScript, TPath> begin, Action<TPath> run, Action<TPath, ChoiceScript> judge)
        where TPath : ProgramPath
    {
        var script = new ChoiceScript();
        int paths = 0;
        do
        {
            if (++paths > MaximumPaths)
            {
                return null;
            }

            TPath path = begin(script);
            path.Begin();
            try
            {
                run(path);
            }
            finally
            {
                path.End();
            }

            judge(path, script);
        }
        while (script.MoveNext());
        return paths;
    }
}
