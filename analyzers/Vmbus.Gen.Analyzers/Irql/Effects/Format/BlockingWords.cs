namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>How lists write categories and conditions.</summary>
internal static class BlockingWords
{
    public static BlockingCategory? Category(string word) => word switch
    {
        "wait" => BlockingCategory.Wait,
        "io" => BlockingCategory.InputOutput,
        "monitor" => BlockingCategory.Monitor,
        "none" => BlockingCategory.None,
        _ => null,
    };

    public static string Of(BlockingCategory category) => category switch
    {
        BlockingCategory.Wait => "wait",
        BlockingCategory.InputOutput => "io",
        BlockingCategory.Monitor => "monitor",
        _ => "none",
    };

    public static BlockingCondition? Condition(string word) => word switch
    {
        "?timeout" => BlockingCondition.UnlessZero,
        "?given" => BlockingCondition.OnlyWithTimeout,
        "?completed" => BlockingCondition.UnlessCompleted,
        "?spins" => BlockingCondition.UnlessSpinning,
        "?bounded" => BlockingCondition.OnlyBounded,
        _ => null,
    };

    public static string Of(BlockingCondition condition) => condition switch
    {
        BlockingCondition.UnlessZero => "?timeout",
        BlockingCondition.OnlyWithTimeout => "?given",
        BlockingCondition.UnlessCompleted => "?completed",
        BlockingCondition.UnlessSpinning => "?spins",
        BlockingCondition.OnlyBounded => "?bounded",
        _ => "",
    };
}
