using System.CommandLine;
using System.Globalization;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;

namespace Vmbus.EffectsTool.Commands;

/// <summary><c>code MEMBER...</c>: the instructions of bodies, for those who review a verdict.</summary>
internal static class CodeCommand
{
    public static Command Create()
    {
        var members = new Argument<string[]>("MEMBER") { Description = "Documentation comment ids; without parameters: all overloads." };
        Option<DirectoryInfo> framework = Analyses.FrameworkOption();
        var command = new Command("code", "Prints the instructions of members.") { members, framework };
        command.SetAction(result =>
        {
            using AssemblySet set = AssemblySet.Load(FrameworkFolder.Assemblies(Analyses.FolderOf(result, framework)));
            MemberPattern[] patterns = [.. result.GetRequiredValue(members).Select(static m => new MemberPattern(m))];
            foreach (MethodNode method in set.Files.SelectMany(static f => f.Types).SelectMany(static t => t.Methods).Where(m => Array.Exists(patterns, p => p.Matches(m.Id))))
            {
                Print(method, result.InvocationConfiguration.Output);
            }
        });
        return command;
    }

    private static void Print(MethodNode method, TextWriter output)
    {
        output.WriteLine($"{method.Id}  [{method.Owner.File.Name}] {Primitives.NameOf(method)}");
        if (method.Body() is not { } body)
        {
            return;
        }

        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {region.Kind}: try {region.TryOffset:x4} to {region.TryOffset + region.TryLength:x4}, handler {region.HandlerOffset:x4} to {region.HandlerOffset + region.HandlerLength:x4}"));
        }

        var resolver = MemberResolver.Of(method.Owner.File);
        foreach (Instruction instruction in InstructionReader.Read(body))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {instruction.Offset:x4} {instruction.Code.Name} {Operand(instruction, resolver)}").TrimEnd());
        }
    }

    private static string Operand(Instruction instruction, MemberResolver resolver)
    {
        switch (instruction.Code.OperandType)
        {
            case OperandType.InlineNone:
                return "";
            case OperandType.InlineMethod:
                MethodUse use = resolver.Method(Handle(instruction));
                return use.Method?.Id ?? use.Name;
            case OperandType.InlineField:
                (_, TypeNode? owner, string name) = resolver.Field(Handle(instruction));
                return $"{owner}.{name}";
            case OperandType.InlineType:
                return resolver.Type(Handle(instruction)).Text;
            case OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget:
                return instruction.Operand.ToString("x4", CultureInfo.InvariantCulture);
            case OperandType.InlineSwitch:
                return string.Join(' ', instruction.Targets!.Select(static t => t.ToString("x4", CultureInfo.InvariantCulture)));
            default:
                return instruction.Operand.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static EntityHandle Handle(Instruction instruction) => MetadataTokens.EntityHandle((int)instruction.Operand);
}
