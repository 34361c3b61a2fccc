using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>VMB109: public methods that take a packet and do not say who owes it; what their bodies say goes to the fix.</summary>
internal static class PublicContracts
{
    /// <summary>The attribute that the body implies, if it implies one: <c>CompletesPacket</c> or <c>BorrowsPacket</c>.</summary>
    public const string AttributeProperty = "Attribute";

    public static void Check(SymbolAnalysisContext context, CompletionModel model)
    {
        var method = (IMethodSymbol)context.Symbol;
        bool isAccessor = method.AssociatedSymbol is IPropertySymbol property && ExtensionBlocks.Contain(property)
            && (method.MethodKind == MethodKind.PropertyGet || (method.MethodKind == MethodKind.PropertySet && property.GetMethod is null));
        if (!(method.MethodKind == MethodKind.Ordinary || isAccessor) || method.IsOverride || method.IsImplicitlyDeclared || method.PartialDefinitionPart is not null)
        {
            return;
        }

        foreach (IParameterSymbol parameter in MethodParameters.Of(method))
        {
            if (model.Contracts.Types.IsPacket(parameter.Type) && parameter.RefKind != RefKind.Out && IsPublic(method)
                && model.Contracts.KindOf(parameter) == PacketDutyKind.None)
            {
                (string? attribute, string body) = Infer(model, method, parameter);
                attribute = parameter.ContainingSymbol is INamedTypeSymbol block && !Agree(model, block, parameter, attribute) ? null : attribute;
                context.ReportDiagnostic(Diagnostic.Create(
                    CompletionDescriptors.SilentAboutDuty,
                    parameter.Locations[0],
                    ImmutableDictionary<string, string?>.Empty.Add(PacketDiagnostics.PacketProperty, parameter.Name).Add(AttributeProperty, attribute),
                    PathText.Cut((method.AssociatedSymbol ?? method).Name),
                    PathText.Cut(parameter.Name),
                    body));
            }
        }
    }

    private static (string? Attribute, string Body) Infer(CompletionModel model, IMethodSymbol method, IParameterSymbol parameter)
    {
        if (!model.HasGraph(method))
        {
            return (null, "it has no body that tells");
        }

        bool completes = false;
        bool leaves = false;
        PacketSummary summary = model.Ask().Get(MethodBodies.Implementation(method));
        foreach (PacketOutcome outcome in summary.Outcomes)
        {
            if (!outcome.Throws)
            {
                PacketStatus status = outcome.StatusOf(MethodParameters.OrdinalOf(parameter));
                leaves |= (status & PacketStatus.Owed) != 0;
                completes |= (status & ~PacketStatus.Owed) != 0;
            }
        }

        return (completes, leaves) switch
        {
            (true, false) => ("CompletesPacket", "its body does: [CompletesPacket]"),
            (false, true) => ("BorrowsPacket", "its body does not: [BorrowsPacket]"),
            (true, true) => (null, "its body does on some ways only"),
            _ => (null, "its body never returns"),
        };
    }

    /// <summary>Whether the bodies of all members of an extension block imply the same of the receiver that they share.</summary>
    private static bool Agree(CompletionModel model, INamedTypeSymbol block, IParameterSymbol receiver, string? attribute)
        => block.GetMembers().OfType<IMethodSymbol>().Where(static m => ExtensionBlocks.ReceiverOf(m) is not null).All(m => Infer(model, m, receiver).Attribute == attribute);

    private static bool IsPublic(ISymbol symbol)
    {
        for (ISymbol? s = symbol; s is not null and not INamespaceSymbol; s = s.ContainingSymbol)
        {
            if (s.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }
}
