using System.Collections.Immutable;
using System.Globalization;
using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Execution;

/// <summary>Runs a program along every path that its unknowns allow.</summary>
internal static class PathEnumerator
{
    /// <summary>A program with more paths is not run to its end, and says nothing.</summary>
    public const int MaximumPaths = 3000;

    static PathEnumerator() => AppDomain.CurrentDomain.FirstChanceException += static (_, e) => ProgramPath.Raise(e.Exception);

    /// <param name="begin">A path whose unknowns are answered by a script.</param>
    /// <param name="run">Runs the program along a path.</param>
    /// <param name="text">How the program is written.</param>
    public static ProgramTruth Run<TPath>(Func<ChoiceScript, TPath> begin, Action<TPath> run, string text)
        where TPath : ProgramPath
    {
        var script = new ChoiceScript();
        ImmutableSortedSet<string> faults = [];
        string example = "";
        int paths = 0;
        do
        {
            if (++paths > MaximumPaths)
            {
                return new ProgramTruth(faults, 0, example);
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

            if (path.Stray is { } stray)
            {
                throw new InvalidOperationException($"A program raised what it should not: {stray}\n{text}");
            }

            foreach (string fault in path.FaultNames.Where(f => !faults.Contains(f)))
            {
                faults = faults.Add(fault);
                example += string.Create(CultureInfo.InvariantCulture, $"{fault}: {string.Concat(script.Answers)} ");
            }
        }
        while (script.MoveNext());
        return new ProgramTruth(faults, paths, example);
    }
}
