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

    /// <summary>Requests one after the other, or in bursts; the caller sleeps meanwhile, so that it takes no processor time.</summary>
    public void Exchange(int count, int burst, ReadOnlySpan<byte> payload)
    {
        for (int sent = 0; sent < count; sent += burst)
        {
            Callbacks.Expect(burst);
            for (int i = 0; i < burst; i++)
            {
                Client.AllocatePacket().Send(payload, VmbusSendFlags.WaitForCompletion);
            }

            Callbacks.AwaitExpected();
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
