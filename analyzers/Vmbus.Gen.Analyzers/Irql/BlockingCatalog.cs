using System.IO;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Irql;

internal enum BlockingCategory
{
    None,

    /// <summary>Waits for another thread or for time.</summary>
    Wait,

    /// <summary>Waits for a device, a peer or a process.</summary>
    InputOutput,

    /// <summary>Enters a monitor or a lock.</summary>
    Monitor,
}

internal enum BlockingCondition
{
    Always,

    /// <summary>Not with a time-out of zero.</summary>
    UnlessZero,

    /// <summary>Only with a time-out, and not with one of zero.</summary>
    OnlyWithTimeout,

    /// <summary>Not behind a test that the task is complete.</summary>
    UnlessCompleted,

    /// <summary>Not with -1.</summary>
    UnlessSpinning,

    /// <summary>Only on a collection that is created with a bound.</summary>
    OnlyBounded,
}

internal readonly record struct BlockingMember(BlockingCategory Category, BlockingCondition Condition);

/// <summary>Which members of .NET block: a table in the assembly, read once when it is first asked for.</summary>
internal static class BlockingCatalog
{
    private const string Resource = "BlockingMembers.txt";

    private static readonly Lazy<Dictionary<string, Dictionary<string, BlockingMember>>> Table = new(Load);

    /// <summary>How a method, accessor or constructor blocks, by itself or as an override.</summary>
    public static BlockingMember Find(IMethodSymbol method)
    {
        for (IMethodSymbol? declared = method.OriginalDefinition; declared is not null; declared = declared.OverriddenMethod?.OriginalDefinition)
        {
            if (Table.Value.TryGetValue(NameOf(declared.ContainingType), out Dictionary<string, BlockingMember>? members))
            {
                if (members.TryGetValue(MemberName(declared), out BlockingMember member))
                {
                    return member;
                }

                if (members.TryGetValue("*", out member) && (member.Category == BlockingCategory.None || !ReturnsTask(declared)))
                {
                    return member;
                }
            }
        }

        return default;
    }

    private static bool ReturnsTask(IMethodSymbol method)
        => method.ReturnType is { Name: "Task" or "ValueTask" or "IAsyncEnumerable" };

    private static string MemberName(IMethodSymbol method) => method.AssociatedSymbol is IPropertySymbol property ? property.Name : method.Name;

    private static string NameOf(INamedTypeSymbol type)
        => type.ContainingType is { } outer
            ? NameOf(outer) + "." + type.MetadataName
            : type.ContainingNamespace is { IsGlobalNamespace: false } space
                ? space.ToDisplayString() + "." + type.MetadataName
                : type.MetadataName;

    private static Dictionary<string, Dictionary<string, BlockingMember>> Load()
    {
        var table = new Dictionary<string, Dictionary<string, BlockingMember>>(StringComparer.Ordinal);
        using Stream stream = typeof(BlockingCatalog).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || words[0] == "#")
            {
                continue;
            }

            BlockingCategory category = words[0] switch
            {
                "wait" => BlockingCategory.Wait,
                "io" => BlockingCategory.InputOutput,
                "monitor" => BlockingCategory.Monitor,
                "none" => BlockingCategory.None,
                _ => throw new InvalidDataException($"{Resource}: '{words[0]}' is no category; write wait, io, monitor or none."),
            };
            string last = words[words.Length - 1];
            BlockingCondition condition = last switch
            {
                "?timeout" => BlockingCondition.UnlessZero,
                "?given" => BlockingCondition.OnlyWithTimeout,
                "?completed" => BlockingCondition.UnlessCompleted,
                "?spins" => BlockingCondition.UnlessSpinning,
                "?bounded" => BlockingCondition.OnlyBounded,
                _ when last[0] == '?' => throw new InvalidDataException($"{Resource}: '{last}' is no condition."),
                _ => BlockingCondition.Always,
            };
            if (!table.TryGetValue(words[1], out Dictionary<string, BlockingMember>? members))
            {
                table.Add(words[1], members = new Dictionary<string, BlockingMember>(StringComparer.Ordinal));
            }

            for (int i = 2; i < words.Length - (condition == BlockingCondition.Always ? 0 : 1); i++)
            {
                members[words[i]] = new BlockingMember(category, condition);
            }
        }

        return table;
    }
}
