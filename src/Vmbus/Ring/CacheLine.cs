using System.Runtime.CompilerServices;

namespace Vmbus.Ring;

/// <summary>
/// Room behind the fields that one thread changes with every packet, so that an object behind it, which may belong to another thread,
/// does not lie in the same cache line.
/// </summary>
[InlineArray(Length)]
internal struct CacheLine
{
    private const int Length = 64;

    private byte _first;
}
