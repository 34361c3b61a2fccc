using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>Makes the cases of the catalogues: the handler's body, members beside it, or a whole source.</summary>
internal static class CaseFactory
{
    /// <summary>A handler of this body; it completes its packet on every path, unless <paramref name="leaks"/>.</summary>
    public static CompletionCase In(string row, string name, string body, string members = "", bool leaks = false)
        => new(row, name, With(leaks ? Leaks(body) : Completes(body), members));

    /// <summary>A handler of this body, which leaves its packet uncompleted on some path.</summary>
    public static CompletionCase Leaking(string row, string name, string body, string members = "") => In(row, name, body, members, leaks: true);

    public static CompletionCase Members(string row, string name, string members) => new(row, name, Class(members));

    public static CompletionCase Whole(string row, string name, string source) => new(row, name, source);

    public static string With(string source, string members)
        => members.Length == 0 ? source : source[..source.LastIndexOf('}')] + members + "\n}";
}
