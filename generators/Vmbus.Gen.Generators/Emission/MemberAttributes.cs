using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>The attributes on generated members.</summary>
internal static class MemberAttributes
{
    public const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    /// <summary>A debugger steps through dispatch into the handler.</summary>
    public const string StepThrough = "[global::System.Diagnostics.DebuggerStepThrough]";

    /// <summary>What stands in the loop of its own class as if it were written there.</summary>
    public const string Inlined = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    /// <summary>What must stay out of the loop, so that the loop stays small enough for the JIT to optimize.</summary>
    public const string NotInlined = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    /// <summary>The run time looks for padding between the fields of what is sent back; those of an unmanaged structure are there whenever it is.</summary>
    public const string FieldsAreKept = "[global::System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(\"Trimming\", \"IL2091\", Justification = \"The fields of a structure are never trimmed.\")]";

    /// <summary>Says who made the member.</summary>
    public static string GeneratedCode { get; }
        = $"[global::System.CodeDom.Compiler.GeneratedCode(\"{GeneratedMembers.Tool}\", \"{typeof(MemberAttributes).Assembly.GetName().Version.ToString(3)}\")]";
}
