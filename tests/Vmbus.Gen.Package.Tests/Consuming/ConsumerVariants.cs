namespace Vmbus.Gen.Package.Tests.Consuming;

/// <summary>What users' projects say, and how they are put together.</summary>
internal static class ConsumerVariants
{
    /// <summary>Built whenever the whole is tested: as little, and as much, as a project can say.</summary>
    public static IReadOnlyDictionary<string, ConsumerVariant> Ordinary { get; } = new Dictionary<string, ConsumerVariant>
    {
        ["everything off, in C# 12"] = new("<LangVersion>12</LangVersion><Nullable>disable</Nullable><ImplicitUsings>disable</ImplicitUsings><AllowUnsafeBlocks>false</AllowUnsafeBlocks>"),
        ["every check on, generated files written beside the sources"] = new("""
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <AnalysisMode>All</AnalysisMode>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <WarningLevel>9999</WarningLevel>
            <Features>strict</Features>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
            <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
            <CompilerGeneratedFilesOutputPath>Generated</CompilerGeneratedFilesOutputPath>
            <NoWarn>$(NoWarn);CA1051;CA1515;CA1815;CA1822;CA2007</NoWarn>
            """),
    };

    public static IReadOnlyDictionary<string, ConsumerVariant> Rare { get; } = new Dictionary<string, ConsumerVariant>
    {
        ["C# 13"] = new("<LangVersion>13</LangVersion>"),
        ["C# preview"] = new("<LangVersion>preview</LangVersion>"),
        ["generated files written where they are by default"] = new("<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>"),
        ["optimized"] = new("<Configuration>Release</Configuration><TieredPGO>false</TieredPGO>") { Output = "bin/Release/net10.0" },
        ["two frameworks"] = new("<TargetFramework></TargetFramework><TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>"),
        ["nothing handed on"] = new() { Items = """<PackageReference Include="Vmbus.Gen" Version="VERSION" PrivateAssets="all" />""" },
        ["locked"] = new("<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>"),
        ["an assembly and a namespace with uncommon names"] = new("<AssemblyName>App</AssemblyName><RootNamespace>_1.Vmbus.System</RootNamespace>"),
        ["central package management"] = new("<CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>")
        {
            Items = """<PackageReference Include="Vmbus.Gen" />""",
            Files = new Dictionary<string, string>
            {
                ["Directory.Packages.props"] = """
                    <Project>
                      <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
                      <ItemGroup><PackageVersion Include="Vmbus.Gen" Version="VERSION" /></ItemGroup>
                    </Project>
                    """,
            },
        },
        ["two projects that see each other's internals"] = new()
        {
            // The package generates no type that both would have, and the library is read with its internals by this program's generator.
            Items = """
                <PackageReference Include="Vmbus.Gen" Version="VERSION" />
                <ProjectReference Include="Friend/Friend.csproj" />
                <InternalsVisibleTo Include="Friend" />
                <Compile Remove="Friend/**" />
                """,
            Files = new Dictionary<string, string>
            {
                ["Friend/Friend.csproj"] = """
                    <Project Sdk="Microsoft.NET.Sdk">
                      <ItemGroup>
                        <PackageReference Include="Vmbus.Gen" Version="VERSION" />
                        <InternalsVisibleTo Include="App" />
                      </ItemGroup>
                    </Project>
                    """,
                ["Friend/Friend.cs"] = """
                    namespace Friends;

                    internal partial class Base
                    {
                        [Vmbus.ProcessPacket(0x20)] internal uint On() => 1;
                    }

                    internal static partial class Scattered
                    {
                        [Vmbus.ProcessPacket(0x10000001u, 0x33C52F01u, 0x4F2A1D07u, 0x52D1AA3Bu, 0x7E81B9C5u, 0x91A2F8EDu, 0xA5DF2711u, 0xC0FFEE17u, 0xD1CEF00Du, 0xEE17A2B3u)]
                        private static uint On() => 2;
                    }
                    """,
                ["Derived.cs"] = """
                    namespace Service;

                    internal sealed partial class Derived : Friends.Base
                    {
                        [Vmbus.ProcessPacket(0x21)] private uint OnMore() => On() + 1;
                    }
                    """,
            },
        },
    };
}
