namespace Vmbus.Gen.Analyzers.Completion.Stored;

/// <summary>What is done with the packets of a field.</summary>
[Flags]
internal enum StoreUse
{
    None = 0,

    /// <summary>Packets go in.</summary>
    Stores = 1,

    /// <summary>A packet that was in it is completed.</summary>
    Completes = 2,

    /// <summary>The collection, or what is in it, is given to somebody who is not followed.</summary>
    HandsOut = 4,
}
