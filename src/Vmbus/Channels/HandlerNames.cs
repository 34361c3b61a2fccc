namespace Vmbus;

/// <summary>Which handler takes a packet, as the callbacks tell it to those who only observe.</summary>
internal static class HandlerNames
{
    /// <returns>The name; <see langword="null"/> where the callbacks do not tell, or fail to: nothing may depend on that.</returns>
    public static string? Find(IChannelCallbacks callbacks, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return callbacks.DescribeHandler(bytes);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <returns>The name; in place of one the class of the callbacks.</returns>
    public static string Describe(IChannelCallbacks callbacks, ReadOnlySpan<byte> bytes) => Find(callbacks, bytes) ?? callbacks.GetType().Name;
}
