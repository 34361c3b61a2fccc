using System.Reflection.Metadata;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Shape;
using AssemblyFile = Vmbus.EffectsTool.Metadata.AssemblyFile;

namespace Vmbus.EffectsTool.Effects;

/// <summary>
/// What members say of themselves with the attributes of the run time: one that may be called at DISPATCH_LEVEL does not block, whatever it calls; one that
/// blocks, or requires a lower level, does.
/// </summary>
internal sealed class MethodContracts
{
    private const string Runtime = "Vmbus";

    private readonly Dictionary<AssemblyFile, bool> _seesRuntime = [];

    /// <summary>What a method says; null if it says nothing.</summary>
    public ReviewedVerdict? Of(MethodNode method)
    {
        if (!SeesRuntime(method.Owner.File))
        {
            return null;
        }

        if (method.HasAttribute("BlocksAttribute"))
        {
            return ReviewedVerdict.Does;
        }

        byte? level = method.AttributeByte("IrqlRequiresMaxAttribute") ?? method.AttributeByte("IrqlRequiresAttribute");
        return level is null ? null : level == IrqlLevels.Dispatch ? ReviewedVerdict.Never : ReviewedVerdict.Does;
    }

    /// <summary>Only who sees the run time can use its attributes.</summary>
    private bool SeesRuntime(AssemblyFile file)
    {
        if (!_seesRuntime.TryGetValue(file, out bool sees))
        {
            MetadataReader reader = file.Reader;
            sees = file.Name == Runtime || reader.AssemblyReferences.Any(h => reader.GetString(reader.GetAssemblyReference(h).Name) == Runtime);
            _seesRuntime.Add(file, sees);
        }

        return sees;
    }
}
