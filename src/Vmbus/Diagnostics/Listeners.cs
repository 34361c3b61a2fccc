namespace Vmbus.Diagnostics;

/// <summary>
/// Whoever listens to meter or activities runs on the thread that is observed, perhaps a dispatch thread, and between two steps that belong together. What a listener
/// throws must change neither what becomes of a packet nor the process: it is written to the event source, which keeps such exceptions to itself.
/// </summary>
internal static class Listeners
{
    /// <summary>Makes something known to listeners.</summary>
    /// <typeparam name="T">What is made known.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="create">Makes it, and tells listeners.</param>
    /// <returns><see langword="null"/>: a listener threw, and it is not observed in this process.</returns>
    public static T? Guard<T>(string name, Func<T> create)
        where T : class
    {
        try
        {
            return create();
        }
        catch (Exception exception)
        {
            Threw(name, exception);
            return null;
        }
    }

    /// <summary>A listener threw.</summary>
    /// <param name="name">What it listens to.</param>
    /// <param name="exception">What it threw.</param>
    public static void Threw(string name, Exception exception) => VmbusEventSource.Log.ListenerThrew(name, exception.GetType().ToString(), exception.Message);
}
