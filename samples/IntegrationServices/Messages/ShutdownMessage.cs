using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>How the guest shall shut down.</summary>
[Flags]
internal enum ShutdownFlags : uint
{
    /// <summary>Only if nothing stands against it.</summary>
    None = 0,

    /// <summary>Whatever stands against it.</summary>
    Force = 1,

    /// <summary>And start again.</summary>
    Restart = 2,

    /// <summary>Hibernate instead.</summary>
    Hibernate = 4,
}

/// <summary>The host asks the guest to shut down.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct ShutdownMessage
{
    /// <summary>The length of the message in bytes.</summary>
    public const int Length = IcMessage.HeadersLength + BodyLength;

    /// <summary>The length of the body in bytes.</summary>
    public const int BodyLength = 2060;

    /// <summary>The <see cref="Reason"/> of a shutdown that was planned.</summary>
    public const uint Planned = 0x80000000;

    /// <summary>The highest combination of flags that a guest accepts.</summary>
    public const uint LargestFlags = 5;

    /// <summary>The pipe header.</summary>
    public PipeHeader Pipe;

    /// <summary>The integration component header.</summary>
    public IcHeader Ic;

    /// <summary>Why.</summary>
    public uint Reason;

    /// <summary>How long applications may take, in seconds.</summary>
    public uint TimeoutSeconds;

    /// <summary>How.</summary>
    public ShutdownFlags Flags;

    /// <summary>A message for whoever looks at the guest's screen.</summary>
    public ShutdownText Text;
}

/// <summary>A text in UTF-16, ended by 0.</summary>
[InlineArray(Capacity)]
internal struct ShutdownText
{
    /// <summary>How many UTF-16 code units there is room for: 2048 bytes.</summary>
    public const int Capacity = 1024;

    private ushort _first;

    /// <summary>Puts a text in; what does not fit is cut off.</summary>
    public void Set(ReadOnlySpan<char> text)
    {
        Span<ushort> units = this;
        units.Clear();
        ReadOnlySpan<ushort> source = MemoryMarshal.Cast<char, ushort>(text);
        source[..Math.Min(source.Length, Capacity - 1)].CopyTo(units);
    }

    /// <summary>The text up to its end.</summary>
    public override readonly string ToString()
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<ushort, char>((ReadOnlySpan<ushort>)this);
        int end = characters.IndexOf('\0');
        return new string(end < 0 ? characters : characters[..end]);
    }
}
