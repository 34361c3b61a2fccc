using System.Net.Sockets;

namespace Vmbus;

/// <summary>The socket that guests connect to.</summary>
internal static class ListeningSocket
{
    /// <summary>Makes it, for the same user only; one that a dead process has left is replaced.</summary>
    /// <exception cref="VmbusException">A living process listens there.</exception>
    /// <exception cref="SocketException">It cannot be made.</exception>
    public static Socket Create(string path)
    {
        UnixDomainSocketEndPoint address = new(path);
        if (File.Exists(path) && IsLeft(address))
        {
            File.Delete(path);
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(address);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            socket.Listen();
            return socket;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new VmbusException(NtStatus.ObjectNameCollision, $"{path} exists, and is no socket that a dead process has left. Give the bus a path of its own.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLeft(UnixDomainSocketEndPoint address)
    {
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(address);
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}
