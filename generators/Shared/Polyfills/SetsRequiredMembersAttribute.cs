namespace System.Diagnostics.CodeAnalysis;

/// <summary>What the compiler needs for records with <c>required</c> members.</summary>
[AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
