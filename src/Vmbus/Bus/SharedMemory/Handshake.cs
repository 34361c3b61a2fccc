using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>The first messages of a connection, one after the other.</summary>
internal static class Handshake
{
    /// <exception cref="SocketException">The connection broke.</exception>
    public static async Task SendAsync(Socket socket, ControlMessage message, CancellationToken cancellationToken)
    {
        byte[] bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<ControlMessage>(in message)).ToArray();
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="IOException">The other side closed.</exception>
    /// <exception cref="SocketException">The connection broke.</exception>
    public static async Task<ControlMessage> ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[ControlMessage.Length];
        for (int received = 0; received < bytes.Length;)
        {
            int count = await socket.ReceiveAsync(bytes.AsMemory(received), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new IOException("The other side closed the connection before it had said who it is.");
            }

            received += count;
        }

        return MemoryMarshal.Read<ControlMessage>(bytes);
    }
}
