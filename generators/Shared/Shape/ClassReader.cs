using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>
/// Decides what of a class is bound. The generator binds what comes out of here and the analyzers report the problems, so the two cannot differ.
/// </summary>
internal static class ClassReader
{
    /// <summary>Whether anything in or on the type makes it a set of callbacks.</summary>
    public static bool HasCallbacks(INamedTypeSymbol type)
    {
        if (CallbackAttributes.OnClass(type) is not null)
        {
            return true;
        }

        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsImplicitlyDeclared: false } method && CallbackAttributes.IsAnnotated(method))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The shape of a type of this compilation, or null if it has no callbacks.</summary>
    public static ClassShape? Read(INamedTypeSymbol type)
    {
        AttributeData? attribute = CallbackAttributes.OnClass(type);
        ImmutableArray<Annotation> annotations = Annotations(type);
        if (attribute is null && annotations.IsEmpty)
        {
            return null;
        }

        ImmutableArray<ShapeProblem>.Builder problems = ImmutableArray.CreateBuilder<ShapeProblem>();
        if (TypeKinds.WhyNotExtensible(type) is { } reason)
        {
            // An extension block has no name of its own.
            string name = type.Name.Length > 0 || type.ContainingType is null ? type.Name : type.ContainingType.Name;
            problems.Add(ShapeProblem.At(ShapeRule.UnsupportedHandlerKind, type, name, reason));
            return Unsupported(type, problems);
        }

        if (type.IsStatic && GeneratedMembers.FindOther(type, GeneratedMembers.CallbacksProperty) is not null)
        {
            problems.Add(ShapeProblem.At(
                ShapeRule.UnsupportedHandlerKind,
                type,
                type.Name,
                $"its member '{GeneratedMembers.CallbacksProperty}' has the name of the property that a static class of handlers gets; rename it"));
            return Unsupported(type, problems);
        }

        ClassShape? baseShape = ReadBase(type);
        ClassSettings settings = ClassSettingsReader.Read(type, attribute, baseShape?.Settings, problems);
        if (settings.NativeEntryPoints && NativeEntryPointRules.WhyNotEmitted(type) is { } whyNotNative)
        {
            problems.Add(ShapeProblem.At(ShapeRule.UnsupportedHandlerKind, type, type.Name, whyNotNative));
            settings = settings with { NativeEntryPoints = false };
        }

        AttributeData? known = attribute ?? (annotations.IsEmpty ? null : annotations[0].Attribute);
        INamedTypeSymbol? callbacksInterface = HandWrittenCallbacks.FindInterface(known?.AttributeClass?.ContainingAssembly);
        Dictionary<string, IMethodSymbol> handWritten = HandWrittenCallbacks.Find(type, callbacksInterface);
        Binder binder = new(settings, new CallbackClaims(baseShape?.Claims), handWritten, callbacksInterface, problems);
        foreach (Annotation annotation in annotations)
        {
            binder.Bind(annotation);
        }

        bool canBeExtended = Partiality.IsExtensible(type);
        return new ClassShape
        {
            Type = type,
            Settings = settings,
            HasAttribute = attribute is not null,
            Base = baseShape,
            HasHooks = canBeExtended && (attribute is not null || !binder.Handlers.IsEmpty) && CanHaveHooks(type),
            Handlers = binder.Handlers,
            Callbacks = binder.Callbacks,
            Claims = binder.Claims,
            CanBeExtended = canBeExtended,
            HandWritten = [.. handWritten.Keys],
            Problems = problems.ToImmutable(),
        };
    }

    /// <summary>A class that can be derived from gets hooks, unless a member of its own has one of their names.</summary>
    private static bool CanHaveHooks(INamedTypeSymbol type)
        => type is { IsSealed: false, IsStatic: false } && HookNames.All.All(name => GeneratedMembers.FindOther(type, name) is null);

    private static ClassShape Unsupported(INamedTypeSymbol type, ImmutableArray<ShapeProblem>.Builder problems) => new()
    {
        Type = type,
        Settings = ClassSettings.Default,
        HasAttribute = false,
        Base = null,
        HasHooks = false,
        Handlers = [],
        Callbacks = [],
        Claims = new CallbackClaims(null),
        CanBeExtended = false,
        HandWritten = [],
        Problems = problems.ToImmutable(),
    };

    private static ClassShape? ReadBase(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null and not { SpecialType: SpecialType.System_Object }; current = current.BaseType)
        {
            // The declaration, not an instance with type arguments: what it binds does not depend on them.
            INamedTypeSymbol declaration = current.OriginalDefinition;
            if ((declaration.DeclaringSyntaxReferences.IsEmpty ? ReadCompiled(declaration) : Read(declaration)) is { } shape)
            {
                return shape;
            }
        }

        return null;
    }

    /// <summary>A class of a compiled assembly: its handlers may be private and are not seen, but it has hooks, and its attribute says how it is bound.</summary>
    private static ClassShape? ReadCompiled(INamedTypeSymbol type)
    {
        ClassShape? baseShape = ReadBase(type);
        AttributeData? attribute = CallbackAttributes.OnClass(type);
        CallbackClaims claims = new(baseShape?.Claims);
        bool hasHooks = HookNames.AreIn(type);
        if (!CompiledBindings.ReadTo(claims, type) && !hasHooks && attribute is null)
        {
            return baseShape;
        }

        return new ClassShape
        {
            Type = type,
            Settings = ClassSettingsReader.Read(type, attribute, baseShape?.Settings, ImmutableArray.CreateBuilder<ShapeProblem>()),
            HasAttribute = attribute is not null,
            Base = baseShape,
            HasHooks = hasHooks,
            Handlers = [],
            Callbacks = [],
            Claims = claims,
            CanBeExtended = false,
            HandWritten = [],
            Problems = [],
        };
    }

    private static ImmutableArray<Annotation> Annotations(INamedTypeSymbol type)
    {
        ImmutableArray<Annotation>.Builder annotations = ImmutableArray.CreateBuilder<Annotation>();
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not IMethodSymbol { IsImplicitlyDeclared: false } method)
            {
                continue;
            }

            foreach (AttributeData attribute in method.GetAttributes())
            {
                if (CallbackAttributes.KindOf(attribute) is { } kind)
                {
                    annotations.Add(new Annotation(method, attribute, kind));
                }
            }
        }

        return annotations.ToImmutable();
    }

    private readonly record struct Annotation(IMethodSymbol Method, AttributeData Attribute, CallbackKind Kind);

    /// <summary>Binds the annotated methods of one class, in the order in which they are written.</summary>
    private sealed class Binder(
        ClassSettings settings,
        CallbackClaims claims,
        Dictionary<string, IMethodSymbol> handWritten,
        INamedTypeSymbol? callbacksInterface,
        ImmutableArray<ShapeProblem>.Builder problems)
    {
        private const string ProcessPacket = CompiledBindings.ProcessPacket;
        private const string ProcessBatch = "ProcessBatch";

        private readonly ImmutableArray<HandlerShape>.Builder _handlers = ImmutableArray.CreateBuilder<HandlerShape>();
        private readonly ImmutableArray<CallbackShape>.Builder _callbacks = ImmutableArray.CreateBuilder<CallbackShape>();
        public CallbackClaims Claims => claims;

        public ImmutableArray<HandlerShape> Handlers => _handlers.ToImmutable();

        public ImmutableArray<CallbackShape> Callbacks => _callbacks.ToImmutable();

        public void Bind(Annotation annotation)
        {
            if (annotation.Kind == CallbackKind.ProcessPacket)
            {
                BindHandler(annotation);
            }
            else
            {
                BindCallback(annotation);
            }
        }

        private void BindHandler(Annotation annotation)
        {
            HandlerShape handler = HandlerReader.Read(annotation.Method, annotation.Attribute, settings, problems);
            if (handWritten.TryGetValue(ProcessPacket, out IMethodSymbol? other) || handWritten.TryGetValue(ProcessBatch, out other))
            {
                ReportDuplicate(annotation.Method, "packets", Claimant.Of(other));
                return;
            }

            Claimant claimant = Claimant.Of(handler.Method);
            List<ulong>? taken = null;
            foreach (ulong type in handler.MessageTypes)
            {
                if (claims.Claim(type, claimant) is { } first)
                {
                    if (taken is null)
                    {
                        ReportDuplicate(handler.Method, "message type " + MessageTypes.Format(type), first);
                    }

                    (taken ??= []).Add(type);
                }
            }

            if (taken is not null)
            {
                handler = handler.WithoutMessageTypes(taken);
            }

            if (handler.IsDefault && claims.ClaimDefault(claimant) is { } firstDefault)
            {
                ReportDuplicate(handler.Method, "every other packet", firstDefault);
                return;
            }

            if (handler.CanBeCalled && (handler.IsDefault || !handler.MessageTypes.IsEmpty))
            {
                _handlers.Add(handler);
            }
        }

        private void BindCallback(Annotation annotation)
        {
            CallbackSignature signature = CallbackSignature.Of(annotation.Kind);
            bool canBeCalled = signature.Check(annotation.Method, problems);
            Claimant? other = handWritten.TryGetValue(signature.InterfaceMember, out IMethodSymbol? byHand)
                ? Claimant.Of(byHand)
                : claims.Claim(annotation.Kind, Claimant.Of(annotation.Method));
            if (other is { } first)
            {
                ReportDuplicate(annotation.Method, CallbackAttributes.NameInSource(annotation.Kind), first);
                return;
            }

            // A run time that does not have the callback yet is never asked to call it.
            if (canBeCalled && callbacksInterface?.GetMembers(signature.InterfaceMember).IsEmpty == false)
            {
                _callbacks.Add(new CallbackShape(annotation.Kind, annotation.Method));
            }
        }

        private void ReportDuplicate(IMethodSymbol method, string what, Claimant first)
            => problems.Add(new ShapeProblem(ShapeRule.DuplicateHandler, method, ProblemPlace.Name, method.Name, what, first.Name) { First = first.Method });
    }
}
