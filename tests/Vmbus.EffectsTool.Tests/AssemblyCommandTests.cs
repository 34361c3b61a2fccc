namespace Vmbus.EffectsTool.Tests;

/// <summary>The table of a library: the run time's own, whose members say with attributes what they are.</summary>
public sealed class AssemblyCommandTests
{
    private static readonly Lazy<string[]> Lines = new(static () => LinesOf(typeof(Library)));

    private static string[] LinesOf(Type type)
    {
        string file = Path.Combine(Path.GetTempPath(), $"vmbus-effects-{Guid.NewGuid():N}.txt");
        try
        {
            int code = EffectsCommandLine.Run(["assembly", type.Assembly.Location, "-o", file], TextWriter.Null, TextWriter.Null);
            Assert.Equal(0, code);
            return File.ReadAllLines(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_file_says_what_it_is_about()
        => Assert.StartsWith("# How the members of Vmbus.EffectsTool.Tests block", Lines.Value[0], StringComparison.Ordinal);

    [Fact]
    public void What_the_run_time_allows_at_DISPATCH_LEVEL_does_not_block()
    {
        string[] lines = LinesOf(typeof(KernelIrql));

        Assert.Contains("wait M:Vmbus.VmbusChannel.Pause", lines);
        Assert.DoesNotContain(
            lines,
            static l => !l.Contains(" may ", StringComparison.Ordinal)
                && (l.Contains("M:Vmbus.KernelIrql.", StringComparison.Ordinal) || l.Contains("VmbusChannel.TrySend", StringComparison.Ordinal) || l.Contains("PacketCompletion.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("wait ?timeout M:Vmbus.EffectsTool.Tests.Library.Sleeps(System.Int32)", true)]
    [InlineData("wait M:Vmbus.EffectsTool.Tests.Library.Waits", true)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Library.Reads", true)]
    [InlineData("wait M:Vmbus.EffectsTool.Tests.Library.Says", true)]
    [InlineData("wait M:Vmbus.EffectsTool.Tests.Library.AtPassive", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.Promises", false)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.CallsOneThatPromises", false)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.Counts", false)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Library.SleepsThenReads", true)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.Library.ReadsBeforeItAwaits", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.ComparesOrdinally(System.String)", false)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.Library.ReadsOnce", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.SumsAnArray", false)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.SumsAList", false)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.Library.SumsWhatItIsGiven(System.Collections.Generic.IEnumerable{System.Int32})", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.DoesNotReadThoughItCould", false)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Library.ReadsMemory(System.Byte[])", false)]
    [InlineData("monitor may M:Vmbus.EffectsTool.Tests.Library.LocksAndReadsAfterFailure", true)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.Library.SleepsOrReadsAfterFailure", true)]
    [InlineData("wait may M:Vmbus.EffectsTool.Tests.Library.SleepsAfterFailureOfOneThatMayRead", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.SumsAListThatItIsGiven(System.Collections.Generic.IReadOnlyList{System.Int32})", false)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.SumsItsOwnOrNothing(System.Boolean)", false)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.SumsNewNumbers", false)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.Doubles(System.Collections.Generic.IEnumerable{System.Int32})", false)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Library.ReadsWhenEnumerated", true)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.Library.ReadsOnceByAnother", true)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Library.WritesMemoryByOneOfTwo(System.Boolean)", false)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Library.DeletesThroughABuffer(System.Boolean)", true)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.ReadsAtFirst.get_Text", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.ReadsAtFirst.Touches", false)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.ReadsBeforeAll.Touches", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Library.TouchesNoField", false)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Source.Take", true)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Source.TakesFrom(Vmbus.EffectsTool.Tests.Source)", true)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Source.Delete", true)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.Source.Measure", true)]
    [InlineData("none M:Vmbus.EffectsTool.Tests.CopiedSource.Measure", true)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.Source.Flush", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Source.Number", false)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.IStore.Load", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Shelf.MeasuresKept", false)]
    [InlineData("io may M:Vmbus.EffectsTool.Tests.Shelf.MeasuresGiven", true)]
    [InlineData("M:Vmbus.EffectsTool.Tests.Shelf.LooksForNothing", false)]
    [InlineData("io M:Vmbus.EffectsTool.Tests.Shelf.LooksFor(System.String)", true)]
    public void Members_are_told_by_what_they_do_and_say(string line, bool isThere)
    {
        if (isThere)
        {
            Assert.Contains(line, Lines.Value);
        }
        else
        {
            Assert.DoesNotContain(Lines.Value, l => l.EndsWith(line, StringComparison.Ordinal));
        }
    }
}

/// <summary>What the tests read of.</summary>
public static class Library
{
    private static int Count;

    private static string? Text;

    public static void Sleeps(int millisecondsTimeout) => Thread.Sleep(millisecondsTimeout);

    public static void Waits() => new ManualResetEvent(false).WaitOne();

    public static string Reads() => File.ReadAllText("x");

    [Blocks]
    public static void Says() => Count++;

    [IrqlRequiresMax(Irql.Passive)]
    public static void AtPassive() => Count++;

    [IrqlRequiresMax(Irql.Dispatch)]
    public static void Promises() => File.Delete("x");

    public static void CallsOneThatPromises() => Promises();

    public static int Counts() => Interlocked.Increment(ref Count);

    /// <summary>Of what it ordinarily does the graver thing tells, though the way to the other is shorter.</summary>
    public static string SleepsThenReads()
    {
        Thread.Sleep(1);
        return Reads();
    }

    /// <summary>An async method is called for what it does later.</summary>
    public static async Task<string> ReadsBeforeItAwaits()
    {
        string text = Reads();
        await Task.Yield();
        return text;
    }

    /// <summary>No culture is asked, whose first use is under a lock.</summary>
    public static bool ComparesOrdinally(string text) => text.StartsWith("x", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is read is kept for the next call.</summary>
    public static string ReadsOnce() => Text ??= Reads();

    /// <summary>An array is no enumeration that somebody else implements.</summary>
    public static int SumsAnArray() => Sum([1, 2, 3]);

    /// <summary>Nor is a list.</summary>
    public static int SumsAList() => Sum(new List<int> { 1, 2, 3 });

    public static int SumsWhatItIsGiven(IEnumerable<int> numbers) => Sum(numbers);

    /// <summary>The argument decides.</summary>
    public static string DoesNotReadThoughItCould() => ReadsOrNot(false);

    /// <summary>A reader over memory.</summary>
    public static int ReadsMemory(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return reader.ReadInt32();
    }

    /// <summary>The lock is on the ordinary way; a handler of exceptions is a detour.</summary>
    public static void LocksAndReadsAfterFailure()
    {
        lock (Gates.First)
        {
            Count++;
        }

        try
        {
            Counts();
        }
        catch (InvalidOperationException)
        {
            File.Delete("x");
        }
    }

    /// <summary>Two ways of one detour: the graver tells.</summary>
    public static void SleepsOrReadsAfterFailure()
    {
        try
        {
            Counts();
        }
        catch (InvalidOperationException)
        {
            Thread.Sleep(1);
        }
        catch (NotSupportedException)
        {
            Reads();
        }
    }

    /// <summary>One detour is before two: what the handler calls reads only in a handler of its own.</summary>
    public static void SleepsAfterFailureOfOneThatMayRead()
    {
        try
        {
            Counts();
        }
        catch (InvalidOperationException)
        {
            Thread.Sleep(1);
            ReadsAfterFailure();
        }
    }

    /// <summary>No list enumerates the files of a folder.</summary>
    public static int SumsAListThatItIsGiven(IReadOnlyList<int> numbers) => Sum(numbers);

    /// <summary>The array is for nothing; the iterator tells.</summary>
    public static int SumsItsOwnOrNothing(bool own) => Sum(OwnOrNothing(own));

    /// <summary>An array that is made here.</summary>
    public static int SumsNewNumbers() => Sum(new int[Count]);

    /// <summary>The call only makes an iterator; what it is given is enumerated by whoever asks for its elements.</summary>
    public static IEnumerable<int> Doubles(IEnumerable<int> numbers)
    {
        foreach (int number in numbers)
        {
            yield return 2 * number;
        }
    }

    /// <summary>What is done for every element counts for the call, as callers ordinarily enumerate at once.</summary>
    public static IEnumerable<string> ReadsWhenEnumerated()
    {
        yield return Reads();
    }

    /// <summary>The method that sets the field takes its address before it calls another.</summary>
    public static string ReadsOnceByAnother() => Text ?? SetText();

    /// <summary>Both writers are given what is over memory.</summary>
    public static void WritesMemoryByOneOfTwo(bool isFirst)
    {
        Output output = isFirst ? new Plain() : new Twice();
        output.Write(new BinaryWriter(new MemoryStream()));
    }

    /// <summary>The buffer deletes by what it buffers, in a method of its own.</summary>
    public static void DeletesThroughABuffer(bool isBuffered)
    {
        Store store = isBuffered ? new Buffer(new Folder()) : new Folder();
        store.Delete();
    }

    /// <summary>The static constructor waits for the first field that is touched.</summary>
    public static int TouchesNoField() => ReadsAtFirst.Touches();

    private static string SetText()
    {
        Interlocked.CompareExchange(ref Text, Reads(), null);
        return Text;
    }

    private static IEnumerable<int> OwnOrNothing(bool own) => own ? Own() : [];

    private static IEnumerable<int> Own()
    {
        yield return 1;
    }

    private static int Sum(IEnumerable<int> numbers)
    {
        int sum = 0;
        foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    private static string ReadsOrNot(bool reads) => reads ? Reads() : "";

    private static void ReadsAfterFailure()
    {
        try
        {
            Counts();
        }
        catch (NotSupportedException)
        {
            Reads();
        }
    }

    /// <summary>By itself, as a lock is made in a static constructor.</summary>
    private static class Gates
    {
        public static readonly Lock First = new();
    }

    private abstract class Output
    {
        public abstract void Write(BinaryWriter writer);
    }

    private sealed class Plain : Output
    {
        public override void Write(BinaryWriter writer) => writer.Write(1);
    }

    private sealed class Twice : Output
    {
        public override void Write(BinaryWriter writer) => writer.Write(2);
    }

    private abstract class Store
    {
        public abstract void Delete();
    }

    private sealed class Folder : Store
    {
        public override void Delete() => File.Delete("x");
    }

    private sealed class Buffer(Store store) : Store
    {
        public override void Delete() => DeleteRest();

        private void DeleteRest() => store.Delete();
    }
}

/// <summary>Its static constructor runs when the field is first touched.</summary>
public static class ReadsAtFirst
{
    public static string Text { get; } = File.ReadAllText("x");

    public static int Touches() => 1;
}

/// <summary>Its static constructor runs before any static member is called.</summary>
public static class ReadsBeforeAll
{
    private static readonly string Text;

    static ReadsBeforeAll() => Text = File.ReadAllText("x");

    public static int Touches() => 1;

    public static int Length() => Text.Length;
}
