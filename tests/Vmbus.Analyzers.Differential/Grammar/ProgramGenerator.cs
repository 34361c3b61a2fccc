using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>
/// Makes programs, each from a number alone. About half are meant to be right; in the others each goal may be missed now and
/// then: nothing is ended where it should be, or once more where it is not owed. In a language with themes some numbers have one, two constructs that their
/// program shall have: they are preferred until both are there.
/// </summary>
internal sealed class ProgramGenerator
{
    private const int MaximumSize = 9;
    private const int MaximumDepth = 5;

    /// <summary>How much more often a template is taken that has something of the theme.</summary>
    private const double Emphasis = 40;

    /// <summary>How many programs are made at most until one has its theme.</summary>
    private const int MaximumAttempts = 40;

    /// <summary>A prime, so that a few programs, too, have themes from everywhere, and as many as there are themes have all.</summary>
    private const int Stride = 1009;

    private readonly Language _language;
    private readonly Random _random;
    private readonly double _faults;
    private readonly HashSet<string> _wanted;
    private int _left;

    private ProgramGenerator(Language language, Random random, Theme? theme)
    {
        _language = language;
        _random = random;
        _wanted = theme is null ? [] : [theme.Value.First, theme.Value.Second];
        _faults = random.NextDouble() < 0.42 ? 0 : 0.06 + (random.NextDouble() * 0.16);
        _left = 2 + random.Next(MaximumSize);
    }

    /// <summary>The program of a number.</summary>
    public static RandomProgram Make(Language language, int seed, int number)
    {
        Theme? theme = ThemeOf(language, number);
        for (int attempt = 0; ; attempt++)
        {
            // The numbers of one seed are unrelated, so that a program can be made again without those before it.
            var generator = new ProgramGenerator(language, new Random(unchecked((seed * 486187739) ^ (number * 16777619) ^ (attempt * 40503))), theme);
            RandomProgram program = generator.MakeProgram();
            if (generator._wanted.Count == 0 || attempt == MaximumAttempts - 1)
            {
                return program;
            }
        }
    }

    /// <summary>The constructs that the program of a number shall have; null if it may have any.</summary>
    public static Theme? ThemeOf(Language language, int number)
        => language.ThemeEvery > 0 && number % language.ThemeEvery == 0 ? language.Themes[(int)((long)(number / language.ThemeEvery) * Stride % language.Themes.Length)] : null;

    private RandomProgram MakeProgram()
    {
        RootTemplate root = Take(_language.Roots, static r => r.Weight, static r => r.Constructs);
        ImmutableStack<SubjectInReach> subjects = [new SubjectInReach(root.Kind, "")];
        return new RandomProgram(_language, root, MakeBlock(root.Goal, subjects, root.Scope, isTail: true, mayReturn: true, 0));
    }

    private Block MakeBlock(Goal goal, ImmutableStack<SubjectInReach> subjects, ScopeKind scope, bool isTail, bool mayReturn, int depth)
    {
        if (_random.NextDouble() < _faults)
        {
            goal = goal == Goal.End ? Goal.Keep : Goal.End;
        }

        ImmutableArray<Statement>.Builder statements = ImmutableArray.CreateBuilder<Statement>();
        AddKeeping(statements, subjects, scope, mayReturn, depth, goal == Goal.End ? 0.45 : 0.6);
        if (goal == Goal.End)
        {
            bool goesOn = _random.NextDouble() < 0.12;
            statements.Add(MakeStatement(Goal.End, subjects, scope, isTail && !goesOn, mayReturn, depth));
            if (goesOn)
            {
                AddKeeping(statements, subjects, scope, mayReturn, depth, 1);
            }
        }

        return new Block(statements.ToImmutable());
    }

    private void AddKeeping(ImmutableArray<Statement>.Builder statements, ImmutableStack<SubjectInReach> subjects, ScopeKind scope, bool mayReturn, int depth, double chance)
    {
        while (_left > 0 && _random.NextDouble() < chance)
        {
            statements.Add(MakeStatement(Goal.Keep, subjects, scope, isTail: false, mayReturn, depth));
            chance /= 2;
        }
    }

    private Statement MakeStatement(Goal goal, ImmutableStack<SubjectInReach> subjects, ScopeKind scope, bool isTail, bool mayReturn, int depth)
    {
        _left--;
        int index = 0;
        if (_random.NextDouble() < _faults)
        {
            index = _random.Next(subjects.Count());
        }

        SubjectInReach subject = subjects.ElementAt(index);
        bool isLeaf = (_left <= 0 && _wanted.Count == 0) || depth >= MaximumDepth;
        StatementTemplate template = Take(
            [.. _language.Statements.Where(t => t.Goal == goal
                && (t.Subjects.IsEmpty || t.Subjects.Contains(subject.Kind))
                && (isTail || !t.NeedsTail || (_faults > 0 && t.IsWild && mayReturn))
                && (!t.IsWild || _faults > 0)
                && (!t.IsTame || _faults == 0)
                && !t.Not.Contains(scope)
                && (!isLeaf || t.BlockGoals.All(static g => g == Goal.Keep)))],
            t => t.IsWild ? t.Weight * (_faults * 8) : t.Weight,
            static t => t.Constructs);
        ImmutableArray<Block>.Builder blocks = ImmutableArray.CreateBuilder<Block>();
        for (int i = 0; i < template.BlockGoals.Length; i++)
        {
            TemplatePart.Block hole = template.Holes[i];
            ScopeKind inner = hole.Scope is ScopeKind.Block or ScopeKind.Nested ? Inner(scope, hole.Scope) : hole.Scope;
            bool mayReturnThere = hole.Scope == ScopeKind.Block ? mayReturn && !hole.IsClosed : hole.IsTail;
            blocks.Add(MakeBlock(template.BlockGoals[i], Reach(subjects, subject, hole), inner, IsTail(hole, isTail), mayReturnThere, depth + 1));
        }

        return new Statement(
            template,
            index,
            blocks.ToImmutable(),
            [.. Enumerable.Range(0, template.ConditionCount).Select(_ => MakeCondition(0))],
            [.. Enumerable.Range(0, template.VariableCount).Select(_ => _random.Next(2))]);
    }

    /// <summary>A lambda inside an async method or an iterator is neither; inside another type it is still there.</summary>
    private static ScopeKind Inner(ScopeKind outer, ScopeKind hole) => hole == ScopeKind.Nested && outer != ScopeKind.Type ? ScopeKind.Nested : outer;

    private static bool IsTail(TemplatePart.Block hole, bool isTail) => hole.IsTail && (isTail || hole.Scope != ScopeKind.Block);

    private ImmutableStack<SubjectInReach> Reach(ImmutableStack<SubjectInReach> subjects, SubjectInReach subject, TemplatePart.Block hole)
    {
        ImmutableStack<SubjectInReach> reach = hole.Scope switch
        {
            ScopeKind.Block => subjects,
            ScopeKind.Nested => [.. subjects.Reverse().Where(s => !_language.Uncapturable.Contains(s.Kind))],
            _ => [],
        };
        return hole.About is null ? reach : reach.Push(new SubjectInReach(hole.Kind ?? subject.Kind, ""));
    }

    private Condition MakeCondition(int depth)
    {
        ConditionTemplate template = Take([.. _language.Conditions.Where(c => depth < 2 || c.OperandCount == 0)], static c => c.Weight, static c => c.Constructs);
        return new Condition(
            template,
            [.. Enumerable.Range(0, template.OperandCount).Select(_ => MakeCondition(depth + 1))],
            [.. Enumerable.Range(0, template.VariableCount).Select(_ => _random.Next(2))]);
    }

    /// <summary>Takes one by chance, rather one with something of the theme that is not there yet.</summary>
    private T Take<T>(ImmutableArray<T> choices, Func<T, double> weight, Func<T, ImmutableArray<string>> constructs)
    {
        T taken = Weighted(choices, _wanted.Count == 0 ? weight : c => constructs(c).Any(_wanted.Contains) ? weight(c) * Emphasis : weight(c));
        _wanted.ExceptWith(constructs(taken));
        return taken;
    }

    private T Weighted<T>(ImmutableArray<T> choices, Func<T, double> weight)
    {
        double at = _random.NextDouble() * choices.Sum(weight);
        foreach (T choice in choices)
        {
            at -= weight(choice);
            if (at < 0)
            {
                return choice;
            }
        }

        return choices[^1];
    }
}
