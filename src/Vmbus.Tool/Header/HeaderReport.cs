namespace Vmbus.Tool.Header;

/// <summary>What <c>vmbus header --json</c> prints.</summary>
/// <param name="Assembly">The file name of the assembly.</param>
/// <param name="Header">Where the header was written; null if it was not.</param>
/// <param name="Classes">The classes with native entry points.</param>
internal sealed record HeaderReport(string Assembly, string? Header, IReadOnlyList<NativeClass> Classes);
