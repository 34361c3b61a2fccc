using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.Generators.Caching;

/// <summary>The names whose meaning may have changed between two states of a project.</summary>
internal sealed class SurfaceChanges
{
    private const int MaximumFiles = 16;

    private static readonly TreeSurface Empty = SurfaceReader.Read(SyntaxFactory.CompilationUnit());

    private readonly HashSet<ulong> _names = [];

    private SurfaceChanges()
    {
    }

    /// <summary>Too much to be told one by one.</summary>
    public static SurfaceChanges Everything { get; } = new() { IsEverything = true };

    private bool IsEverything { get; set; }

    /// <summary>Whether anything that depends on these declarations alone may have changed.</summary>
    public bool Concern(ImmutableArray<TypeSurface> declarations)
    {
        if (IsEverything)
        {
            return true;
        }

        foreach (ulong name in _names)
        {
            foreach (TypeSurface declaration in declarations)
            {
                if (declaration.Name == name || declaration.Mentions(name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Compares two lists of files: what is equal at both ends has not changed.</summary>
    public static SurfaceChanges Between(ImmutableArray<TreeSurface> before, ImmutableArray<TreeSurface> after)
    {
        int start = 0;
        while (start < before.Length && start < after.Length && ReferenceEquals(before[start], after[start]))
        {
            start++;
        }

        int end = 0;
        while (end < before.Length - start && end < after.Length - start && ReferenceEquals(before[before.Length - 1 - end], after[after.Length - 1 - end]))
        {
            end++;
        }

        int removed = before.Length - start - end;
        int added = after.Length - start - end;
        if (removed > MaximumFiles || added > MaximumFiles)
        {
            return Everything;
        }

        SurfaceChanges changes = new();
        for (int i = 0; i < Math.Max(removed, added); i++)
        {
            changes.Add(i < removed ? before[start + i] : null, i < added ? after[start + i] : null);
        }

        return changes;
    }

    private void Add(TreeSurface? before, TreeSurface? after)
    {
        IsEverything |= (before ?? Empty).Globals != (after ?? Empty).Globals;
        bool sameUsings = before?.Usings == after?.Usings;
        AddMissing(before, after, sameUsings);
        AddMissing(after, before, sameUsings);
    }

    /// <summary>Adds what one state of a file has and the other has not.</summary>
    private void AddMissing(TreeSurface? has, TreeSurface? hasNot, bool sameUsings)
    {
        if (has is null)
        {
            return;
        }

        foreach (ulong name in has.Names)
        {
            if (hasNot?.Names.Contains(name) != true)
            {
                _names.Add(name);
            }
        }

        HashSet<(ulong, ulong)> others = [];
        foreach (TypeSurface type in sameUsings && hasNot is not null ? hasNot.Types.Values : [])
        {
            others.Add(type.Content);
        }

        foreach (TypeSurface type in has.Types.Values)
        {
            if (!others.Contains(type.Content))
            {
                _names.Add(type.Name);
                IsEverything |= type.HasConstants;
            }
        }
    }
}
