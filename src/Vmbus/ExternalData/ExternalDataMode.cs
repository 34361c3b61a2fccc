namespace Vmbus;

/// <summary>When the external data of an arriving packet is there.</summary>
public enum ExternalDataMode
{
    /// <summary>At once: GetExternalData answers Success.</summary>
    Present = 0,

    /// <summary>
    /// Later: the first GetExternalData of each packet answers <see cref="NtStatus.Pending"/>, and the callback comes again, so that a handler's path for
    /// pages that are not present is really exercised.
    /// </summary>
    PendingFirst = 1,
}
