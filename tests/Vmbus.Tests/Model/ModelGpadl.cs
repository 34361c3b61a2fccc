namespace Vmbus.Tests.Model;

/// <summary>Memory that the client shares for as long as it likes.</summary>
internal sealed class ModelGpadl
{
    public bool IsMapped { get; set; }

    /// <summary>Whether the client has deleted it, or has closed; the server may have it mapped all the same.</summary>
    public bool IsDeleted { get; set; }
}
