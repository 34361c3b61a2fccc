namespace Vmbus.Analyzers.Differential.Oracle.Choices;

/// <summary>
/// The answers to everything that is unknown along one path, and the way to the next path: depth first, the last answer that
/// still has an alternative is changed, and what followed it is forgotten.
/// </summary>
public sealed class ChoiceScript
{
    private readonly List<(int Answer, int Options)> _answers = [];
    private int _next;

    /// <summary>The answers of the current path.</summary>
    public IEnumerable<int> Answers => _answers.Select(static a => a.Answer);

    /// <summary>Answers a question with one of <paramref name="options"/> answers.</summary>
    public int Choose(int options)
    {
        if (_next == _answers.Count)
        {
            _answers.Add((0, options));
        }

        (int answer, int asked) = _answers[_next++];
        return asked == options
            ? answer
            : throw new InvalidOperationException($"Question {_next} of a path had {asked} answers and now has {options}: the program does not depend on its answers alone.");
    }

    /// <summary>Goes to the next path; false if there is none.</summary>
    public bool MoveNext()
    {
        if (_next < _answers.Count)
        {
            throw new InvalidOperationException($"Only {_next} of {_answers.Count} questions were asked again: the program does not depend on its answers alone.");
        }

        _next = 0;
        while (_answers.Count > 0)
        {
            (int answer, int options) = _answers[^1];
            _answers.RemoveAt(_answers.Count - 1);
            if (answer + 1 < options)
            {
                _answers.Add((answer + 1, options));
                return true;
            }
        }

        return false;
    }
}
