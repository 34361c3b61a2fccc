using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Analyzers.Shape;

/// <summary>VMB010: structures of payloads whose layout the compiler and not the protocol has made. Each is told once in a compilation, at its name.</summary>
internal sealed class WireFormatRule
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _seen = new(SymbolEqualityComparer.Default);

    public void Report(SymbolAnalysisContext context, ClassShape shape)
    {
        foreach (HandlerShape handler in shape.Handlers)
        {
            foreach (HandlerParameter parameter in handler.Parameters)
            {
                if (parameter.Role == ParameterRole.Payload)
                {
                    Report(context, parameter.Symbol.Type);
                }
            }

            if (handler.ReplyType is { } reply)
            {
                Report(context, reply);
            }
        }
    }

    /// <summary>The fields of a structure of which one has no fixed meaning on a wire; the first of them.</summary>
    public static IFieldSymbol? FindLooseField(INamedTypeSymbol structure)
        => StructureLayout.Fields(structure).FirstOrDefault(static f => ElementOf(f).SpecialType is SpecialType.System_Boolean or SpecialType.System_Char);

    private static ITypeSymbol ElementOf(IFieldSymbol field) => field is { IsFixedSizeBuffer: true, Type: IPointerTypeSymbol buffer } ? buffer.PointedAtType : field.Type;

    private void Report(SymbolAnalysisContext context, ITypeSymbol type)
    {
        // Only what is written in this compilation can be mended in it.
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } structure
            || structure.OriginalDefinition is not { DeclaringSyntaxReferences.IsEmpty: false, Locations: [{ SourceTree: { } tree } location, ..] } definition
            || !context.Compilation.ContainsSyntaxTree(tree)
            || !_seen.TryAdd(definition, true))
        {
            return;
        }

        foreach (IFieldSymbol field in StructureLayout.Fields(definition))
        {
            Report(context, ElementOf(field));
        }

        if (WhyNot(definition) is { } reason)
        {
            context.ReportDiagnostic(Diagnostic.Create(ShapeDescriptors.LayoutNotExplicit, location, definition.Name, reason));
        }
    }

    private static string? WhyNot(INamedTypeSymbol structure)
        => FindLooseField(structure) is { } loose
            ? $"holds the {(ElementOf(loose).SpecialType == SpecialType.System_Boolean ? "bool" : "char")} '{NameOf(loose)}'"
            : StructureLayout.FindPadding(structure) is { } padding
                ? $"has {padding.Bytes.ToString(CultureInfo.InvariantCulture)} {(padding.Bytes == 1 ? "byte" : "bytes")} of padding, the first after '{NameOf(padding.After)}'"
                : null;

    private static string NameOf(IFieldSymbol field) => field.AssociatedSymbol?.Name ?? field.Name;
}
