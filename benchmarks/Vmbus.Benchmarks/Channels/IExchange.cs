namespace Vmbus.Benchmarks.Channels;

/// <summary>One way to carry requests and their answers, or packets that nobody answers.</summary>
internal interface IExchange : IDisposable
{
    /// <summary>Sends the requests of a shape once and waits for all answers.</summary>
    ValueTask RoundTripsAsync();

    /// <summary>Sends packets that nobody answers and waits until all have been received.</summary>
    ValueTask SendOnlyAsync(int count);
}
