using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>What an .editorconfig says about the completion rules for a file; docs/options.md describes it.</summary>
internal sealed class CompletionOptions
{
    public const string ImplicitExceptionsKey = "vmbus.implicit_exceptions";
    public const string TrustStoresKey = "vmbus.trust_stores";
    public const string CompletingMethodsKey = "vmbus.completing_methods";

    public static readonly CompletionOptions Default = new(implicitExceptions: false, trustsStores: true, []);

    private CompletionOptions(bool implicitExceptions, bool trustsStores, ImmutableHashSet<string> completingMethods)
    {
        ImplicitExceptions = implicitExceptions;
        TrustsStores = trustsStores;
        CompletingMethods = completingMethods;
    }

    /// <summary>Whether exceptions of calls, which nobody in the method catches, are exits with the duty.</summary>
    public bool ImplicitExceptions { get; }

    /// <summary>Whether a packet that is put into a field or a collection is owed by whoever takes it out.</summary>
    public bool TrustsStores { get; }

    /// <summary>Methods without attribute that complete the packets they are given, by documentation id.</summary>
    public ImmutableHashSet<string> CompletingMethods { get; }

    public bool Completes(IMethodSymbol method)
        => CompletingMethods.Count > 0 && ExtensionBlocks.ImplementationOf(method.OriginalDefinition).GetDocumentationCommentId() is { } id && CompletingMethods.Contains(id);

    public static CompletionOptions Read(AnalyzerConfigOptions options)
    {
        bool implicitExceptions = ReadSwitch(options, ImplicitExceptionsKey, Default.ImplicitExceptions);
        bool trustsStores = ReadSwitch(options, TrustStoresKey, Default.TrustsStores);
        ImmutableHashSet<string> methods = options.TryGetValue(CompletingMethodsKey, out string? ids)
            ? ids.Split(['|'], StringSplitOptions.RemoveEmptyEntries).Select(static id => id.Trim()).ToImmutableHashSet(StringComparer.Ordinal)
            : [];
        return implicitExceptions == Default.ImplicitExceptions && trustsStores == Default.TrustsStores && methods.Count == 0
            ? Default
            : new CompletionOptions(implicitExceptions, trustsStores, methods);
    }

    private static bool ReadSwitch(AnalyzerConfigOptions options, string key, bool otherwise)
        => options.TryGetValue(key, out string? text) && bool.TryParse(text.Trim(), out bool value) ? value : otherwise;
}
