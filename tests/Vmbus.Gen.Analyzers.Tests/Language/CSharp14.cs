using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.Analyzers.Tests.Language;

/// <summary>Cases in C# 14, which only the newer of the two compilers that these tests run on knows.</summary>
internal static class CSharp14
{
    private const LanguageVersion Version = (LanguageVersion)1400;

    public static bool IsKnown { get; } = Enum.IsDefined(Version);

    /// <summary>The cases where the compiler knows their language; none where it does not.</summary>
    public static IEnumerable<TCase> Only<TCase>(IEnumerable<TCase> cases) => IsKnown ? cases : [];
}
