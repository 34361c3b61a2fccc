using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Generators.Caching;
using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>From symbols to values: what is emitted for a class.</summary>
internal static class ClassModelParser
{
    /// <summary>The JIT gives up optimizing at 2000 basic blocks, and inlining adds some of its own.</summary>
    private const int MaximumBlocks = 800;

    /// <summary>The model of the class that a declaration is a part of; null if another part yields it or nothing can be emitted.</summary>
    public static ClassModel? Parse(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        SyntaxNode declaration = context.Node;
        SemanticModel semantics = context.SemanticModel;
        CompilationSurface surface = CompilationSurface.Of(semantics.Compilation, cancellation);
        return ClassCache.Get(declaration, surface, () => Read(declaration, semantics, surface, cancellation));
    }

    private static (ClassModel? Model, ImmutableArray<TypeSurface> Dependencies) Read(
        SyntaxNode declaration, SemanticModel semantics, CompilationSurface surface, CancellationToken cancellation)
    {
        if (!ClassCandidates.MayBind(declaration, surface.HasGlobalAlias) || semantics.GetDeclaredSymbol(declaration, cancellation) is not INamedTypeSymbol type)
        {
            return (null, []);
        }

        cancellation.ThrowIfCancellationRequested();
        bool leads = declaration == LeadingPart.Of(type, semantics.Compilation, surface.HasGlobalAlias, cancellation);
        ClassModel? model = leads && ClassReader.Read(type) is { CanBeExtended: true } shape ? ToModel(shape, semantics.Compilation) : null;
        return (model, ClassDependencies.Of(type, cancellation));
    }

    /// <param name="shape">What is bound.</param>
    /// <param name="compilation">The compilation that generated code becomes a part of.</param>
    public static ClassModel ToModel(ClassShape shape, Compilation compilation)
    {
        INamedTypeSymbol type = shape.Type;
        TypeNames names = new(compilation);
        DispatchModel? dispatch = ToDispatch(shape, compilation, names);
        string? callbackSet = type.IsStatic ? FreeName(type, "ChannelCallbackSet") : null;
        return new ClassModel
        {
            HintName = HintNames.Of(type),
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? null : type.ContainingNamespace.ToDisplayString(Names.Declared),
            Declarations = Declarations(type),
            QualifiedName = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            IsInheritable = type is { IsSealed: false, IsStatic: false },
            CallbackSetName = callbackSet,
            Dispatch = dispatch,
            Traits = ToTraits(shape),
            Callbacks = ToCallbacks(shape),
            Native = ToNative(shape, callbackSet),
            UsageDiagnostics = UsageDiagnostics.Of(shape),
            ExternAliases = names.ExternAliases,
        };
    }

    private static ImmutableArray<TypeDeclarationModel> Declarations(INamedTypeSymbol type)
    {
        ImmutableArray<TypeDeclarationModel>.Builder declarations = ImmutableArray.CreateBuilder<TypeDeclarationModel>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            declarations.Add(new TypeDeclarationModel(Names.Accessibility(current), Names.Keyword(current), Names.DeclaredType(current)));
        }

        declarations.Reverse();
        return declarations.ToImmutable();
    }

    private static DispatchModel? ToDispatch(ClassShape shape, Compilation compilation, TypeNames names)
    {
        bool hasBase = HasReachableHandlers(shape.Base);
        bool isProcessedByHand = shape.HandWritten.Contains("ProcessPacket") || shape.HandWritten.Contains("ProcessBatch");
        ImmutableArray<HandlerModel> handlers = HandlerModelParser.Parse(shape, compilation, names);

        // Without handlers of its own a class processes packets as its base does, or as IChannelCallbacks does by default.
        return handlers.IsEmpty && !shape.HasAttribute
            ? null
            : new DispatchModel
            {
                MessageTypeOffset = shape.Settings.MessageTypeOffset,
                MessageTypeSize = shape.Settings.MessageTypeSize,
                Unhandled = shape.Settings.Unhandled,
                Handlers = handlers,
                HandlePrefix = CountBlocks(handlers) > MaximumBlocks ? FreePrefix(shape.Type, "VmbusHandle") : null,
                HasBase = hasBase,
                HasHooks = shape.HasHooks,
                IsProcessedByHand = isProcessedByHand,
                IsDescribedByHand = shape.HandWritten.Contains("DescribeHandler"),
            };
    }

    /// <summary>About how many basic blocks the switch would have with all of its handlers' code in it.</summary>
    private static int CountBlocks(ImmutableArray<HandlerModel> handlers)
    {
        int blocks = 0;
        foreach (HandlerModel handler in handlers)
        {
            blocks += 1 + (handler.PayloadType is null ? 0 : 2) + (handler.IsDeferred ? 2 : 0) + (handler.Arguments.Any(static a => a.Role == ParameterRole.ExternalData) ? 4 : 0);
        }

        return blocks;
    }

    private static string FreePrefix(INamedTypeSymbol type, string prefix)
    {
        while (type.GetMembers().Any(m => m.Name.StartsWith(prefix, StringComparison.Ordinal) && !GeneratedMembers.IsGenerated(m)))
        {
            prefix += "_";
        }

        return prefix;
    }

    private static bool HasReachableHandlers(ClassShape? shape)
    {
        for (ClassShape? current = shape; current is not null; current = current.Base)
        {
            if (current.HasHooks)
            {
                return true;
            }
        }

        return false;
    }

    private static TraitsModel? ToTraits(ClassShape shape)
        => !shape.HandWritten.Contains("Traits")
            && (SavesPackets(shape) || (shape.HasAttribute && (shape.Settings.IncomingProcessingAtPassive is not null || shape.Settings.Reception is not null)))
            ? new TraitsModel(shape.Settings.IncomingProcessingAtPassive, shape.Settings.Reception, SavesPackets(shape) || shape.Base is { } inherited && InheritsSaving(inherited))
            : null;

    private static bool SavesPackets(ClassShape shape)
        => shape.Callbacks.Any(static c => c.Kind is CallbackKind.SavePacket or CallbackKind.RestorePacket)
            || shape.HandWritten.Contains("SavePacket")
            || shape.HandWritten.Contains("RestorePacket");

    private static bool InheritsSaving(ClassShape shape)
        => SavesPackets(shape)
            || shape.Claims.Has(CallbackKind.SavePacket)
            || shape.Claims.Has(CallbackKind.RestorePacket)
            || (shape.Base is { } inherited && InheritsSaving(inherited));

    private static ImmutableArray<CallbackModel> ToCallbacks(ClassShape shape)
        => [.. shape.Callbacks.OrderBy(static c => c.Kind).Select(static c => new CallbackModel(c.Kind, c.Method.Name, Names.Escape(c.Method.Name), c.Method.IsStatic, c.Method.ReturnsVoid))];

    private static NativeModel? ToNative(ClassShape shape, string? callbackSet)
    {
        if (!shape.Settings.NativeEntryPoints)
        {
            return null;
        }

        string type = shape.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return new NativeModel(FreeName(shape.Type, "NativeEntryPoints"), SymbolNames.Of(shape.Type), callbackSet is null ? type : $"{type}.{callbackSet}");
    }

    private static string FreeName(INamedTypeSymbol type, string name)
    {
        string free = name;
        for (int i = 2; GeneratedMembers.FindOther(type, free) is not null; i++)
        {
            free = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return free;
    }
}
