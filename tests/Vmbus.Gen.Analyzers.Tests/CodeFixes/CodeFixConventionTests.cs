using System.Composition;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.TestKit;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

/// <summary>What every code fix has to be for a host to find it and for Fix All to work.</summary>
public sealed class CodeFixConventionTests
{
    public static TheoryData<Type> Providers
        => [.. ExportedTypes.Of<CodeFixProvider>(typeof(DocumentCodeFix).Assembly)];

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_provider_is_exported_shared_and_fixes_documents(Type provider)
    {
        ExportCodeFixProviderAttribute export = Assert.Single(provider.GetCustomAttributes<ExportCodeFixProviderAttribute>());
        Assert.Equal(provider.Name, export.Name);
        Assert.Equal([LanguageNames.CSharp], export.Languages);
        Assert.Single(provider.GetCustomAttributes<SharedAttribute>());

        DocumentCodeFix fix = Assert.IsAssignableFrom<DocumentCodeFix>(Activator.CreateInstance(provider));
        Assert.NotEmpty(fix.FixableDiagnosticIds);
        Assert.All(fix.FixableDiagnosticIds, static id => Assert.StartsWith("VMB", id, StringComparison.Ordinal));
        Assert.NotSame(WellKnownFixAllProviders.BatchFixer, fix.GetFixAllProvider());
    }
}
