using System.Globalization;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Emits a perfect hash table of message types as a type that only its file sees.</summary>
internal static class HashTableEmitter
{
    private const string Table = "MessageTypeTable";
    private const int EntriesPerLine = 16;

    /// <summary>The index of a message type, or -1.</summary>
    public static string IndexOf(string messageType) => $"{Table}.IndexOf({messageType})";

    public static void Emit(SourceWriter writer, PerfectHash hash)
    {
        string key = hash.Is64Bit ? "ulong" : "uint";
        string index = hash.Keys.Count <= byte.MaxValue + 1 ? "byte" : "ushort";
        string shift = hash.Shift.ToString(CultureInfo.InvariantCulture);
        writer.Line("/// <summary>The message types of the class, each in a slot of its own, in read-only data of the assembly.</summary>")
            .Line(MemberAttributes.GeneratedCode)
            .Line($"file static class {Table}")
            .Open();
        EmitData(writer, index, "Slots", hash.Slots.Select(static s => s.ToString(CultureInfo.InvariantCulture)));
        writer.Line();
        EmitData(writer, key, "Keys", hash.Keys.Select(MessageTypes.Format));
        writer.Line()
            .Line(MemberAttributes.Inlined)
            .Line($"internal static int IndexOf({key} messageType)")
            .Open()
            .Line($"int index = Slots[(int)(unchecked(messageType * {MessageTypes.Format(hash.Multiplier)}{(hash.Is64Bit ? "UL" : "U")}) >> {shift})];")
            .Line("return Keys[index] == messageType ? index : -1;")
            .Close()
            .Close();
    }

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
}
