namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>External data as a channel gives it: at once, not at all, or later.</summary>
public static class Externals
{
    /// <summary>What GetExternalData answers to a packet whose data is there.</summary>
    public static NtStatus Answer(PacketCompletion packet, NtStatus answer)
    {
        if (PacketPath.Current.Choose(2) == 1)
        {
            return NtStatus.InvalidParameter;
        }

        return PacketPath.Current.IsToCome(packet) ? NtStatus.Pending : answer;
    }

    /// <summary>The data is about to be used.</summary>
    public static void Use() => PacketPath.Current.UseData();
}
