namespace Vmbus.Gen.Shape;

/// <summary>Which KMCL callback an attribute binds its method to.</summary>
internal enum CallbackKind
{
    ProcessPacket,
    ProcessingComplete,
    Opened,
    Closed,
    Suspend,
    Started,
    PostStarted,
    SavePacket,
    RestorePacket,
    PnpFailure,
    PacketCompletionRoutine,
}
