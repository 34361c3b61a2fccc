namespace Vmbus.Gen.Generators.Model;

/// <summary>The entry points of a class that C calls.</summary>
/// <param name="EntryClass">The nested class that holds them.</param>
/// <param name="Prefix">What the names of their symbols begin with; no other class of the assembly has the same.</param>
/// <param name="CallbacksType">The class that implements the callbacks, with <c>global::</c>.</param>
internal sealed record NativeModel(string EntryClass, string Prefix, string CallbacksType);
