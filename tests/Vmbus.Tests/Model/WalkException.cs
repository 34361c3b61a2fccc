namespace Vmbus.Tests.Model;

/// <summary>Thrown by the callbacks of a walk.</summary>
internal sealed class WalkException(string callback) : Exception($"{callback} throws, as the walk wants it.");
