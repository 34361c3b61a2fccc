using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Finds the smallest program on which truth and verdict still differ in the same way.</summary>
internal static class Shrinker
{
    /// <summary>How many smaller programs are tried at most.</summary>
    private const int MaximumTries = 1500;

    public static Judgement Shrink(Judgement difference, Judge judge)
    {
        Judgement smallest = difference;
        int tries = 0;
        Arbitrary<RandomProgram> candidates = Arb.From(FsCheck.Fluent.Gen.Constant(difference.Program!), static p => p.Shrink());
        Config config = Config.Quick.WithMaxTest(1).WithQuietOnSuccess(true).WithRunner(new Silent());
        Check.One(config, Prop.ForAll(candidates, program =>
        {
            if (++tries > MaximumTries)
            {
                return true;
            }

            (System.Collections.Immutable.ImmutableArray<Judgement>? judgements, _) = judge.TryJudgeAsync(ProgramBatch.Compile([program])).GetAwaiter().GetResult();
            if (judgements is not [var judgement] || judgement.IsUnexpected != difference.IsUnexpected || !judgement.Missed.IsSupersetOf(difference.Missed))
            {
                return true;
            }

            smallest = judgement;
            return false;
        }));
        return smallest;
    }

    /// <summary>FsCheck prints nothing: what it found is the caller's.</summary>
    private sealed class Silent : IRunner
    {
        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
        {
        }

        public void OnFinished(string name, TestResult testResults)
        {
        }
    }
}
