using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Net.Sockets;
using System.Text;

namespace Vmbus.Tests.SharedMemory;

/// <summary>A guest that says what it likes: messages of 256 bytes over the socket, and all of the shared memory to write to.</summary>
internal sealed class RawGuest : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public RawGuest(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _socket.ReceiveTimeout = 20_000;
        Send(14, protocolVersion: 1);
        byte[] response = Receive(15) ?? throw new IOException("no answer");
        long size = BinaryPrimitives.ReadInt64LittleEndian(response.AsSpan(88));
        string name = Encoding.UTF8.GetString(response.AsSpan(96, 128)).TrimEnd('\0');
        using FileStream file = new(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        File = System.IO.File.OpenHandle(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using MemoryMappedFile mapping = MemoryMappedFile.CreateFromFile(file, null, size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        Memory = mapping.CreateViewAccessor(0, size);
    }

    public Microsoft.Win32.SafeHandles.SafeFileHandle File { get; }

    public MemoryMappedViewAccessor Memory { get; }

    public void Send(byte[] message)
    {
        try
        {
            _socket.Send(message);
        }
        catch (SocketException)
        {
            // The host has broken off.
        }
    }

    public void Send(
        uint type, uint channel = 0, uint openId = 0, uint handle = 0, ulong firstPage = 0, uint byteOffset = 0, uint byteCount = 0, uint toServer = 0, uint toClient = 0, uint protocolVersion = 0)
    {
        byte[] message = new byte[256];
        (int Offset, uint Value)[] fields = [(0, type), (4, channel), (44, openId), (48, handle), (68, byteOffset), (72, byteCount), (76, toServer), (80, toClient)];
        foreach ((int offset, uint value) in fields)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(offset), value);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(60), firstPage);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(84), protocolVersion);
        Send(message);
    }

    /// <summary>The next message of a type; <see langword="null"/>: the host has broken off.</summary>
    public byte[]? Receive(uint type)
    {
        while (true)
        {
            byte[] message = new byte[256];
            int received = 0;
            while (received < message.Length)
            {
                try
                {
                    int count = _socket.Receive(message.AsSpan(received));
                    if (count == 0)
                    {
                        return null;
                    }

                    received += count;
                }
                catch (SocketException exception) when (exception.SocketErrorCode != SocketError.TimedOut)
                {
                    return null;
                }
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(message) == type)
            {
                return message;
            }
        }
    }

    public void Dispose()
    {
        File.Dispose();
        Memory.Dispose();
        _socket.Dispose();
    }
}
