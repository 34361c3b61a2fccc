namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>How a member blocks.</summary>
internal readonly record struct BlockingMember(BlockingCategory Category, BlockingCondition Condition, BlockingGrade Grade = BlockingGrade.Does)
{
    private const int CategoryMask = 3;
    private const int GradeBit = 1 << 2;
    private const int ConditionShift = 3;

    /// <summary>The member as one byte of the table: category in bits 0 and 1, grade in bit 2, condition above.</summary>
    public byte ToByte() => (byte)((int)Category | (Grade == BlockingGrade.May ? GradeBit : 0) | ((int)Condition << ConditionShift));

    public static BlockingMember FromByte(byte value)
        => new((BlockingCategory)(value & CategoryMask), (BlockingCondition)(value >> ConditionShift), (value & GradeBit) != 0 ? BlockingGrade.May : BlockingGrade.Does);
}
