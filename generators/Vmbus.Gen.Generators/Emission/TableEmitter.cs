using System.Globalization;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Emits the table by which message types find their case, as a type that only its file sees.</summary>
internal static class TableEmitter
{
    private const string Table = "MessageTypeTable";
    private const int EntriesPerLine = 16;

    /// <summary>The case of a message type; a number that is none where it has no handler.</summary>
    public static string CaseOf(string messageType) => $"{Table}.CaseOf({messageType})";

    public static void Emit(SourceWriter writer, DispatchPlan plan, int size)
    {
        switch (plan)
        {
            case DispatchPlan.OnSlot { Hash: var hash }:
                writer.Line();
                EmitHash(writer, hash);
                break;
            case DispatchPlan.OnPosition byPosition:
                writer.Line();
                EmitPositions(writer, byPosition, size);
                break;
        }
    }

    private static void EmitHash(SourceWriter writer, PerfectHash hash)
    {
        string key = hash.Is64Bit ? "ulong" : "uint";
        string mask = Invariant(hash.Keys.Count - 1);
        Open(writer, "The message types of the class, each in a slot of its own, in read-only data of the assembly.");
        EmitData(writer, hash.Keys.Count <= byte.MaxValue + 1 ? "byte" : "ushort", "Displacements", hash.Displacements.Select(static d => Invariant(d)));
        writer.Line();
        EmitData(writer, key, "Keys", hash.Keys.Select(MessageTypes.Format));
        writer.Line()
            .Line(MemberAttributes.Inlined)
            .Line($"internal static int CaseOf({key} messageType)")
            .Open()
            .Line($"{key} hash = unchecked(messageType * {MessageTypes.Format(hash.Multiplier)}{(hash.Is64Bit ? "UL" : "U")});")
            .Line($"int slot = ((int)(hash >> {Invariant(hash.PlaceShift)}) ^ Displacements[(int)(hash >> {Invariant(hash.BucketShift)})]) & {mask};")
            .Line("return Keys[slot] == messageType ? slot : -1;")
            .Close()
            .Close();
    }

    private static void EmitPositions(SourceWriter writer, DispatchPlan.OnPosition plan, int size)
    {
        string key = size == 8 ? "ulong" : "uint";
        int[] positions = new int[(int)plan.Range];
        for (int i = 0; i < plan.MessageTypes.Count; i++)
        {
            positions[(int)(plan.MessageTypes[i] - plan.First)] = i + 1;
        }

        Open(writer, "From the smallest message type of the class to the largest its position among all, from 1, in read-only data of the assembly.");
        EmitData(writer, plan.EntrySize == sizeof(byte) ? "byte" : "ushort", "Positions", positions.Select(static p => Invariant(p)));
        writer.Line()
            .Line(MemberAttributes.Inlined)
            .Line($"internal static int CaseOf({key} messageType)")
            .Open()
            .Line($"{key} offset = unchecked(messageType - {MessageTypes.Format(plan.First)});")
            .Line($"return offset < {Invariant(positions.Length)} ? Positions[(int)offset] : 0;")
            .Close()
            .Close();
    }

    private static void Open(SourceWriter writer, string summary)
        => writer.Line($"/// <summary>{summary}</summary>").Line(MemberAttributes.GeneratedCode).Line($"file static class {Table}").Open();

    private static void EmitData(SourceWriter writer, string type, string name, IEnumerable<string> values)
    {
        writer.Line($"private static global::System.ReadOnlySpan<{type}> {name} =>").Line("[").Indent();
        List<string> line = [];
        foreach (string value in values)
        {
            line.Add(value);
            if (line.Count == EntriesPerLine)
            {
                Flush();
            }
        }

        Flush();
        writer.Outdent().Line("];");

        void Flush()
        {
            if (line.Count > 0)
            {
                writer.Line(string.Join(", ", line) + ",");
                line.Clear();
            }
        }
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
