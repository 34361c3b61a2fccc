using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>When a call is made.</summary>
internal enum CallContext
{
    /// <summary>On a way from the entry to a return.</summary>
    Ordinary,

    /// <summary>On a way that is taken while a static field is null, and so once.</summary>
    Once,

    /// <summary>In a handler of exceptions that returns.</summary>
    Exceptional,
}

/// <summary>A call that a body makes.</summary>
/// <param name="Target">The method that the call names.</param>
/// <param name="IsVirtual">Whether the instance decides which override runs.</param>
/// <param name="Receiver">What is known of the instance.</param>
/// <param name="Arguments">What is known of the arguments, without the instance.</param>
internal sealed record CallSite(MethodNode Target, bool IsVirtual, AbstractValue Receiver, AbstractValue[] Arguments, CallContext Context, int Offset)
{
    /// <summary>Whether it begins an async method, which runs here up to its first await.</summary>
    public bool IsAsyncStart { get; init; }

    /// <summary>Whether it stands for the enumeration of what an iterator returns.</summary>
    public bool IsEnumeration { get; init; }
}
