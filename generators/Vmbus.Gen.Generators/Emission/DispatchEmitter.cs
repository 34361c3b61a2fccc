using System.Globalization;
using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>
/// Emits the processing of packets: the loop over a batch with the switch to the handlers, the same for one packet, names for reports, and, in a class
/// that can be derived from, the hooks by which derived classes reach its handlers.
/// </summary>
internal sealed class DispatchEmitter(SourceWriter writer, DispatchModel dispatch, DispatchPlan plan, string qualifiedName)
{
    private readonly HandlerModel[] _byType = [.. dispatch.Handlers.Where(static h => !h.IsDefault)];
    private readonly HandlerModel? _default = dispatch.Handlers.FirstOrDefault(static h => h.IsDefault);

    /// <summary>The members, each to be emitted by calling it.</summary>
    public IEnumerable<Action> Members()
    {
        if (!dispatch.IsProcessedByHand)
        {
            yield return EmitProcessPacket;
            yield return dispatch.HasHooks ? EmitProcessBatchByHooks : EmitProcessBatch;
        }

        if (!dispatch.IsDescribedByHand)
        {
            yield return dispatch.HasHooks ? EmitDescribeByHooks : EmitDescribe;
        }

        if (dispatch.HandlePrefix is not null && (dispatch.HasHooks || !dispatch.IsProcessedByHand))
        {
            for (int i = 0; i < _byType.Length; i++)
            {
                int index = i;
                yield return () => EmitHandle(index);
            }
        }

        if (dispatch.HasHooks)
        {
            yield return EmitDispatchByType;
            yield return EmitDispatchToDefault;
            yield return EmitDescribeByType;
            yield return EmitDescribeDefault;
        }
    }

    private void EmitProcessPacket()
        => Member($"void {Runtime.Callbacks}.ProcessPacket({Runtime.Channel} channel, {Runtime.Packet} packet, {Runtime.Bytes} buffer, {Runtime.Flags} flags)")
            .Open()
            .Line($"{Runtime.Batch} batch = {Runtime.Dispatch}.Single(channel, packet, buffer, flags);")
            .Line($"(({Runtime.Callbacks})this).ProcessBatch(ref batch);")
            .Close();

    private void EmitProcessBatch()
    {
        Member($"void {Runtime.Callbacks}.ProcessBatch(ref {Runtime.Batch} batch)", dispatch.Handlers)
            .Open()
            .Line("while (batch.MoveNext())")
            .Open();
        const string Done = "continue;";
        bool hasMalformedLabel = (dispatch.HandlePrefix is null ? dispatch.Handlers : dispatch.Handlers.Where(static h => h.IsDefault)).Any(HandlerEmitter.CanBeMalformed);
        HandlerEmitter handling = new(writer, qualifiedName, Done, hasMalformedLabel);
        EmitLocals();
        EmitSwitch(index => EmitHandling(index, handling, Done));
        if (dispatch.HasBase)
        {
            EmitIf($"base.{HookNames.DispatchByType}(ref batch)", Done);
        }

        if (_default is not null)
        {
            // In a block of its own: its locals may have the names of those in the cases.
            writer.Open();
            handling.Emit(_default, isLast: !hasMalformedLabel);
            writer.Close();
        }
        else
        {
            if (dispatch.HasBase)
            {
                EmitIf($"base.{HookNames.DispatchToDefault}(ref batch)", Done);
            }

            writer.Line(Unhandled());
            if (hasMalformedLabel)
            {
                writer.Line(Done);
            }
        }

        handling.EmitMalformedLabel();
        writer.Close().Close();
    }

    private void EmitProcessBatchByHooks()
        => Member($"void {Runtime.Callbacks}.ProcessBatch(ref {Runtime.Batch} batch)")
            .Open()
            .Line("while (batch.MoveNext())")
            .Open()
            .Line($"if (!this.{HookNames.DispatchByType}(ref batch) && !this.{HookNames.DispatchToDefault}(ref batch))")
            .Open()
            .Line(Unhandled().Replace("(packet,", "(batch.Packet,"))
            .Close()
            .Close()
            .Close();

    private void EmitDispatchByType()
    {
        Hook(
            "Hands the current packet of a batch to the handler of its message type, in this class or its bases.",
            $"bool {HookNames.DispatchByType}(ref {Runtime.Batch} batch)",
            ("batch", "The batch."),
            "Whether there is such a handler.",
            _byType);
        writer.Open();
        if (_byType.Length > 0)
        {
            EmitLocals();
            const string Done = "return true;";
            HandlerEmitter handling = new(writer, qualifiedName, Done);
            EmitSwitch(index => EmitHandling(index, handling, Done));
        }

        writer.Line(dispatch.HasBase ? $"return base.{HookNames.DispatchByType}(ref batch);" : "return false;").Close();
    }

    private void EmitDispatchToDefault()
    {
        Hook(
            "Hands the current packet of a batch to the default handler of this class or of its nearest base that has one.",
            $"bool {HookNames.DispatchToDefault}(ref {Runtime.Batch} batch)",
            ("batch", "The batch."),
            "Whether there is such a handler.",
            dispatch.Handlers.Where(static h => h.IsDefault));
        writer.Open();
        if (_default is not null)
        {
            EmitLocals();
            new HandlerEmitter(writer, qualifiedName, "return true;").Emit(_default);
        }
        else
        {
            writer.Line(dispatch.HasBase ? $"return base.{HookNames.DispatchToDefault}(ref batch);" : "return false;");
        }

        writer.Close();
    }

    private void EmitHandling(int index, HandlerEmitter handling, string done)
    {
        if (dispatch.HandlePrefix is { } prefix)
        {
            writer.Line($"{prefix}{Invariant(index)}(this, packet, buffer{(HandlerEmitter.UsesBatch(_byType[index]) ? ", ref batch" : "")});").Line(done);
        }
        else
        {
            handling.Emit(_byType[index]);
        }
    }

    /// <summary>The way to one handler as a method of its own. What it is given stays in registers. It is static: with 1,000 such methods in random order, instance methods took up to a tenth more time.</summary>
    private void EmitHandle(int index)
    {
        writer.Line(MemberAttributes.GeneratedCode).Line(MemberAttributes.StepThrough).Line(MemberAttributes.NotInlined);
        SuppressTrimming([_byType[index]]);
        string batch = HandlerEmitter.UsesBatch(_byType[index]) ? $", ref {Runtime.Batch} batch" : "";
        writer.Line($"private static void {dispatch.HandlePrefix}{Invariant(index)}({qualifiedName} self, {Runtime.Packet} packet, {Runtime.Bytes} buffer{batch})").Open();
        new HandlerEmitter(writer, qualifiedName, "return;", receiver: "self").Emit(_byType[index], isLast: true);
        writer.Close();
    }

    private void EmitDescribe()
    {
        Member($"string? {Runtime.Callbacks}.DescribeHandler({Runtime.Bytes} buffer)").Open();
        EmitSwitch(index => writer.Line($"return {Quoted(_byType[index])};"));
        string byBase = dispatch.HasBase ? $"base.{HookNames.DescribeByType}(buffer) ?? " : "";
        string byDefault = _default is not null ? Quoted(_default) : dispatch.HasBase ? $"base.{HookNames.DescribeDefault}()" : "null";
        writer.Line($"return {byBase}{byDefault};").Close();
    }

    private void EmitDescribeByHooks()
        => Member($"string? {Runtime.Callbacks}.DescribeHandler({Runtime.Bytes} buffer) => this.{HookNames.DescribeByType}(buffer) ?? this.{HookNames.DescribeDefault}();");

    private void EmitDescribeByType()
    {
        Hook(
            "Names the handler that a packet goes to by its message type.",
            $"string? {HookNames.DescribeByType}({Runtime.Bytes} buffer)",
            ("buffer", "The packet's bytes."),
            "The handler's name; <see langword=\"null\"/> if there is none.");
        writer.Open();
        EmitSwitch(index => writer.Line($"return {Quoted(_byType[index])};"));
        writer.Line(dispatch.HasBase ? $"return base.{HookNames.DescribeByType}(buffer);" : "return null;").Close();
    }

    private void EmitDescribeDefault()
    {
        string name = _default is not null ? Quoted(_default) : dispatch.HasBase ? $"base.{HookNames.DescribeDefault}()" : "null";
        Hook("Names the default handler.", $"string? {HookNames.DescribeDefault}() => {name};", null, "The handler's name; <see langword=\"null\"/> if there is none.");
    }

    /// <param name="declaration">The member.</param>
    /// <param name="called">The handlers that it calls, if any.</param>
    private SourceWriter Member(string declaration, IEnumerable<HandlerModel>? called = null)
    {
        writer.Line("/// <inheritdoc/>").Line(MemberAttributes.GeneratedCode).Line(MemberAttributes.StepThrough);
        SuppressTrimming(called);
        return writer.Line(declaration);
    }

    private void SuppressTrimming(IEnumerable<HandlerModel>? called)
    {
        if (called?.Any(static h => h.IsReplyTypeParameter) == true)
        {
            writer.Line(MemberAttributes.FieldsAreKept);
        }
    }

    /// <param name="summary">What it does.</param>
    /// <param name="declaration">The member, without its modifiers.</param>
    /// <param name="parameter">Its parameter, to be documented.</param>
    /// <param name="returns">What it returns.</param>
    /// <param name="called">The handlers that it calls: it then is part of the loop of its own class.</param>
    private void Hook(string summary, string declaration, (string Name, string Text)? parameter, string returns, IEnumerable<HandlerModel>? called = null)
    {
        writer.Line($"/// <summary>{summary} Called by generated code.</summary>");
        if (parameter is { } named)
        {
            writer.Line($"/// <param name=\"{named.Name}\">{named.Text}</param>");
        }

        writer.Line($"/// <returns>{returns}</returns>")
            .Line(MemberAttributes.GeneratedCode)
            .Line(MemberAttributes.Hidden)
            .Line(MemberAttributes.StepThrough);
        if (called is not null)
        {
            writer.Line(MemberAttributes.Inlined);
            SuppressTrimming(called);
        }

        writer.Line($"protected {(dispatch.HasBase ? "new " : "")}{declaration}");
    }

    private void EmitLocals()
        => writer.Line($"{Runtime.Packet} packet = batch.Packet;").Line($"{Runtime.Bytes} buffer = batch.Buffer;");

    /// <summary>The switch over the message types, after the test that there is one; a packet without handler leaves it at its end.</summary>
    private void EmitSwitch(Action<int> body)
    {
        if (_byType.Length == 0)
        {
            return;
        }

        long needed = (long)dispatch.MessageTypeOffset + dispatch.MessageTypeSize;
        string messageType = Runtime.ReadNumber("buffer", dispatch.MessageTypeOffset, dispatch.MessageTypeSize);
        writer.Line($"if (buffer.Length >= {needed.ToString(CultureInfo.InvariantCulture)})")
            .Open()
            .Line($"switch ({(plan is DispatchPlan.OnMessageType ? messageType : TableEmitter.CaseOf(messageType))})")
            .Open();
        for (int i = 0; i < _byType.Length; i++)
        {
            foreach (ulong type in _byType[i].MessageTypes)
            {
                writer.Line(Label(type));
            }

            writer.Indent().Open();
            body(i);
            writer.Close().Outdent();
        }

        writer.Close().Close().Line();
    }

    private string Label(ulong messageType)
    {
        string text = MessageTypes.Format(messageType);
        int? number = plan switch
        {
            DispatchPlan.OnSlot { Hash: var hash } => hash.SlotOf(messageType),
            DispatchPlan.OnPosition byPosition => byPosition.CaseOf(messageType),
            _ => null,
        };
        return number is { } known ? $"case {known.ToString(CultureInfo.InvariantCulture)}: // {text}" : $"case {text}:";
    }

    private void EmitIf(string condition, string done)
        => writer.Line($"if ({condition})").Open().Line(done).Close().Line();

    private string Unhandled()
        => $"{Runtime.Dispatch}.Unhandled(packet, {Runtime.Unhandled}.{(dispatch.Unhandled == UnhandledPolicy.CompleteEmpty ? "CompleteEmpty" : "Fail")});";

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(HandlerModel handler) => $"\"{handler.Name}\"";
}
