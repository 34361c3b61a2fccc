namespace Vmbus.Gen.Shape;

/// <summary>Who handles what in a class and its bases: every message type and every callback goes to one method.</summary>
internal sealed class CallbackClaims
{
    private readonly CallbackClaims? _inherited;
    private Dictionary<ulong, Claimant>? _messageTypes;
    private Dictionary<CallbackKind, Claimant>? _callbacks;

    /// <param name="inherited">The claims of the base class.</param>
    public CallbackClaims(CallbackClaims? inherited) => _inherited = inherited;

    /// <summary>Who takes every other packet in this class; that of a base is only hidden.</summary>
    public Claimant? Default { get; private set; }

    public bool Has(ulong messageType) => Find(messageType) is not null;

    public bool Has(CallbackKind kind) => Find(kind) is not null;

    /// <returns>Who has the message type already; null if the claim holds.</returns>
    public Claimant? Claim(ulong messageType, Claimant claimant)
    {
        if (Find(messageType) is { } first)
        {
            return first;
        }

        (_messageTypes ??= []).Add(messageType, claimant);
        return null;
    }

    /// <returns>Who has the callback already; null if the claim holds.</returns>
    public Claimant? Claim(CallbackKind kind, Claimant claimant)
    {
        if (Find(kind) is { } first)
        {
            return first;
        }

        (_callbacks ??= []).Add(kind, claimant);
        return null;
    }

    /// <returns>Who is the default already; null if the claim holds.</returns>
    public Claimant? ClaimDefault(Claimant claimant)
    {
        if (Default is { } first)
        {
            return first;
        }

        Default = claimant;
        return null;
    }

    private Claimant? Find(ulong messageType)
        => _messageTypes is not null && _messageTypes.TryGetValue(messageType, out Claimant found) ? found : _inherited?.Find(messageType);

    private Claimant? Find(CallbackKind kind)
        => _callbacks is not null && _callbacks.TryGetValue(kind, out Claimant found) ? found : _inherited?.Find(kind);
}
