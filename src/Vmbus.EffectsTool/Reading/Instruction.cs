using System.Reflection.Emit;

namespace Vmbus.EffectsTool.Reading;

/// <summary>One instruction of a method's body.</summary>
/// <param name="Operand">A constant, a token, a local or argument number, or the offset that is branched to.</param>
/// <param name="Targets">Where a switch goes.</param>
internal readonly record struct Instruction(int Offset, int End, OpCode Code, long Operand, int[]? Targets);
