using System.Runtime.CompilerServices;

namespace Vmbus.Ring;

/// <content>What is wrong with a ring that cannot be right: away from the path of packets that are.</content>
public sealed unsafe partial class RingReader
{
    /// <summary>The rules of the types that carry an extended header, and of those that nobody defined.</summary>
    private bool IsTypeAccepted(PacketType type, uint offset8) => CheckType(type, offset8, start: 0) is null;

    private RingCorruption? CheckType(PacketType type, uint offset8, uint start)
    {
        if ((_checks & RingReadChecks.UnknownTypes) != 0 && type is PacketType.Invalid or > PacketType.AdditionalData)
        {
            return new RingCorruption(RingField.PacketType, (ulong)type, 1, (ulong)PacketType.AdditionalData, "a type from 1 to 13", NameOf(start));
        }

        uint minimum = MinimumOffset8(type);
        if ((_checks & RingReadChecks.ExtendedHeaders) != 0 && offset8 < minimum)
        {
            return new RingCorruption(RingField.PacketOffset8, offset8, minimum, ushort.MaxValue, $"at least {minimum}, which type {(ushort)type} demands", NameOf(start));
        }

        return null;
    }

    private static uint MinimumOffset8(PacketType type) => type switch
    {
        PacketType.AdditionalData => 4,
        PacketType.AddTransferPageSet or PacketType.RemoveTransferPageSet
            or PacketType.EstablishGpadl or PacketType.TeardownGpadl or PacketType.DataUsingGpadl
            or PacketType.DataUsingTransferPages or PacketType.DataUsingGpaDirect => 3,
        _ => 2,
    };

    private static string NameOf(uint start) => $"the packet at {start}";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CondemnPeerWrite(uint value)
    {
        Condemn(CheckIndex(RingField.WriteIndex, value)
            ?? new RingCorruption(RingField.WriteIndex, value, _peerWrite, _published, $"an index from {_peerWrite}, where it was, forward to the last one before the read index {_published}"));
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CondemnOwnIndex(uint own, uint expected)
    {
        Condemn(new RingCorruption(RingField.ReadIndex, own, expected, expected, $"{expected}, which this side stored and the writer must not change"));
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CondemnMask(uint mask)
    {
        Condemn(new RingCorruption(RingField.InterruptMask, mask, _mask, _mask, $"{_mask}, which this side stored and the writer must not change"));
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CondemnAvailable(uint available)
    {
        Condemn(new RingCorruption(RingField.AvailableBytes, available, SmallestFootprint, Size - RingSpace.Granularity, $"at least {SmallestFootprint}, a descriptor and a footer", NameOf(_read)));
    }

    /// <summary>Finds out which of the checks failed, in the order in which a reader should look.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CondemnDescriptor(PacketDescriptor descriptor, uint available)
    {
        string where = NameOf(_read);
        ulong offset8 = descriptor.Offset8;
        ulong length8 = descriptor.Length8;
        ulong longest = (available - RingSpace.FooterLength) / RingSpace.Granularity;
        RingCorruption corruption;
        if (offset8 < 2)
        {
            corruption = new(RingField.PacketOffset8, offset8, 2, ushort.MaxValue, "at least 2, the descriptor itself", where);
        }
        else if (length8 < offset8)
        {
            corruption = new(RingField.PacketLength8, length8, offset8, ushort.MaxValue, $"at least its offset8, {offset8}", where);
        }
        else if (length8 > longest)
        {
            corruption = new(RingField.PacketLength8, length8, offset8, longest, $"at most {longest}, with which the packet and its footer fill the {available} bytes that are available", where);
        }
        else if (length8 > _maximumLength8)
        {
            corruption = new(RingField.PacketLength8, length8, offset8, _maximumLength8, $"at most {_maximumLength8}, the longest packet that this reader accepts", where);
        }
        else
        {
            corruption = CheckType(descriptor.Type, descriptor.Offset8, _read)
                ?? new(RingField.PacketFlags, (ulong)descriptor.Flags, 0, (ulong)PacketFlags.CompletionRequested, "no flag other than 1, completion requested", where);
        }

        Condemn(corruption);
    }
}
