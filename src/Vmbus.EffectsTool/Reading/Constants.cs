using System.Reflection.Emit;

namespace Vmbus.EffectsTool.Reading;

/// <summary>Arithmetic on what is known to be constant.</summary>
internal static class Constants
{
    /// <summary>The number that an instruction puts on the stack.</summary>
    public static long? Loaded(Instruction instruction)
    {
        int value = (ushort)instruction.Code.Value;
        int first = (ushort)OpCodes.Ldc_I4_0.Value;
        return instruction.Code == OpCodes.Ldnull ? 0
            : instruction.Code == OpCodes.Ldc_I4_M1 ? -1
            : value >= first && value <= (ushort)OpCodes.Ldc_I4_8.Value ? value - first
            : instruction.Code == OpCodes.Ldc_I4 || instruction.Code == OpCodes.Ldc_I4_S || instruction.Code == OpCodes.Ldc_I8 ? instruction.Operand
            : null;
    }

    /// <summary>Whether a branch on one value or two is taken, where they tell.</summary>
    public static bool? IsTaken(OpCode branch, long? left, long? right)
    {
        string name = branch.Name!.Replace(".s", "", StringComparison.Ordinal);
        if (name is "brtrue" or "brfalse")
        {
            return right is null ? null : (right != 0) == (name == "brtrue");
        }

        return left is null || right is null ? null : name switch
        {
            "beq" => left == right,
            "bne.un" => left != right,
            "blt" => left < right,
            "ble" => left <= right,
            "bgt" => left > right,
            "bge" => left >= right,
            "blt.un" => unchecked((uint)left < (uint)right),
            "ble.un" => unchecked((uint)left <= (uint)right),
            "bgt.un" => unchecked((uint)left > (uint)right),
            "bge.un" => unchecked((uint)left >= (uint)right),
            _ => null,
        };
    }
}
