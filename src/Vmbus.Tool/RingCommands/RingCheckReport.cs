using Vmbus.Tool.Golden;

namespace Vmbus.Tool.RingCommands;

/// <summary>What <c>vmbus ring check --json</c> prints.</summary>
/// <param name="Passed">How many vectors.</param>
/// <param name="Failed">How many vectors.</param>
/// <param name="Failures">Every difference.</param>
/// <param name="NotChecked">Expectations that the format does not define.</param>
internal sealed record RingCheckReport(int Passed, int Failed, IReadOnlyList<GoldenFailure> Failures, IReadOnlyList<string> NotChecked);
