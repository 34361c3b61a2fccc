using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Collections;
using Vmbus.Gen.Generators.Emission;
using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Generators.Parsing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators;

/// <summary>
/// Makes a class with <c>[ProcessPacket]</c> and other callback attributes an IChannelCallbacks: a class leads to a model of
/// values, the model to a file. Reports nothing: what cannot be bound is told by the analyzers.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ChannelCallbacksGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Not ForAttributeWithMetadataName: it binds the attributes of every handler after every keystroke, one pipeline for each of the twelve attributes. A
        // class is found by its syntax and read once, for as long as nothing that it mentions changes; see ClassCache. What was found is put in the order of
        // names, because the order of files has no meaning.
        IncrementalValuesProvider<ClassModel> classes = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => ClassCandidates.HasAttributes(node), static (found, cancellation) => ClassModelParser.Parse(found, cancellation))
            .WithTrackingName(TrackingNames.Model)
            .Where(static model => model is not null)
            .Collect()
            .Select(static (models, _) => Sorted(models))
            .WithTrackingName(TrackingNames.SortedModels)
            .SelectMany(static (models, _) => models)
            .WithTrackingName(TrackingNames.Classes);

        context.RegisterSourceOutput(classes, static (output, model) => output.AddSource(model.HintName, ClassEmitter.Emit(model)));
    }

    private static EquatableArray<ClassModel> Sorted(ImmutableArray<ClassModel?> models)
        => models.Sort(static (left, right) => string.CompareOrdinal(left!.HintName, right!.HintName))!;
}
