using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Collections;
using Vmbus.Gen.Generators.Emission;
using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Generators.Parsing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators;

/// <summary>
/// Makes a class with <c>[ProcessPacket]</c> and other callback attributes an IChannelCallbacks: an attribute leads to its class, the class to a model of
/// values, the model to a file. Reports nothing: what cannot be bound is told by the analyzers.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ChannelCallbacksGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Any of the attributes makes a class a set of callbacks. All attributes of a class lead to it and one of them yields its model, so that nothing has
        // to be joined and a change in one class concerns no other. What was found is put in the order of names, because the order of files has no meaning.
        foreach (string attribute in CallbackAttributes.MetadataNames)
        {
            IncrementalValuesProvider<ClassModel> classes = context.SyntaxProvider
                .ForAttributeWithMetadataName(attribute, static (_, _) => true, static (match, cancellation) => ClassModelParser.Parse(match, cancellation))
                .WithTrackingName(TrackingNames.Model)
                .Where(static model => model is not null)
                .Collect()
                .Select(static (models, _) => Sorted(models))
                .WithTrackingName(TrackingNames.SortedModels)
                .SelectMany(static (models, _) => models)
                .WithTrackingName(TrackingNames.Classes);

            context.RegisterSourceOutput(classes, static (output, model) => output.AddSource(model.HintName, ClassEmitter.Emit(model)));
        }
    }

    private static EquatableArray<ClassModel> Sorted(ImmutableArray<ClassModel?> models)
        => models.Sort(static (left, right) => string.CompareOrdinal(left!.HintName, right!.HintName))!;
}
