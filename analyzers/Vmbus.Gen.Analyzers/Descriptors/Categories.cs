namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>The categories that the rules are listed under.</summary>
internal static class Categories
{
    public const string Shape = "Vmbus.Shape";
    public const string Completion = "Vmbus.Completion";
    public const string Irql = "Vmbus.Irql";
    public const string Allocation = "Vmbus.Allocation";
    public const string Lifetime = "Vmbus.Lifetime";
}
