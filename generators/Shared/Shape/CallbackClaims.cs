using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Who handles what in a class and its bases: every message type and every callback goes to one method.</summary>
internal sealed class CallbackClaims
{
    private readonly Dictionary<ulong, IMethodSymbol> _messageTypes;
    private readonly Dictionary<CallbackKind, IMethodSymbol> _callbacks;

    /// <param name="inherited">The claims of the base class; they are copied.</param>
    public CallbackClaims(CallbackClaims? inherited)
    {
        _messageTypes = inherited is null ? [] : new Dictionary<ulong, IMethodSymbol>(inherited._messageTypes);
        _callbacks = inherited is null ? [] : new Dictionary<CallbackKind, IMethodSymbol>(inherited._callbacks);
        Default = inherited?.Default;
    }

    /// <summary>Who takes every other packet.</summary>
    public IMethodSymbol? Default { get; set; }

    public IMethodSymbol HandlerOf(ulong messageType) => _messageTypes[messageType];

    public bool TryClaim(ulong messageType, IMethodSymbol method)
    {
        if (_messageTypes.ContainsKey(messageType))
        {
            return false;
        }

        _messageTypes.Add(messageType, method);
        return true;
    }

    public bool TryClaim(CallbackKind kind, IMethodSymbol method, out IMethodSymbol? first)
    {
        if (_callbacks.TryGetValue(kind, out first))
        {
            return false;
        }

        _callbacks.Add(kind, method);
        return true;
    }
}
