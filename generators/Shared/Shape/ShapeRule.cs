namespace Vmbus.Gen.Shape;

/// <summary>The rules on the shape of handlers and their classes; the number is that of the rule's id.</summary>
internal enum ShapeRule
{
    NotPartial = 1,
    DuplicateHandler = 2,
    UnknownParameter = 3,
    UnknownReturnType = 4,
    PayloadNotUnmanaged = 5,
    MessageTypeDoesNotFit = 6,
    NothingToCompleteWith = 7,
    AsyncShape = 8,
    UnsupportedHandlerKind = 9,
}
