namespace Vmbus.Tests.Model;

/// <summary>The GPADLs of a settled walk: those of the model, and what they are in truth.</summary>
internal sealed class WalkedGpadls
{
    private readonly Dictionary<ModelGpadl, (Gpadl Created, Gpadl? Mapping)> _all = [];
    private readonly List<Task> _deletions = [];

    /// <summary>How many were mapped.</summary>
    public int Mapped { get; private set; }

    public int DeletionsEnded => _deletions.Count(deletion => deletion.IsCompletedSuccessfully);

    public void Add(ModelGpadl gpadl, Gpadl created) => _all.Add(gpadl, (created, null));

    public NtStatus Map(ModelGpadl gpadl, ObservedEndpoint server)
    {
        Gpadl created = _all[gpadl].Created;
        NtStatus status = server.Channel.MapGpadl(created.Handle, GpadlFlags.None, out Gpadl? mapping);
        if (status == NtStatus.Success)
        {
            // Both sides see one memory.
            Mapped++;
            mapping!.CopyFrom([(byte)Mapped], 7);
            Span<byte> seen = stackalloc byte[1];
            created.CopyTo(seen, 7);
            Assert.Equal((byte)Mapped, seen[0]);
            _all[gpadl] = (created, mapping);
        }

        return status;
    }

    public void Unmap(ModelGpadl gpadl)
    {
        Gpadl mapping = _all[gpadl].Mapping!;
        mapping.Dispose();
        Assert.Throws<ObjectDisposedException>(() => mapping.CopyTo(new byte[1]));
    }

    public void Delete(ModelGpadl gpadl)
    {
        Gpadl created = _all[gpadl].Created;
        _deletions.Add(created.DisposeAsync().AsTask());
        Assert.Throws<ObjectDisposedException>(() => created.CopyTo(new byte[1]));
    }
}
