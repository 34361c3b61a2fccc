using System.Text;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Writes lines with the indentation of the block they stand in.</summary>
internal sealed class SourceWriter
{
    private const int IndentationSize = 4;

    private readonly StringBuilder _text = new();
    private int _depth;

    public SourceWriter Line(string line)
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * IndentationSize).Append(line);
        }

        _text.Append('\n');
        return this;
    }

    public SourceWriter Line() => Line("");

    /// <summary>Several lines, indented alike.</summary>
    public SourceWriter Lines(string lines)
    {
        foreach (string line in lines.Split('\n'))
        {
            Line(line.TrimEnd('\r'));
        }

        return this;
    }

    public SourceWriter Indent()
    {
        _depth++;
        return this;
    }

    public SourceWriter Outdent()
    {
        _depth--;
        return this;
    }

    public SourceWriter Open() => Line("{").Indent();

    public SourceWriter Close() => Outdent().Line("}");

    public override string ToString() => _text.ToString();
}
