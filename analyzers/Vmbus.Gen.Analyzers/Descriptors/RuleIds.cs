namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>The ids of the rules: 0xx shape of handlers, 1xx completion, 2xx IRQL.</summary>
internal static class RuleIds
{
    public const string NotPartial = "VMB001";
    public const string DuplicateHandler = "VMB002";
    public const string UnknownParameter = "VMB003";
    public const string UnknownReturnType = "VMB004";
    public const string PayloadNotUnmanaged = "VMB005";
    public const string MessageTypeDoesNotFit = "VMB006";
    public const string NothingToCompleteWith = "VMB007";
    public const string AsyncShape = "VMB008";
    public const string UnsupportedHandlerKind = "VMB009";
    public const string LayoutNotExplicit = "VMB010";
    public const string MembersWithoutHandler = "VMB011";

    public const string NotCompleted = "VMB101";
    public const string CompletedTwice = "VMB102";
    public const string UsedAfterCompletion = "VMB103";
    public const string DeferredAtPassive = "VMB104";
    public const string PendingPacketLost = "VMB105";
    public const string StoredForEver = "VMB106";
    public const string ExternalDataPending = "VMB107";
    public const string ThrownWithDuty = "VMB108";
    public const string SilentAboutDuty = "VMB109";

    public const string BlocksAtDispatch = "VMB201";
    public const string RequiresLower = "VMB202";
    public const string RequiresHigher = "VMB203";
    public const string NotRestored = "VMB204";
    public const string DemandsLower = "VMB205";
    public const string MonitorAtDispatch = "VMB206";
    public const string MissingContract = "VMB207";
    public const string WaitsForItself = "VMB208";

    public const string BufferUsedLate = "VMB301";
    public const string KeptBeyondCallback = "VMB302";
    public const string DoubleFetch = "VMB303";
    public const string ExternalDataUsedLate = "VMB304";

    public const string AllocatesAtDispatch = "VMB401";
}
