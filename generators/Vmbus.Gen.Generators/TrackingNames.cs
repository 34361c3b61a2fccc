namespace Vmbus.Gen.Generators;

/// <summary>The names of the pipeline's steps, by which tests watch what an edit makes run again.</summary>
internal static class TrackingNames
{
    /// <summary>From an attribute to the model of its class.</summary>
    public const string Model = nameof(Model);

    /// <summary>All models that one attribute yields, in the order of names.</summary>
    public const string SortedModels = nameof(SortedModels);

    /// <summary>The models one by one, each to be emitted.</summary>
    public const string Classes = nameof(Classes);
}
