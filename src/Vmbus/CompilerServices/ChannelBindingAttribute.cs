using System.ComponentModel;

namespace Vmbus.CompilerServices;

/// <summary>
/// Says in metadata what a class binds, which may be private there, to the compilers of its derived classes in other assemblies. Put on the class by generated
/// code, once for each message type and each callback.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ChannelBindingAttribute : Attribute
{
    /// <summary>A callback; of ProcessPacket the default handler.</summary>
    /// <param name="callback">The member of <see cref="IChannelCallbacks"/>.</param>
    /// <param name="method">The method that it is bound to.</param>
    public ChannelBindingAttribute(string callback, string method)
    {
        Callback = callback;
        Method = method;
    }

    /// <summary>A handler.</summary>
    /// <param name="callback">ProcessPacket.</param>
    /// <param name="method">The method that it is bound to.</param>
    /// <param name="messageType">The message type that goes to the method, zero-extended.</param>
    public ChannelBindingAttribute(string callback, string method, ulong messageType)
        : this(callback, method)
        => MessageType = messageType;

    /// <summary>The member of <see cref="IChannelCallbacks"/>.</summary>
    public string Callback { get; }

    /// <summary>The method that it is bound to.</summary>
    public string Method { get; }

    /// <summary>The message type, zero-extended; <see langword="null"/> where none is named.</summary>
    public ulong? MessageType { get; }
}
