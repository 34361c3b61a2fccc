using System.Runtime.InteropServices;

namespace Vmbus.Tests.Native;

/// <summary>One channel of the C host, with the handlers that it drives.</summary>
internal sealed unsafe class NativeHost : IDisposable
{
    private readonly CompiledHost _code;
    private readonly void* _host;
    private bool _destroyed;

    public NativeHost(CompiledHost code, VmbusChannelOptions? options = null, bool tellsIrql = false)
        : this(code, new NativeDevice(), NativeDevice.NativeCallbacks, options, tellsIrql)
    {
    }

    public NativeHost(CompiledHost code, IChannelCallbacks callbacks, NativeCallbackTable table, VmbusChannelOptions? options = null, bool tellsIrql = false)
    {
        _code = code;
        NativeKmclExports exports;
        _host = ((delegate* unmanaged<byte, NativeKmclExports*, void*>)code["host_create"])(tellsIrql ? (byte)1 : (byte)0, &exports);
        Exports = exports;
        Device = callbacks as NativeDevice ?? new NativeDevice();
        Handle = options is null ? NativeChannel.Create(callbacks, in exports) : NativeChannel.Create(callbacks, in exports, options);
        Channel = NativeChannel.GetChannel(Handle);
        Start(table);
    }

    /// <summary>The handlers, where they are these.</summary>
    public NativeDevice Device { get; }

    public NativeKmclExports Exports { get; }

    public nint Handle { get; }

    public VmbusChannel Channel { get; }

    /// <summary>What the host's functions were called with since the last look, a line a call.</summary>
    public string Log
    {
        get
        {
            byte[] text = new byte[65536];
            fixed (byte* bytes = text)
            {
                return Marshal.PtrToStringAnsi((nint)bytes, (int)((delegate* unmanaged<void*, byte*, uint, uint>)_code["host_take_log"])(_host, bytes, (uint)text.Length));
            }
        }
    }

    /// <summary>Waits until the host's functions were called like this.</summary>
    public void Await(string log)
    {
        string seen = "";
        Assert.True(SpinWait.SpinUntil(() => (seen += Log).Length >= log.Length, TimeSpan.FromSeconds(30)), seen);
        Assert.Equal(log, seen);
    }

    public void Start(NativeCallbackTable table)
        => Assert.Equal(0, ((delegate* unmanaged<void*, NativeCallbackTable*, nint, int>)_code["host_start"])(_host, &table, Handle));

    /// <summary>Delivers a packet of a message type, on a thread of the host.</summary>
    public void Deliver(uint number, uint messageType, uint flags = 0, byte[]? rest = null)
    {
        byte[] bytes = [.. BitConverter.GetBytes(messageType), .. rest ?? new byte[4]];
        DeliverBytes(number, bytes, flags);
    }

    public void DeliverBytes(uint number, byte[] bytes, uint flags = 0)
    {
        fixed (byte* buffer = bytes)
        {
            ((delegate* unmanaged<void*, uint, void*, uint, uint, void>)_code["host_deliver"])(_host, number, buffer, (uint)bytes.Length, flags);
        }
    }

    public NtStatus Open() => ((delegate* unmanaged<void*, NtStatus>)_code["host_open"])(_host);

    public void Close() => ((delegate* unmanaged<void*, void>)_code["host_close"])(_host);

    public void EndBatch(uint packets) => ((delegate* unmanaged<void*, uint, void>)_code["host_end_batch"])(_host, packets);

    public void FailPnp(NtStatus status) => ((delegate* unmanaged<void*, NtStatus, void>)_code["host_pnp_failure"])(_host, status);

    public NtStatus SaveAndRestore() => ((delegate* unmanaged<void*, NtStatus>)_code["host_save_and_restore"])(_host);

    public nint CompleteSent(NtStatus status, string? text = null)
    {
        nint bytes = Marshal.StringToHGlobalAnsi(text);
        nint packet = ((delegate* unmanaged<void*, NtStatus, nint, nint>)_code["host_complete_sent"])(_host, status, bytes);
        Marshal.FreeHGlobal(bytes);
        return packet;
    }

    public void Set(NtStatus sendStatus = NtStatus.Success, bool isPendingFirst = false, bool isMdlCircular = false, bool completesAtOnce = false)
        => ((delegate* unmanaged<void*, NtStatus, byte, byte, byte, void>)_code["host_set"])(
            _host, sendStatus, isPendingFirst ? (byte)1 : (byte)0, isMdlCircular ? (byte)1 : (byte)0, completesAtOnce ? (byte)1 : (byte)0);

    /// <summary>The next completion delivers a packet of this type before it returns.</summary>
    public void Nest(uint messageType) => ((delegate* unmanaged<void*, uint, void>)_code["host_nest"])(_host, messageType);

    public void Destroy()
    {
        _destroyed = true;
        NativeChannel.Destroy(Handle);
    }

    public void Dispose()
    {
        if (!_destroyed)
        {
            Destroy();
        }
    }
}
