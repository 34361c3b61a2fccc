using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>Writes a program as C#.</summary>
internal sealed partial class ProgramText
{
    /// <summary>Stands in the text of a method where its declarations go, which are known only when it has been written.</summary>
    private const char DeclarationsHere = '\u0001';

    private readonly Language _language;
    private readonly StringBuilder _members = new();
    private int _names;

    private ProgramText(Language language) => _language = language;

    /// <summary>A class of this name whose method Handle is the program.</summary>
    public static string Write(RandomProgram program, string className)
    {
        var text = new ProgramText(program.Language);
        var scope = new FunctionScope(program.Root.Scope);
        string body = text.Write(program.Body, [new SubjectInReach(program.Root.Kind, program.Root.Subject)], scope);
        string methods = $"    {program.Root.Header}\n    {{\n{scope.Declarations}{body}{program.Root.Ending}    }}\n{text._members}";
        foreach ((string name, string declaration) in program.Language.Members.Reverse())
        {
            if (methods.Contains(name, StringComparison.Ordinal))
            {
                methods = $"    {declaration}\n{methods}";
            }
        }

        return $"{program.Language.Usings}public sealed partial class {className}\n{{\n{methods}}}\n";
    }

    private string Write(Block block, ImmutableStack<SubjectInReach> subjects, FunctionScope scope)
        => string.Concat(block.Statements.Select(s => Write(s, subjects, scope)));

    private string Write(Statement statement, ImmutableStack<SubjectInReach> subjects, FunctionScope scope)
    {
        SubjectInReach subject = statement.Subject < subjects.Count() ? subjects.ElementAt(statement.Subject) : subjects.Peek();
        var names = new Dictionary<char, string>();
        string text = Write(statement, statement.Template.Text, subjects, subject, names, scope);
        foreach (ImmutableArray<TemplatePart> parts in statement.Template.Members)
        {
            // A function of its own: what it mentions it declares.
            ScopeKind kind = parts.OfType<TemplatePart.Block>().Select(static b => b.Scope).FirstOrDefault(ScopeKind.Member);
            FunctionScope member = FunctionScope.Called(kind);
            string method = Write(statement, parts, subjects, subject, names, member);
            _members.Append("    ").Append(Declare(method, Begin() + TakeOver(method) + member.Declarations)).Append('\n');
        }

        return "        " + text + "\n";
    }

    /// <summary>Puts what a function begins with where it begins: at the place that is marked, or at its first brace. What is marked nowhere and is a type has none.</summary>
    private static string Declare(string member, string beginning)
    {
        int marked = member.IndexOf(DeclarationsHere, StringComparison.Ordinal);
        int brace = member.IndexOf('{', StringComparison.Ordinal);
        return marked >= 0 ? $"{member.AsSpan(0, marked)} {beginning}{member.AsSpan(marked + 1)}"
            : brace < 0 || IsType(member.AsSpan(0, brace)) ? member
            : $"{member.AsSpan(0, brace + 1)} {beginning}{member.AsSpan(brace + 1)}";
    }

    private static bool IsType(ReadOnlySpan<char> header)
        => header.Contains(" class ", StringComparison.Ordinal) || header.Contains(" struct ", StringComparison.Ordinal) || header.Contains(" interface ", StringComparison.Ordinal);

    private string Write(
        Statement statement,
        ImmutableArray<TemplatePart> parts,
        ImmutableStack<SubjectInReach> subjects,
        SubjectInReach subject,
        Dictionary<char, string> names,
        FunctionScope scope)
    {
        var text = new StringBuilder();
        foreach (TemplatePart part in parts)
        {
            text.Append(part switch
            {
                TemplatePart.Literal literal => Returning(literal.Text, scope.Kind),
                TemplatePart.Block block => WriteBlock(statement.Blocks[block.Index], block, subjects, subject, names, scope),
                TemplatePart.Condition condition => Write(statement.Conditions[condition.Index], scope),
                TemplatePart.Name name => NameOf(name.Letter, names),
                TemplatePart.Variable variable => scope.Variable(variable.Letter, statement.Variables[variable.Index]),
                TemplatePart.Subject => subject.Expression,
                TemplatePart.Declarations => DeclarationsHere.ToString(),
                TemplatePart.SubjectType => _language.Types[subject.Kind],
                TemplatePart.NewException => scope.IsCalled ? "TransferException.FromHelper()" : $"{ByContract("Contracts.Throw() ??", scope)}new TransferException()",
                TemplatePart.Rethrow => scope.IsCalled ? "throw TransferException.FromHelper();" : $"Rethrows(); {ByContract("Contracts.Rethrow();", scope)}throw;",
                _ => throw new InvalidOperationException($"'{part}' has no text."),
            });
        }

        return text.ToString();
    }

    /// <summary>A text whose <c>return;</c> is written as the function demands it.</summary>
    private static string Returning(string text, ScopeKind scope) => scope switch
    {
        ScopeKind.Iterator => text.Replace("return;", "yield break;", StringComparison.Ordinal),
        ScopeKind.Answering => text.Replace("return;", "return NtStatus.Success;", StringComparison.Ordinal),
        _ => text,
    };

    private string WriteBlock(
        Block block,
        TemplatePart.Block hole,
        ImmutableStack<SubjectInReach> subjects,
        SubjectInReach subject,
        Dictionary<char, string> names,
        FunctionScope scope)
    {
        ImmutableStack<SubjectInReach> reach = hole.Scope switch
        {
            ScopeKind.Block => subjects,
            ScopeKind.Nested => [.. subjects.Reverse().Where(s => !_language.Uncapturable.Contains(s.Kind))],
            _ => [],
        };
        if (hole.About is { } expression)
        {
            // The first letter is a name of the statement; what follows are members.
            string written = expression[0] == 'p' && !names.ContainsKey('p') ? subject.Expression : NameOf(expression[0], names);
            reach = reach.Push(new SubjectInReach(hole.Kind ?? subject.Kind, written + expression[1..]));
        }

        return hole.Scope == ScopeKind.Nested ? Begin() + Write(block, reach, scope.Nest()) : Write(block, reach, scope);
    }

    /// <summary>Lets the oracle know which packet a function takes over by contract.</summary>
    private string TakeOver(string method)
        => _language.NotesCalls && ContractParameter().Match(method) is { Success: true } parameter ? $"/*@Contracts.Take({parameter.Groups[1].Value});@*/ " : "";

    /// <summary>A probe for functions that have taken a packet over by contract.</summary>
    private string ByContract(string code, FunctionScope scope) => _language.NotesCalls && scope.Kind == ScopeKind.Contract ? $"/*@{code}@*/ " : "";

    [GeneratedRegex(@"\[CompletesPacket\] (?:PacketCompletion|PendingPacket) (\w+)")]
    private static partial Regex ContractParameter();

    /// <summary>Lets the oracle know that a function begins, and when it ends.</summary>
    private string Begin() => !_language.NotesCalls ? "" : string.Create(CultureInfo.InvariantCulture, $"/*@using var call{_names++} = Call.Begin();@*/ ");

    private string Write(Condition condition, FunctionScope scope)
        => string.Concat(condition.Template.Text.Select(part => part switch
        {
            TemplatePart.Literal literal => literal.Text,
            TemplatePart.Condition operand => Write(condition.Operands[operand.Index], scope),
            TemplatePart.Variable variable => scope.Variable(variable.Letter, condition.Variables[variable.Index]),
            _ => throw new InvalidOperationException($"'{part}' cannot stand in a condition."),
        }));

    private string NameOf(char letter, Dictionary<char, string> names)
    {
        if (!names.TryGetValue(letter, out string? name))
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{letter}{_names++}");
            names.Add(letter, name);
        }

        return name;
    }
}
