using Vmbus.Gen.Collections;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Model;

/// <summary>
/// All that is emitted for one class. Values only: two models are equal exactly when their emitted files are, and none keeps a compilation alive.
/// </summary>
internal sealed record ClassModel
{
    /// <summary>The name of the generated file.</summary>
    public required string HintName { get; init; }

    /// <summary>As written in source; null for the global namespace.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The types around the class, outermost first, and the class itself.</summary>
    public required EquatableArray<TypeDeclarationModel> Declarations { get; init; }

    /// <summary>The class with <c>global::</c>, for calls of static handlers.</summary>
    public required string QualifiedName { get; init; }

    /// <summary>Whether other classes can derive from it, so that metadata must tell what it binds.</summary>
    public required bool IsInheritable { get; init; }

    /// <summary>The nested class that implements the callbacks of a static class; null for others.</summary>
    public required string? CallbackSetName { get; init; }

    /// <summary>The processing of packets; null where the class has no part in it.</summary>
    public required DispatchModel? Dispatch { get; init; }

    /// <summary>What the class says about its channel; null where it says nothing.</summary>
    public required TraitsModel? Traits { get; init; }

    public required EquatableArray<CallbackModel> Callbacks { get; init; }

    /// <summary>The entry points that C calls; null where the class asks for none.</summary>
    public required NativeModel? Native { get; init; }

    /// <summary>The diagnostics that naming its handlers and their types gives, by ids that their authors chose.</summary>
    public required EquatableArray<string> UsageDiagnostics { get; init; }

    /// <summary>The aliases of references that its types are named by.</summary>
    public required EquatableArray<string> ExternAliases { get; init; }
}

/// <summary>A type declaration that generated code adds a part to.</summary>
/// <param name="Accessibility">Such as <c>public</c>, with a space behind it; or empty.</param>
/// <param name="Keyword">Such as <c>class</c> or <c>record</c>.</param>
/// <param name="Name">With the names of its type parameters.</param>
internal sealed record TypeDeclarationModel(string Accessibility, string Keyword, string Name);

/// <summary>See Vmbus.CompilerServices.CallbackTraits.</summary>
internal sealed record TraitsModel(bool? IncomingProcessingAtPassive, ReceptionKind? Reception, bool SavesPackets);

/// <summary>A callback that is forwarded to a method as it comes.</summary>
/// <param name="Kind">The callback.</param>
/// <param name="Name">The method's name, as reports tell it.</param>
/// <param name="Method">The method, as it is called.</param>
/// <param name="IsStatic">Whether it is static.</param>
/// <param name="ReturnsNothing">Whether it is void.</param>
internal sealed record CallbackModel(CallbackKind Kind, string Name, string Method, bool IsStatic, bool ReturnsNothing);
