namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>Where the page of a rule lies: <see cref="Base"/>, then the id, then <see cref="Extension"/>.</summary>
internal static class HelpLinks
{
    public const string Base = "https://github.com/vmbus-gen/vmbus-gen/blob/main/docs/rules/";

    public const string Extension = ".md";
}
