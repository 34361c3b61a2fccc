using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>A parameter of a callback: its type as written, how it is passed, and how it is told.</summary>
internal sealed record CallbackParameter(string Type, Func<ITypeSymbol, bool> Matches, RefKind RefKind = RefKind.None);

/// <summary>What the method of a callback other than the processing of packets looks like, and which member of <c>IChannelCallbacks</c> calls it.</summary>
/// <param name="InterfaceMember">The member of IChannelCallbacks.</param>
/// <param name="Parameters">The parameters, in this order.</param>
/// <param name="ReturnsStatus">Whether the member returns an NtStatus.</param>
/// <param name="MayReturnNothing">Whether the method may be void.</param>
internal sealed record CallbackSignature(
    string InterfaceMember,
    ImmutableArray<CallbackParameter> Parameters,
    bool ReturnsStatus,
    bool MayReturnNothing)
{
    private static readonly CallbackParameter Channel = new("VmbusChannel", static t => t.IsVmbus("VmbusChannel"));
    private static readonly CallbackParameter Packet = new("VmbusPacket", static t => t.IsVmbus("VmbusPacket"));
    private static readonly CallbackParameter Status = new("NtStatus", static t => t.IsVmbus("NtStatus"));
    private static readonly CallbackParameter Bytes = new("ReadOnlySpan<byte>", static t => t.IsReadOnlySpanOfByte());
    private static readonly CallbackParameter WritableBytes = new("Span<byte>", static t => t.IsSpanOfByte());
    private static readonly CallbackParameter Count = new("uint", static t => t.SpecialType == SpecialType.System_UInt32);
    private static readonly CallbackParameter Needed = new("int", static t => t.SpecialType == SpecialType.System_Int32, RefKind.Out);

    private static readonly ImmutableDictionary<CallbackKind, CallbackSignature> All = new Dictionary<CallbackKind, CallbackSignature>
    {
        [CallbackKind.ProcessingComplete] = Notification("ProcessingComplete", Channel, Count),
        [CallbackKind.Opened] = new("Opened", [Channel], ReturnsStatus: true, MayReturnNothing: true),
        [CallbackKind.Closed] = Notification("Closed", Channel),
        [CallbackKind.Suspend] = Notification("Suspend", Channel),
        [CallbackKind.Started] = Notification("Started", Channel),
        [CallbackKind.PostStarted] = Notification("PostStarted", Channel),
        [CallbackKind.SavePacket] = new("SavePacket", [Channel, Packet, WritableBytes, Needed], ReturnsStatus: true, MayReturnNothing: false),
        [CallbackKind.RestorePacket] = new("RestorePacket", [Channel, Bytes, Bytes], ReturnsStatus: true, MayReturnNothing: false),
        [CallbackKind.PnpFailure] = Notification("PnpFailure", Channel, Status),
        [CallbackKind.PacketCompletionRoutine] = Notification("PacketCompletionRoutine", Packet, Status, Bytes),
    }.ToImmutableDictionary();

    /// <summary>The signature of a callback; there is none for <see cref="CallbackKind.ProcessPacket"/>, whose methods choose theirs.</summary>
    public static CallbackSignature Of(CallbackKind kind) => All[kind];

    /// <summary>The callback that a member of IChannelCallbacks is called for.</summary>
    public static CallbackKind? KindOf(string interfaceMember)
    {
        foreach (KeyValuePair<CallbackKind, CallbackSignature> entry in All)
        {
            if (entry.Value.InterfaceMember == interfaceMember)
            {
                return entry.Key;
            }
        }

        return null;
    }

    /// <summary>Whether the method can be called with what the callback is given; what is wrong goes to <paramref name="problems"/>.</summary>
    public bool Check(IMethodSymbol method, ImmutableArray<ShapeProblem>.Builder problems)
    {
        if (!MethodKinds.CheckIsCallable(method, problems))
        {
            return false;
        }

        if (method is { IsAsync: true, ReturnsVoid: true })
        {
            problems.Add(ShapeProblem.At(ShapeRule.AsyncShape, method, method.Name, "is async void: nobody learns when it is done, and what it throws ends the process"));
            return false;
        }

        int before = problems.Count;
        bool isUnderstood = true;
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            IParameterSymbol parameter = method.Parameters[i];
            if (parameter.Type.TypeKind == TypeKind.Error)
            {
                isUnderstood = false;
            }
            else if (i >= Parameters.Length || !Parameters[i].Matches(parameter.Type) || parameter.RefKind != Parameters[i].RefKind)
            {
                problems.Add(ShapeProblem.At(ShapeRule.UnknownParameter, parameter, method.Name, parameter.Name, "the callback is given " + Describe()));
            }
        }

        if (method.Parameters.Length < Parameters.Length)
        {
            string missing = Parameters[method.Parameters.Length].Type;
            problems.Add(ShapeProblem.At(ShapeRule.UnknownParameter, method, method.Name, missing, "it is missing; the callback is given " + Describe()));
        }

        if (method.ReturnType.TypeKind == TypeKind.Error)
        {
            isUnderstood = false;
        }
        else if (!CanReturn(method))
        {
            string type = method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            string expected = !ReturnsStatus ? "void" : MayReturnNothing ? "NtStatus or void" : "NtStatus";
            problems.Add(new ShapeProblem(ShapeRule.UnknownReturnType, method, ProblemPlace.ReturnType, method.Name, type, "the callback returns " + expected));
        }

        return isUnderstood && problems.Count == before;
    }

    private static CallbackSignature Notification(string member, params CallbackParameter[] parameters)
        => new(member, ImmutableArray.Create(parameters), ReturnsStatus: false, MayReturnNothing: true);

    private bool CanReturn(IMethodSymbol method)
        => method.ReturnsVoid ? MayReturnNothing
            : ReturnsStatus && !method.ReturnsByRef && !method.ReturnsByRefReadonly && method.ReturnType.IsVmbus("NtStatus");

    private string Describe() => "(" + string.Join(", ", Parameters.Select(static p => p.RefKind == RefKind.Out ? "out " + p.Type : p.Type)) + ")";
}
