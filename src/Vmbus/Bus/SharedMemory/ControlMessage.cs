using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Vmbus;

/// <summary>A message of 256 bytes, as long as one of the synthetic interrupt controller. Fields that a type does not use are zero.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Length)]
internal struct ControlMessage
{
    /// <summary>The length of every message in bytes.</summary>
    public const int Length = 256;

    /// <summary>The version of this protocol.</summary>
    public const uint Version = 1;

    public ControlMessageType Type;

    /// <summary>The channel id (relid).</summary>
    public uint ChannelId;
    public Guid InterfaceType;
    public Guid InterfaceInstance;
    public uint SubChannelIndex;

    /// <summary>Which opening of the channel.</summary>
    public uint OpenId;
    public uint GpadlHandle;
    public NtStatus Status;
    public uint Flags;

    /// <summary>Where memory begins: in a page of the guest.</summary>
    public ulong FirstPage;
    public uint ByteOffset;
    public uint ByteCount;

    /// <summary>Data sizes of the rings of an opening, in bytes.</summary>
    public uint ClientToServerSize;
    public uint ServerToClientSize;

    /// <summary>Of the first messages: version, and size of the shared memory in bytes.</summary>
    public uint ProtocolVersion;
    public long MemorySize;
    private TextBytes _text;
    private ushort _mmioMegabytes;
    private byte _targetVtl;
    private byte _dataLength;

    /// <summary>Where the shared memory is found.</summary>
    public string Name
    {
        readonly get
        {
            ReadOnlySpan<byte> bytes = _text;
            int end = bytes.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        }

        set => Encoding.UTF8.GetBytes(value, _text);
    }

    /// <summary>
    /// What a server says about its offer, with the ids of this message; <see langword="null"/> where a message says what cannot be. The service's own bytes lie
    /// where other messages have the name.
    /// </summary>
    public VmbusOffer? Offer
    {
        readonly get
        {
            if (_dataLength > VmbusOffer.MaximumData || _targetVtl > VmbusOffer.MaximumVtl)
            {
                return null;
            }

            ReadOnlySpan<byte> bytes = _text;
            return new VmbusOffer
            {
                InterfaceType = InterfaceType,
                InterfaceInstance = InterfaceInstance,
                Flags = (ServerOfferFlags)Flags,
                MmioMegabytes = _mmioMegabytes,
                TargetVtl = _targetVtl,
                Data = bytes[.._dataLength].ToArray(),
            };
        }

        set
        {
            Flags = (uint)value!.Flags;
            _mmioMegabytes = (ushort)value.MmioMegabytes;
            _targetVtl = (byte)value.TargetVtl;
            _dataLength = (byte)value.Data.Length;
            value.Data.Span.CopyTo(_text);
        }
    }

    [InlineArray(128)]
    private struct TextBytes
    {
        private byte _first;
    }
}
