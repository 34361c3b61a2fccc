using System.IO;

namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>The table of .NET, which lies in this assembly and is loaded when it is first asked for, once in a process.</summary>
internal static class FrameworkEffects
{
    private const string Resource = "framework.effects";

    private static readonly Lazy<EffectsTable> Loaded = new(Load);

    public static EffectsTable Table => Loaded.Value;

    private static EffectsTable Load()
    {
        using Stream stream = typeof(FrameworkEffects).Assembly.GetManifestResourceStream(Resource)!;
        byte[] data = new byte[stream.Length];
        for (int read = 0; read < data.Length;)
        {
            int count = stream.Read(data, read, data.Length - read);
            if (count == 0)
            {
                throw new EndOfStreamException($"The resource {Resource} ends after {read} of {data.Length} bytes.");
            }

            read += count;
        }

        return new EffectsTable(data);
    }
}
