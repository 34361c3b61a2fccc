using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>A version of the framing or of a service's messages.</summary>
/// <param name="Major">The part that changes layouts.</param>
/// <param name="Minor">The part that adds to them.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct IcVersion(ushort Major, ushort Minor)
{
    /// <summary>The length in bytes on the wire.</summary>
    public const int Length = 4;

    /// <inheritdoc/>
    public override string ToString() => $"{Major}.{Minor}";
}
