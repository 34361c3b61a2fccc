using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>
/// The base of the fixes for what depends on all paths: several edits come into question, and each is tried on a fork of the tree before it is offered. What is
/// offered takes one report away, brings none of any rule, and compiles. Where a mistake stands in several places of which only one is reported at a time, the
/// fix goes on until it is gone.
/// </summary>
public abstract class TriedCodeFix : DocumentCodeFix
{
    /// <summary>So many edits are tried for a diagnostic; a method that needs more is for its author.</summary>
    private const int MaximumTrials = 64;

    /// <summary>Who reports what this fixes, and what a wrong fix would bring.</summary>
    private protected abstract ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>The edits that come into question, the likeliest first.</summary>
    private protected abstract IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic);

    /// <summary>Whether it changes what code outside the member sees, so that the whole tree has to be asked.</summary>
    private protected virtual bool ReachesBeyondMember => false;

    /// <inheritdoc/>
    private protected sealed override async Task<FixOffer?> OfferAsync(FixScope scope, Diagnostic diagnostic)
    {
        if (await SolveAsync(scope, diagnostic).ConfigureAwait(false) is not { } solution)
        {
            return null;
        }

        // The tree alone: the compilations of the trials may go.
        SyntaxNode root = solution.Trial.Scope.Root;
        return new FixOffer(solution.Title, () => root);
    }

    /// <inheritdoc/>
    private protected sealed override async Task<SyntaxNode> FixAsync(FixScope scope, ImmutableArray<Diagnostic> diagnostics)
    {
        if (diagnostics is [{ } single])
        {
            return await SolveAsync(scope, single).ConfigureAwait(false) is { } solution ? solution.Trial.Scope.Root : scope.Root;
        }

        // The last member first: what changes in it moves nothing that comes later.
        ImmutableHashSet<string> ids = [.. diagnostics.Select(static d => d.Id)];
        foreach (int start in diagnostics.Select(d => MemberStart(scope, d)).Distinct().OrderByDescending(static s => s).ToList())
        {
            FixTrial now = await FixTrial.RunAsync(scope, start, Analyzers, ReachesBeyondMember).ConfigureAwait(false);

            // Each step takes a report away, so that there are no more steps than reports.
            for (int left = now.Reports.Count(d => ids.Contains(d.Id)); left > 0 && await SolveAnyAsync(now, start, ids).ConfigureAwait(false) is { } better; left--)
            {
                now = better;
            }

            scope = now.Scope;
        }

        return scope.Root;
    }

    private async Task<FixTrial?> SolveAnyAsync(FixTrial now, int memberStart, ImmutableHashSet<string> ids)
    {
        foreach (Diagnostic diagnostic in now.Reports.Where(d => ids.Contains(d.Id)))
        {
            if (await SolveAsync(now, diagnostic, memberStart).ConfigureAwait(false) is { } solution)
            {
                return solution.Trial;
            }
        }

        return null;
    }

    private async Task<Solution?> SolveAsync(FixScope scope, Diagnostic diagnostic)
    {
        int start = MemberStart(scope, diagnostic);
        return await SolveAsync(await FixTrial.RunAsync(scope, start, Analyzers, ReachesBeyondMember).ConfigureAwait(false), diagnostic, start).ConfigureAwait(false);
    }

    private Task<Solution?> SolveAsync(FixTrial before, Diagnostic diagnostic, int memberStart)
        => new Search(this, before, diagnostic.Id, memberStart).StepAsync(before.Scope, diagnostic, []);

    private static int MemberStart(FixScope scope, Diagnostic diagnostic)
        => Members.Around(scope.NodeAt<SyntaxNode>(diagnostic))?.SpanStart ?? diagnostic.Location.SourceSpan.Start;

    private sealed class Solution(string title, FixTrial trial)
    {
        public string Title { get; } = title;

        public FixTrial Trial { get; } = trial;
    }

    /// <summary>The search for the edits that take one report away.</summary>
    private sealed class Search(TriedCodeFix fix, FixTrial before, string id, int memberStart)
    {
        private int _trials;

        public async Task<Solution?> StepAsync(FixScope scope, Diagnostic diagnostic, ImmutableArray<string> titles)
        {
            foreach (Fix candidate in fix.Candidates(scope, diagnostic))
            {
                if (++_trials > MaximumTrials)
                {
                    return null;
                }

                FixTrial trial = await FixTrial.RunAsync(scope.WithRoot(EditedTree.Apply(scope.Root, candidate.Edits)), memberStart, fix.Analyzers, fix.ReachesBeyondMember).ConfigureAwait(false);
                if (trial.IsWorseThan(before))
                {
                    continue;
                }

                ImmutableArray<string> soFar = titles.Add(candidate.Title);
                if (trial.CountOf(id) < before.CountOf(id))
                {
                    return new Solution(soFar.Length > 1 ? candidate.TitleOfSeveral : candidate.Title, trial);
                }

                // The same mistake in its next place.
                Diagnostic? next = trial.Reports.FirstOrDefault(d
                    => d.Id == id && d.Location.SourceSpan == diagnostic.Location.SourceSpan && !d.AdditionalLocations.SequenceEqual(diagnostic.AdditionalLocations, PlaceComparer.Instance));
                if (next is not null && await StepAsync(trial.Scope, next, soFar).ConfigureAwait(false) is { } solution)
                {
                    return solution;
                }
            }

            return null;
        }
    }

    private sealed class PlaceComparer : IEqualityComparer<Location>
    {
        public static readonly PlaceComparer Instance = new();

        public bool Equals(Location? x, Location? y) => x?.SourceSpan == y?.SourceSpan;

        public int GetHashCode(Location location) => location.SourceSpan.GetHashCode();
    }
}
