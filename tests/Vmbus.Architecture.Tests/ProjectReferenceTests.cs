using System.Xml.Linq;

namespace Vmbus.Architecture.Tests;

/// <summary>Holds the projects to the table of docs/architecture.md.</summary>
public sealed class ProjectReferenceTests
{
    public static TheoryData<string, string> Projects()
    {
        TheoryData<string, string> data = [];
        foreach (string[] row in MarkdownTable.Rows(Repository.Read("docs/architecture.md"), "project"))
        {
            data.Add(row[0], row[1]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_table_allows(string project, string allowed)
    {
        string file = Directory.EnumerateFiles(Repository.Root, $"{project}.csproj", SearchOption.AllDirectories).Single();
        IEnumerable<string> references = XDocument.Load(file).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("OutputItemType") != "Analyzer")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
        Assert.Subset(MarkdownTable.List(allowed), references.ToHashSet());
    }
}
