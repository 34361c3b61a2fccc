namespace Vmbus.Tests.Model;

/// <content>GPADLs: the client creates and deletes, the server maps and unmaps.</content>
internal sealed partial class ReferenceModel
{
    /// <summary>Deletions that the client waits for, and how many of them have ended.</summary>
    private readonly List<ModelGpadl> _deletions = [];

    public int DeletionsEnded => _deletions.Count(gpadl => !gpadl.IsMapped);

    /// <summary>The GPADLs that one may speak of: those of the client's opening, or else of the server's.</summary>
    public List<ModelGpadl> Gpadls => (Client.Connection ?? Server.Connection)?.Gpadls ?? [];

    /// <returns>The status that the call throws with; null if it succeeds.</returns>
    public NtStatus? CreateGpadl()
    {
        if (Client.Connection is not { } connection)
        {
            return NtStatus.InvalidDeviceState;
        }

        if (connection.ServerLeft)
        {
            return NtStatus.DeviceRemoved;
        }

        connection.Gpadls.Add(new ModelGpadl());
        return null;
    }

    /// <returns>What the call answers.</returns>
    public NtStatus MapGpadl(ModelGpadl gpadl)
    {
        if (Server.Connection is null || gpadl.IsMapped)
        {
            return NtStatus.InvalidDeviceState;
        }

        if (gpadl.IsDeleted || !Server.Connection.Gpadls.Contains(gpadl))
        {
            return NtStatus.InvalidParameter3;
        }

        gpadl.IsMapped = true;
        return NtStatus.Success;
    }

    public static void UnmapGpadl(ModelGpadl gpadl) => gpadl.IsMapped = false;

    public void DeleteGpadl(ModelGpadl gpadl)
    {
        gpadl.IsDeleted = true;
        _deletions.Add(gpadl);
    }

    private static void EndGpadls(ModelEndpoint endpoint)
    {
        foreach (ModelGpadl gpadl in endpoint.Connection!.Gpadls)
        {
            if (endpoint.IsServer)
            {
                gpadl.IsMapped = false;
            }
            else
            {
                gpadl.IsDeleted = true;
            }
        }
    }
}
