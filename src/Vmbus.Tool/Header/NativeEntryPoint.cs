namespace Vmbus.Tool.Header;

/// <summary>A function that C calls.</summary>
/// <param name="Callback">The member of the callback table, such as <c>ProcessPacket</c>.</param>
/// <param name="Symbol">The name of the symbol in a library compiled ahead of time.</param>
internal sealed record NativeEntryPoint(string Callback, string Symbol);
