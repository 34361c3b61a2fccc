namespace Vmbus.Gen.Generators;

/// <summary>The names of the pipeline's steps, by which tests watch what an edit makes run again.</summary>
internal static class TrackingNames
{
    /// <summary>From an attribute to the model of its class.</summary>
    public const string Model = nameof(Model);

    /// <summary>The models of classes for which something is emitted.</summary>
    public const string Classes = nameof(Classes);
}
