using System.IO;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Completion;

[Flags]
internal enum PacketTransfer
{
    None = 0,
    Store = 1,
    Refuse = 2,
    Take = 4,
    Swap = 8,
}

/// <summary>Which members of the framework keep a value that they are given, and which give one up.</summary>
internal static class PacketTransfers
{
    private static readonly Lazy<Dictionary<string, Dictionary<string, PacketTransfer>>> Table = new(Load);
    private static readonly Lazy<HashSet<string>> Names = new(static () => new HashSet<string>(Table.Value.SelectMany(static t => t.Value.Keys), StringComparer.Ordinal));
    private static readonly Lazy<HashSet<string>> Storing = new(FindStoring);

    public static PacketTransfer Of(IMethodSymbol method)
    {
        // Most names are in no line, and the name of a namespace is dear.
        if (!Names.Value.Contains(method.Name))
        {
            return PacketTransfer.None;
        }

        INamedTypeSymbol type = method.ContainingType.OriginalDefinition;
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return space.StartsWith("System", StringComparison.Ordinal)
            ? Find(space + "." + type.MetadataName, method.Name) | Find(space + ".*", method.Name)
            : PacketTransfer.None;
    }

    /// <summary>Whether a member of this name keeps what it is given, and gives nothing up, wherever the framework has one.</summary>
    public static bool OnlyStores(string member) => Storing.Value.Contains(member);

    private static HashSet<string> FindStoring()
    {
        var storing = new HashSet<string>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, PacketTransfer> member in Table.Value.SelectMany(static t => t.Value))
        {
            ((member.Value & (PacketTransfer.Take | PacketTransfer.Swap)) == 0 ? storing : others).Add(member.Key);
        }

        storing.ExceptWith(others);
        return storing;
    }

    private static PacketTransfer Find(string owner, string member)
        => Table.Value.TryGetValue(owner, out Dictionary<string, PacketTransfer>? members) && members.TryGetValue(member, out PacketTransfer transfer)
            ? transfer
            : PacketTransfer.None;

    private static Dictionary<string, Dictionary<string, PacketTransfer>> Load()
    {
        var table = new Dictionary<string, Dictionary<string, PacketTransfer>>(StringComparer.Ordinal);
        using Stream stream = typeof(PacketTransfers).Assembly.GetManifestResourceStream("PacketTransfers.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || words[0] == "#")
            {
                continue;
            }

            PacketTransfer transfer = words[0] switch
            {
                "store" => PacketTransfer.Store,
                "refuse" => PacketTransfer.Refuse,
                "take" => PacketTransfer.Take,
                "swap" => PacketTransfer.Swap,
                _ => throw new InvalidDataException($"PacketTransfers.txt: '{words[0]}' is no kind; write store, refuse, swap or take."),
            };
            if (!table.TryGetValue(words[1], out Dictionary<string, PacketTransfer>? members))
            {
                table.Add(words[1], members = new Dictionary<string, PacketTransfer>(StringComparer.Ordinal));
            }

            for (int i = 2; i < words.Length; i++)
            {
                members.TryGetValue(words[i], out PacketTransfer known);
                members[words[i]] = known | transfer;
            }
        }

        return table;
    }
}
