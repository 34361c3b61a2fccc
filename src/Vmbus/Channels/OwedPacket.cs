using System.Globalization;

namespace Vmbus;

/// <summary>A packet that was delivered and is still owed.</summary>
/// <param name="Handler">The handler that it was delivered to; <see langword="null"/> where the callbacks do not tell.</param>
/// <param name="TransactionId">The packet's transaction id.</param>
/// <param name="Age">For how long it has been owed since its callback returned.</param>
/// <param name="IsLost">Whether its callback returned without ending or taking the duty, so that nobody can complete it any more (VMB101).</param>
public readonly record struct OwedPacket(string? Handler, ulong TransactionId, TimeSpan Age, bool IsLost)
{
    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Handler ?? "a handler"}: transaction {TransactionId} owed for {Age.TotalSeconds:0.0} s{(IsLost ? ", lost: the handler returned without completing it (VMB101)" : "")}");
}
