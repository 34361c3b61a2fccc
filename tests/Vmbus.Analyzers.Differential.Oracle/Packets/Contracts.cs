namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>Tells the path what functions of the program do that take packets over by contract: they owe them, and not who gave them.</summary>
public static class Contracts
{
    /// <summary>Such a function begins.</summary>
    public static void Take(PacketCompletion packet) => PacketPath.Current.TakeOver(packet);

    /// <summary>Such a function begins.</summary>
    public static void Take(PendingPacket packet) => PacketPath.Current.TakeOver(packet);

    /// <summary>The exception that such a function throws.</summary>
    public static TransferException Throw()
    {
        var exception = new TransferException();
        PacketPath.Current.ThrowByContract(exception);
        return exception;
    }

    /// <summary>Such a function throws again what it has caught.</summary>
    public static void Rethrow() => PacketPath.Current.RethrowByContract();
}
