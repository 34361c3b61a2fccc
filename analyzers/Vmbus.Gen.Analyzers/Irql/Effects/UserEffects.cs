using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>How members block that no table of .NET knows: from additional files named vmbus-effects.txt, or from the configuration of a file.</summary>
internal sealed class UserEffects
{
    /// <summary>The name of additional files that are read, whatever folder they are in.</summary>
    public const string FileName = "vmbus-effects.txt";

    private const uint Seed = 0;

    private static readonly char[] Folders = ['/', '\\'];

    private readonly Dictionary<ulong, BlockingMember> _members = [];

    public static UserEffects None { get; } = new();

    public bool IsEmpty => _members.Count == 0;

    /// <summary>Reads the additional files of a compilation. Of two lines for one member the first counts.</summary>
    public static UserEffects Read(ImmutableArray<AdditionalText> files)
    {
        var effects = new UserEffects();
        foreach (AdditionalText file in files)
        {
            string name = file.Path.Substring(file.Path.LastIndexOfAny(Folders) + 1);
            if (string.Equals(name, FileName, StringComparison.OrdinalIgnoreCase) && file.GetText() is { } text)
            {
                foreach (TextLine line in text.Lines)
                {
                    effects.Add(line.ToString());
                }
            }
        }

        return effects;
    }

    /// <summary>Reads the value of an option: lines as in the file, separated by <c>|</c>.</summary>
    public static UserEffects Parse(string value)
    {
        var effects = new UserEffects();
        foreach (string line in value.Split('|'))
        {
            effects.Add(line);
        }

        return effects;
    }

    /// <summary>Looks a member up by its whole id, or by its id up to the parameters.</summary>
    public bool TryFind(IMethodSymbol method, out BlockingMember member)
    {
        member = default;
        return _members.Count > 0
            && (_members.TryGetValue(SymbolId.HashOf(method, Seed, out ulong withoutParameters), out member) || _members.TryGetValue(withoutParameters, out member));
    }

    private void Add(string line)
    {
        if (!EffectLine.TryParse(line, out string id, out BlockingMember member))
        {
            return;
        }

        if (id[0] == 'M')
        {
            Add(id, member);
            return;
        }

        // A property stands for both its accessors.
        int name = id.LastIndexOf('.', id.IndexOf('(') is >= 0 and var parameters ? parameters : id.Length - 1) + 1;
        string owner = "M:" + id.Substring(2, name - 2);
        Add(owner + "get_" + id.Substring(name), member);
        Add(owner + "set_" + id.Substring(name), member);
    }

    private void Add(string id, BlockingMember member)
    {
        ulong hash = MemberHash.Of(id, Seed);
        if (!_members.ContainsKey(hash))
        {
            _members.Add(hash, member);
        }
    }
}
