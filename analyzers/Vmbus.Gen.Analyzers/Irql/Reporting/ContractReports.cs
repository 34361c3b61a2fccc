using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Reporting;

/// <summary>VMB205 and VMB207: what functions say of their level, against what is said above them and against what they do.</summary>
internal static class ContractReports
{
    /// <summary>The property of a VMB207 that holds the attribute to be written, and its argument.</summary>
    public const string Attribute = "Attribute";
    public const string Level = "Level";

    /// <summary>An override or implementation that demands a lower level than what it stands for.</summary>
    public static Diagnostic? OfOverride(IMethodSymbol method, IrqlModel model)
    {
        if (DemandOf(method, model.Contracts.DeclaredLevelsOf(method), model) is not { } own || method.Locations.Length == 0)
        {
            return null;
        }

        IEnumerable<IMethodSymbol> bases = PacketContracts.ImplementedMembers(method);
        if (method.OverriddenMethod is { } overridden)
        {
            bases = bases.Prepend(overridden);
        }

        foreach (IMethodSymbol member in bases)
        {
            if (model.Contracts.LevelsOf(member) is { } promised && own < promised.Maximum)
            {
                return Diagnostic.Create(
                    IrqlDescriptors.DemandsLower,
                    method.Locations[0],
                    $"'{IrqlModel.NameOf(method)}' demands {LevelNames.Of(own)}, but '{member.ContainingType.Name}.{(member.AssociatedSymbol ?? member).Name}' may be called at {LevelNames.Of(promised.Maximum)}");
            }
        }

        return null;
    }

    /// <summary>A function that becomes a delegate whose contract it does not keep.</summary>
    public static Diagnostic? OfDelegate(IDelegateCreationOperation creation, IrqlModel model, CancellationToken cancellation)
    {
        if (model.Contracts.LevelsOfDelegate(creation.Type) is not { } promised)
        {
            return null;
        }

        long? demand = creation.Target switch
        {
            IAnonymousFunctionOperation lambda => DemandOf(lambda.Symbol, model.Contracts.DeclaredLevelsOf(lambda.Symbol), model),
            IMethodReferenceOperation method => DemandOf(method.Method, model.Contracts.LevelsOf(method.Method), model) ?? ImpliedBy(method.Method, model, cancellation).Maximum,
            _ => null,
        };
        return demand < promised.Maximum
            ? Diagnostic.Create(
                IrqlDescriptors.DemandsLower,
                creation.Target.Syntax.GetLocation(),
                $"{(creation.Target is IMethodReferenceOperation named ? $"'{IrqlModel.NameOf(named.Method)}'" : "The lambda")} demands {LevelNames.Of(demand.Value)}, but '{creation.Type!.Name}' may be called at {LevelNames.Of(promised.Maximum)}")
            : null;
    }

    /// <summary>A public method without the contract that its body implies.</summary>
    public static Diagnostic? OfMissing(IMethodSymbol method, IrqlModel model, CancellationToken cancellation)
    {
        (long? maximum, long? minimum, IrqlFinding? because) = ImpliedBy(method, model, cancellation);
        if (because is null || maximum < minimum)
        {
            return null;
        }

        (string attribute, long level) = minimum is { } least ? (least == IrqlContracts.Dispatch ? "IrqlRequires" : "IrqlRequiresMin", least) : ("IrqlRequiresMax", maximum!.Value);
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(Attribute, attribute)
            .Add(Level, LevelNames.MemberOf(level));
        return Diagnostic.Create(
            IrqlDescriptors.MissingContract,
            method.Locations[0],
            because.Way.Steps.Select(static s => s.Location),
            properties,
            $"'{method.Name}' lacks [{attribute}(Irql.{LevelNames.MemberOf(level)})]: it calls '{because.Way.Last.Name}'");
    }

    /// <summary>Whether others than the assembly itself can call a method.</summary>
    public static bool IsPublic(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Ordinary || method.DeclaredAccessibility != Accessibility.Public)
        {
            return false;
        }

        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The highest level that a function says it may be called at.</summary>
    private static long? DemandOf(IMethodSymbol method, IntervalSet? levels, IrqlModel model)
        => model.Contracts.SaysThatItBlocks(method) ? Math.Min(IrqlContracts.Dispatch - 1, levels?.Maximum ?? IrqlContracts.Dispatch) : levels?.Maximum;

    /// <summary>The levels that a body without a contract demands.</summary>
    private static (long? Maximum, long? Minimum, IrqlFinding? Because) ImpliedBy(IMethodSymbol method, IrqlModel model, CancellationToken cancellation)
    {
        if (!model.Graphs.HasCode(method))
        {
            return default;
        }

        long? maximum = null;
        long? minimum = null;
        IrqlFinding? because = null;
        foreach (IrqlFinding finding in model.SummaryOf(method.OriginalDefinition, cancellation).Findings)
        {
            switch (finding.Rule)
            {
                case IrqlRule.RequiresLower or IrqlRule.Blocks or IrqlRule.EntersMonitor when maximum is null || finding.Levels.Lowest - 1 < maximum:
                    maximum = finding.Levels.Lowest - 1;
                    because = minimum is null ? finding : because;
                    break;
                case IrqlRule.RequiresHigher when minimum is null || finding.Levels.Highest + 1 > minimum:
                    minimum = finding.Levels.Highest + 1;
                    because = finding;
                    break;
            }
        }

        return (maximum, minimum, because);
    }
}
