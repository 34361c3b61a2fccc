using Microsoft.CodeAnalysis.Text;
using Vmbus.Gen.TestKit.Markup;

namespace Vmbus.Gen.TestKit.Tests.Markup;

public sealed class MarkupParserTests
{
    [Fact]
    public void Spans_of_every_kind_are_taken_out()
    {
        MarkedUpText result = MarkupParser.Parse("a {|VMB101:b|} [|c|] {|#3:d|} e$$f");

        Assert.Equal("a b c d ef", result.Text);
        Assert.Equal([("VMB101", new TextSpan(2, 1)), (null, new TextSpan(4, 1))], result.Diagnostics.Select(d => (d.Id, d.Span)));
        Assert.Equal(new TextSpan(6, 1), result.Locations[3]);
        Assert.Equal(9, Assert.Single(result.Carets));
    }

    [Fact]
    public void Spans_nest_and_come_from_the_outer_to_the_inner_one()
    {
        MarkedUpText result = MarkupParser.Parse("{|VMB102:{|#0:{|VMB101:x|} y|}|}");

        Assert.Equal("x y", result.Text);
        Assert.Equal([("VMB102", new TextSpan(0, 3)), ("VMB101", new TextSpan(0, 1))], result.Diagnostics.Select(d => (d.Id!, d.Span)));
        Assert.Equal(new TextSpan(0, 3), result.Locations[0]);
    }

    [Theory]
    [InlineData("{|VMB101(0,2):x|}", new[] { 0, 2 })]
    [InlineData("{|VMB101():x|}", new int[0])]
    public void A_diagnostic_can_name_its_additional_locations(string markup, int[] expected)
        => Assert.Equal(expected, Assert.Single(MarkupParser.Parse(markup).Diagnostics).AdditionalLocations);

    [Fact]
    public void A_diagnostic_without_a_list_says_nothing_about_additional_locations()
        => Assert.True(Assert.Single(MarkupParser.Parse("{|VMB101:x|}").Diagnostics).AdditionalLocations.IsDefault);

    [Theory]
    [InlineData("\"\"\"x\"\"\"")]
    [InlineData("$\"{x}\"")]
    [InlineData("$$\"\"\"{{x}}\"\"\"")]
    [InlineData("$$$\"\"\"{{{x}}}\"\"\"")]
    [InlineData("a | b || c; int[] d = [e | f]; g is { H: 1 or 2 }")]
    public void Code_without_markup_stays_as_it_is(string code)
    {
        MarkedUpText result = MarkupParser.Parse(code);

        Assert.Equal(code, result.Text);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.Carets);
    }

    [Fact]
    public void Line_ends_are_the_same_on_every_machine()
        => Assert.Equal("a\nb\nc", MarkupParser.Parse("a\r\n[|b|]\nc").Text);

    [Theory]
    [InlineData("{|VMB101:x", "(1,1)", "never closed")]
    [InlineData("\nx|}", "(2,2)", "closes nothing")]
    [InlineData("{|VMB101:x|]", "(1,11)", "closes nothing")]
    [InlineData("[|x|}", "(1,4)", "closes nothing")]
    [InlineData("{|packet|}", "(1,1)", "not followed by an id")]
    [InlineData("{|#0:x|}{|#0:y|}", "(1,9)", "marked twice")]
    public void Malformed_markup_is_refused_with_its_place(string markup, string place, string what)
    {
        FormatException error = Assert.Throws<FormatException>(() => MarkupParser.Parse(markup));

        Assert.Contains(place, error.Message);
        Assert.Contains(what, error.Message);
    }
}
