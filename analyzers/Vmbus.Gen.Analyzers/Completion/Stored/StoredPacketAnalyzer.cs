using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion.Stored;

/// <summary>VMB106: packets go into a field, and nothing ever takes them out and completes them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StoredPacketAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CompletionDescriptors.StoredForEver];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (VmbusTypes.FindUsed(start.Compilation, start.CancellationToken) is not { } types)
            {
                return;
            }

            var contracts = new PacketContracts(types);
            var carriers = new PacketCarriers(types);
            var flow = FlowCompilation.Of(start.Compilation);
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (IsStore(symbol.Symbol, carriers)
                        && new StoredPacketTracer(contracts, flow.Bodies, flow.Identifiers, carriers, symbol.CancellationToken).Trace(symbol.Symbol) == StoreUse.Stores)
                    {
                        symbol.ReportDiagnostic(Diagnostic.Create(
                            CompletionDescriptors.StoredForEver, symbol.Symbol.Locations[0], PathText.Cut(symbol.Symbol.Name)));
                    }
                },
                Microsoft.CodeAnalysis.SymbolKind.Field,
                Microsoft.CodeAnalysis.SymbolKind.Property);
        });
    }

    /// <summary>A field, or an automatic property, that only this compilation reaches; what a record holds is judged where the record is stored.</summary>
    private static bool IsStore(ISymbol member, PacketCarriers carriers)
    {
        if (member.IsImplicitlyDeclared || !StoredPacketTracer.IsFollowed(member) || member.ContainingType is { IsRecord: true })
        {
            return false;
        }

        ITypeSymbol? type = member switch
        {
            IFieldSymbol { IsConst: false } field => field.Type,
            IPropertySymbol property when PureMembers.IsAutomatic(property) || (PureMembers.HasField(property) && StoredPacketMentions.OnlyPassOn(property)) => property.Type,
            _ => null,
        };
        return type is not null && carriers.Carries(type);
    }
}
