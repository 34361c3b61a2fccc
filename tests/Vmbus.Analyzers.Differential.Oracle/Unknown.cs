using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle;

/// <summary>What random programs know nothing about: every answer that is possible is given on some path.</summary>
public static class Unknown
{
    /// <summary>A condition.</summary>
    public static bool G()
    {
        ProgramPath.Current.MayThrow();
        return ProgramPath.Current.Choose(2) == 1;
    }

    /// <summary>A number; programs compare it with 0, 1 and 2.</summary>
    public static int Number()
    {
        ProgramPath.Current.MayThrow();
        return ProgramPath.Current.Choose(4) switch { 3 => 7, int n => n };
    }

    public static Kind Kinds() => (Kind)Number();

    public static NtStatus Status()
    {
        ProgramPath.Current.MayThrow();
        return ProgramPath.Current.Choose(3) switch { 0 => NtStatus.Success, 1 => NtStatus.Pending, _ => NtStatus.InvalidParameter };
    }

    /// <summary>An object of one of two types, or none.</summary>
    public static object? Find()
    {
        ProgramPath.Current.MayThrow();
        return ProgramPath.Current.Choose(3) switch { 0 => null, 1 => "text", _ => Device.Found() };
    }

    public static Frame Header()
    {
        ProgramPath.Current.MayThrow();
        return new Frame { Length = (uint)Number() };
    }

    /// <summary>None, one or two elements.</summary>
    public static int[] Items()
    {
        ProgramPath.Current.MayThrow();
        return new int[ProgramPath.Current.Choose(3)];
    }

    /// <summary>An index that was not given before on this path.</summary>
    public static int Slot()
    {
        ProgramPath.Current.MayThrow();
        return ProgramPath.Current.NextSlot();
    }

    /// <summary>Whether a loop goes on; a path answers true only so often.</summary>
    public static bool Again()
    {
        ProgramPath.Current.MayThrow();
        return ProgramPath.Current.GoesOn();
    }

    /// <summary>Whether an endless loop ends.</summary>
    public static bool Stop()
    {
        ProgramPath.Current.MayThrow();
        return !ProgramPath.Current.GoesOn();
    }

    /// <summary>Something that has nothing to do with packets, and may fail.</summary>
    public static void Work() => ProgramPath.Current.MayThrow();

    /// <summary>Uses a value.</summary>
    public static void Look(ulong value) => ProgramPath.Current.MayThrow();

    public static Task Step() => ProgramPath.Current.MayFail() is { } exception ? Task.FromException(exception) : Task.CompletedTask;

    /// <summary>Stands before every <c>throw;</c>: from outside it cannot be told from an exception that goes on.</summary>
    public static void Rethrows([CallerMemberName] string rethrower = "")
    {
        ProgramPath.Current.MayThrow();
        ProgramPath.Current.Rethrows(rethrower);
    }

    /// <summary>Lets a task run whose result nobody waits for.</summary>
    public static void Background(Task task) => ProgramPath.Current.Abandon(task);

    /// <summary>Never returns.</summary>
    [DoesNotReturn]
    public static void Halt()
    {
        ProgramPath.Current.Halt();
        throw new DeviceException();
    }

    /// <summary>What an endless loop does: it never comes to an end.</summary>
    public static void Spin()
    {
        ProgramPath.Current.MayThrow();
        ProgramPath.Current.Halt();
        throw new DeviceException();
    }
}
