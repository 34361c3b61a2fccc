namespace Vmbus;

/// <summary>One thing that the verifier saw, reported once a cause.</summary>
/// <param name="Violation">What it is.</param>
/// <param name="RuleId">The rule of the analyzers that finds the same in source, for example "VMB201"; <see langword="null"/> where there is none.</param>
/// <param name="Channel">The channel, as its <see cref="VmbusChannel.ToString"/> says; <see langword="null"/> outside callbacks, in a region that <see cref="KernelIrql.Raise"/> began.</param>
/// <param name="Handler">The handler or callback; <see langword="null"/> outside callbacks, or where it is not known any more.</param>
/// <param name="TransactionId">The packet's transaction id; <see langword="null"/> where no packet is concerned or it is not known any more.</param>
/// <param name="Duration">For how long it had lasted when it was seen: the callback over its budget, the packet owed; else <see langword="null"/>.</param>
/// <param name="Stack">Where it happened; <see langword="null"/> where it was seen from another thread.</param>
/// <param name="Message">All of it in words, with the remedy.</param>
public sealed record VerifierReport(
    VerifierViolation Violation,
    string? RuleId,
    string? Channel,
    string? Handler,
    ulong? TransactionId,
    TimeSpan? Duration,
    string? Stack,
    string Message)
{
    /// <summary>The message, with the rule before and the stack behind it.</summary>
    /// <returns>Text of one or more lines.</returns>
    public override string ToString()
        => $"{(RuleId is null ? "" : $"{RuleId}: ")}{Message}{(Stack is null ? "" : $"{Environment.NewLine}{Stack}")}";
}
