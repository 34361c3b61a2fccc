using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>Takes a body apart into instructions.</summary>
internal static class InstructionReader
{
    private static readonly Dictionary<ushort, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static f => (OpCode)f.GetValue(null)!)
        .ToDictionary(static c => unchecked((ushort)c.Value));

    public static List<Instruction> Read(MethodBodyBlock body)
    {
        BlobReader il = body.GetILReader();
        List<Instruction> instructions = [];
        while (il.RemainingBytes > 0)
        {
            int offset = il.Offset;
            ushort value = il.ReadByte();
            if (value == 0xFE)
            {
                value = (ushort)(0xFE00 | il.ReadByte());
            }

            OpCode code = Codes[value];
            int[]? targets = null;
            long operand = 0;
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget:
                    int near = il.ReadSByte();
                    operand = il.Offset + near;
                    break;
                case OperandType.InlineBrTarget:
                    int far = il.ReadInt32();
                    operand = il.Offset + far;
                    break;
                case OperandType.ShortInlineI:
                    operand = il.ReadSByte();
                    break;
                case OperandType.ShortInlineVar:
                    operand = il.ReadByte();
                    break;
                case OperandType.InlineVar:
                    operand = il.ReadUInt16();
                    break;
                case OperandType.InlineI8:
                case OperandType.InlineR:
                    operand = il.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    targets = new int[il.ReadInt32()];
                    int after = il.Offset + (targets.Length * sizeof(int));
                    for (int i = 0; i < targets.Length; i++)
                    {
                        targets[i] = after + il.ReadInt32();
                    }

                    break;
                default:
                    // Tokens, 32-bit constants and 32-bit floats.
                    operand = il.ReadInt32();
                    break;
            }

            instructions.Add(new Instruction(offset, il.Offset, code, operand, targets));
        }

        return instructions;
    }
}
