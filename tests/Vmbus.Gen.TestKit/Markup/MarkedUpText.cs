using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.TestKit.Markup;

/// <summary>A place where a diagnostic is expected.</summary>
/// <param name="Id">The rule id; null where the markup was <c>[|...|]</c>, which stands for the default id of the test.</param>
/// <param name="Span">The place in the text without markup.</param>
/// <param name="AdditionalLocations">The numbers given as <c>{|VMB101(0,2):...|}</c>; default where the markup lists none.</param>
public sealed record MarkedSpan(string? Id, TextSpan Span, ImmutableArray<int> AdditionalLocations);

/// <summary>A text of which the markup was taken out.</summary>
/// <param name="Text">What the compiler gets to see, with <c>\n</c> as line ends.</param>
/// <param name="Diagnostics">The expected diagnostics, by start and then from the outer to the inner span.</param>
/// <param name="Locations">The spans marked <c>{|#0:...|}</c>, by number.</param>
/// <param name="Carets">The offsets marked <c>$$</c>.</param>
public sealed record MarkedUpText(
    string Text,
    ImmutableArray<MarkedSpan> Diagnostics,
    ImmutableSortedDictionary<int, TextSpan> Locations,
    ImmutableArray<int> Carets);
