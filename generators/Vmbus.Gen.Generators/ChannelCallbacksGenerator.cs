using Microsoft.CodeAnalysis;
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
        // Any of the attributes makes a class a set of callbacks. All attributes of a class lead to it, one of them yields its model: so no step
        // has to gather what belongs together, and a change in one class concerns no other.
        foreach (string attribute in CallbackAttributes.MetadataNames)
        {
            IncrementalValuesProvider<ClassModel> classes = context.SyntaxProvider
                .ForAttributeWithMetadataName(attribute, static (_, _) => true, static (match, cancellation) => ClassModelParser.Parse(match, cancellation))
                .WithTrackingName(TrackingNames.Model)
                .Where(static model => model is not null)
                .Select(static (model, _) => model!)
                .WithTrackingName(TrackingNames.Classes);

            context.RegisterSourceOutput(classes, static (output, model) => output.AddSource(model.HintName, ClassEmitter.Emit(model)));
        }
    }
}
