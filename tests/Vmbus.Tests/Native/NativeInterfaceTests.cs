using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus.Tests.Native;

/// <summary>What a host in C and this library hand each other: structures, tables, numbers, the header.</summary>
[Collection(nameof(CompiledHost))]
public sealed class NativeInterfaceTests(CompiledHost code)
{
    [GccFact]
    public unsafe void The_compiler_lays_the_structures_out_as_this_library_does()
    {
        string layout = Marshal.PtrToStringAnsi(((delegate* unmanaged<nint>)code["host_layout"])())!;
        Assert.Equal(Describe<NativeMdl>("VMB_MDL") + Describe<NativeKmclExports>("VMB_KMCL_EXPORTS") + Describe<NativeCallbackTable>("VMB_CALLBACK_TABLE"), layout);

        static string Describe<T>(string name)
        {
            IEnumerable<string> offsets = typeof(T).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
                .Select(static field => Marshal.OffsetOf<T>(field.Name).ToString(System.Globalization.CultureInfo.InvariantCulture));
            return $"{name} {Unsafe.SizeOf<T>()}: {string.Join(' ', offsets)}\n";
        }
    }

    [GccFact]
    public unsafe void Made_up_numbers_and_those_of_other_things_find_nothing()
    {
        using NativeHost host = new(code);
        using NativeRefusals refusals = new();
        host.Channel.AllocatePacket().Send("x"u8, VmbusSendFlags.WaitForCompletion);
        NativeCallbackTable table = NativeDevice.NativeCallbacks;
        nint packet = host.CompleteSent(NtStatus.Success);
        foreach (nint wrong in (nint[])[0, 1, -1, nint.MaxValue, packet, host.Handle + (1 << 24), host.Handle ^ 3, (nint)Unsafe.AsPointer(ref table)])
        {
            Assert.Equal(NtStatus.InvalidHandle, table.Opened(wrong));
            table.PacketCompletionRoutine(wrong, NtStatus.Success, null, 0);
            Assert.InRange(refusals.Of(wrong).Length, 2, 3);
        }

        table.PacketCompletionRoutine(host.Handle, NtStatus.Success, null, 0);
        Assert.Single(refusals.Of(host.Handle));

        // A table goes with channels of its own class.
        host.Start(OtherDevice.NativeCallbacks);
        host.Deliver(1, 1);
        Assert.Equal("", string.Concat(host.Log.Split('\n').Where(static line => !line.StartsWith("send", StringComparison.Ordinal))));
        Assert.Contains("NativeDevice, whose table has entry points of its own", refusals.Of(host.Handle)[^1], StringComparison.Ordinal);
    }

    [GccFact]
    public void Exports_that_cannot_be_used_are_refused_by_name()
    {
        using NativeHost host = new(code);
        (string Name, NativeKmclExports Exports)[] wrong =
        [
            ("size 0 and version 0", default),
            ("Complete is null", new NativeKmclExports()),
            ("version 2", host.Exports with { Version = 2 }),
            ("size 8", host.Exports with { Size = 8 }),
            Without("Fail"),
            Without("DeferToPassive"),
        ];
        foreach ((string name, NativeKmclExports exports) in wrong)
        {
            VmbusException exception = Assert.Throws<VmbusException>(() => NativeChannel.Create(new NativeDevice(), in exports));
            Assert.Equal(NtStatus.InvalidParameter2, exception.Status);
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        }

        unsafe (string, NativeKmclExports) Without(string name)
            => (name + " is null", name == "Fail" ? host.Exports with { Fail = null } : host.Exports with { DeferToPassive = null });
    }

    [GccFact]
    public void The_header_compiles_as_C99_and_as_C_plus_plus_by_itself()
    {
        code.WriteHeader();
        File.WriteAllText(code.SourcePath, "#include \"vmbus_native.h\"\n#include \"vmbus_native.h\"\nVMB_CALLBACK_TABLE table = Vmbus_Tests_Native_NativeDevice_CALLBACKS;\n");
        code.Gcc("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-fsyntax-only", "-x", "c", code.SourcePath);
        if (File.Exists("/usr/bin/g++"))
        {
            code.Gcc("-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c++", code.SourcePath);
        }
    }
}
