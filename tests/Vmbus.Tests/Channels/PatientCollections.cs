using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

internal static class PatientCollections
{
    /// <summary>Takes what callbacks put there; a test that waits in vain fails.</summary>
    public static T TakeInTime<T>(this BlockingCollection<T> collection)
    {
        Assert.True(collection.TryTake(out T? item, ChannelPair.Patience), $"Waited in vain for a {typeof(T).Name}.");
        return item!;
    }
}
