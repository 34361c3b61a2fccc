namespace Vmbus.Observation.Benchmarks;

/// <summary>An open pair of endpoints.</summary>
internal sealed class OpenPair : IDisposable
{
    public OpenPair(bool isVerified)
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        VmbusChannelOptions options = new()
        {
            InterfaceType = Guid.NewGuid(),
            InterfaceInstance = Guid.NewGuid(),
            Verifier = new VerifierOptions { Enabled = isVerified, Sink = static report => throw new InvalidOperationException(report.ToString()) },
        };
        Server = new VmbusChannel(bus, options with { IsServer = true, FriendlyName = "server" });
        Client = new VmbusChannel(bus, options with { FriendlyName = "client" });
        Server.SetCallbacks(Callbacks);
        Client.SetCallbacks(Callbacks);
        Server.Enable();
        Server.Start();
        Client.Enable();
        while (Server.State != ChannelState.Active || Client.State != ChannelState.Active)
        {
            Thread.Sleep(1);
        }
    }

    public EchoCallbacks Callbacks { get; } = new();

    public VmbusChannel Server { get; }

    public VmbusChannel Client { get; }

    /// <summary>One request after the other, each awaited by spinning.</summary>
    public void RoundTrips(int count, ReadOnlySpan<byte> payload)
    {
        long answered = Callbacks.Answered;
        for (int i = 0; i < count; i++)
        {
            Client.AllocatePacket().Send(payload, VmbusSendFlags.WaitForCompletion);
            SpinWait spin = default;
            while (Callbacks.Answered <= answered)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            answered++;
        }
    }

    /// <summary>Requests, up to 64 on the way at one time.</summary>
    public void Pipelined(int count, ReadOnlySpan<byte> payload)
    {
        long first = Callbacks.Answered;
        for (int i = 0; i < count; i++)
        {
            SpinWait spin = default;
            while (first + i - Callbacks.Answered >= 64)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            Client.AllocatePacket().Send(payload, VmbusSendFlags.WaitForCompletion);
        }

        SpinWait last = default;
        while (Callbacks.Answered < first + count)
        {
            last.SpinOnce(sleep1Threshold: -1);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
