using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion.Stored;

/// <summary>
/// Follows what comes out of a field through locals, parameters of this compilation's methods and other fields, whatever the order
/// in which it runs: is any of it ever completed?
/// </summary>
internal sealed class StoredPacketTracer(PacketContracts contracts, MethodBodies bodies, IdentifierIndex index, PacketCarriers carriers, CancellationToken cancellation)
{
    private readonly HashSet<(ISymbol Variable, IMethodSymbol? Owner)> _visited = [];

    /// <summary>What all uses of a field, property, local or parameter do with its packets.</summary>
    /// <param name="symbol">The variable.</param>
    /// <param name="owner">The method whose parameter it is; the receiver of an extension block is one of each of its members.</param>
    public StoreUse Trace(ISymbol symbol, IMethodSymbol? owner = null)
    {
        StoreUse use = StoreUse.None;
        if (!_visited.Add((symbol, owner)))
        {
            return use;
        }

        // To look at a mention binds the whole method around it, so those come first that look as if they ended the question.
        foreach (SimpleNameSyntax name in index.Find(symbol.Name, ScopeOf(symbol, owner), cancellation).OrderBy(StoredPacketMentions.Rank))
        {
            if (ReferenceAt(name, symbol) is { } reference)
            {
                use |= Judge(reference, isPlace: true);
                if ((use & (StoreUse.HandsOut | StoreUse.Completes)) != 0)
                {
                    return use;
                }
            }
        }

        return use | OfInitializer(symbol);
    }

    private IEnumerable<SyntaxNode>? ScopeOf(ISymbol symbol, IMethodSymbol? owner) => symbol switch
    {
        ILocalSymbol or IParameterSymbol => (owner ?? symbol.ContainingSymbol).DeclaringSyntaxReferences.Select(r => BodyAround(r.GetSyntax(cancellation))),
        _ when symbol.DeclaredAccessibility == Accessibility.Private && symbol.ContainingType is { } type => OutermostOf(type).DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)),
        _ => null,
    };

    /// <summary>A lambda's locals may be used in lambdas around it only through itself, but a local function's name reaches further than its node.</summary>
    private static SyntaxNode BodyAround(SyntaxNode declaration) => declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? declaration;

    private static INamedTypeSymbol OutermostOf(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private IOperation? ReferenceAt(SimpleNameSyntax name, ISymbol symbol)
    {
        SyntaxNode expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
            : name.Parent is MemberBindingExpressionSyntax binding ? binding
            : name;
        IOperation? operation = bodies.ModelOf(name.SyntaxTree).GetOperation(expression, cancellation);
        ISymbol? named = operation switch
        {
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        return SymbolEqualityComparer.Default.Equals(named?.OriginalDefinition, symbol.OriginalDefinition) ? operation : null;
    }

    private StoreUse OfInitializer(ISymbol symbol)
    {
        foreach (SyntaxReference reference in symbol is IFieldSymbol or IPropertySymbol ? symbol.DeclaringSyntaxReferences : [])
        {
            ExpressionSyntax? value = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };
            if (value is not null && bodies.ModelOf(value.SyntaxTree).GetOperation(value, cancellation) is { } initial)
            {
                return OfNewValue(initial);
            }
        }

        return StoreUse.None;
    }

    /// <summary>What a field is set to: a collection that somebody else has, too, is theirs as well.</summary>
    private StoreUse OfNewValue(IOperation value)
        => IsEmpty(value) ? StoreUse.None
            : contracts.Types.IsPacket(value.Type) || Unwrap(value) is IObjectCreationOperation or IArrayCreationOperation or ICollectionExpressionOperation ? StoreUse.Stores
            : carriers.IsCollection(value.Type) ? StoreUse.HandsOut
            : StoreUse.Stores;

    /// <summary>Whether a value holds no packet: nothing, a default, a new collection.</summary>
    private bool IsEmpty(IOperation value)
    {
        value = Unwrap(value);
        return value switch
        {
            { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation => true,
            IObjectCreationOperation creation => !creation.Arguments.Any(a => carriers.Carries(a.Value.Type)) && creation.Initializer is not { Initializers.Length: > 0 },
            IArrayCreationOperation array => array.Initializer is not { ElementValues.Length: > 0 },
            ICollectionExpressionOperation collection => collection.Elements.Length == 0,
            IInvocationOperation call => call.TargetMethod.DeclaringSyntaxReferences.Length == 0 && !call.Arguments.Any(a => carriers.Carries(a.Value.Type)) && call.Instance is null,
            IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Empty" } } or IFieldReferenceOperation { Field: { IsStatic: true, Name: "Empty" } } => true,
            IPropertyReferenceOperation { Instance: { } instance } member => IsEmpty(instance) && !contracts.Types.IsPacket(member.Type),
            _ => false,
        };
    }

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
        {
            operation = operation.ChildOperations.First();
        }

        return operation;
    }

    /// <summary>What happens to a value that holds packets: whoever uses it, by its place in the tree.</summary>
    private StoreUse Judge(IOperation value, bool isPlace = false)
    {
        while (value.Parent is IConversionOperation { Parent: IForEachLoopOperation } conversion)
        {
            value = conversion;
        }

        if (!carriers.Carries(Unwrap(value).Type))
        {
            return StoreUse.None;
        }

        IOperation? parent = value.Parent;
        switch (parent)
        {
            case null or IExpressionStatementOperation or INameOfOperation or IBinaryOperation or ITypeOfOperation or IDiscardOperation:
                return StoreUse.None;
            case IConversionOperation or IParenthesizedOperation or IConditionalOperation or ICoalesceOperation or IAwaitOperation or ISwitchExpressionArmOperation
                or ISwitchExpressionOperation or ITupleOperation or IWithOperation or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation
                or ISpreadOperation or IAnonymousObjectCreationOperation:
                return Judge(parent);
            case IConditionalAccessOperation access:
                return ReferenceEquals(access.Operation, value) ? OfConditionalAccess(access) : Judge(access);
            case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                return OfCall(call, value, isPlace);
            case IArgumentOperation argument:
                return OfArgument(argument, value, isPlace);
            case IMemberReferenceOperation member when ReferenceEquals(member.Instance, value):
                return OfMember(member, value, isPlace);
            case IArrayElementReferenceOperation element:
                return OfElement(element);
            case IImplicitIndexerReferenceOperation indexer:
                return Judge(indexer);
            case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, value):
                return OfNewValue(assignment.Value);
            case ISimpleAssignmentOperation assignment:
                return Into(assignment.Target) | (assignment.Parent is IExpressionStatementOperation ? StoreUse.None : Judge(assignment));
            case ICoalesceAssignmentOperation coalescing:
                return ReferenceEquals(coalescing.Target, value) ? OfNewValue(coalescing.Value) : Into(coalescing.Target);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return Trace(declarator.Symbol);
            case IDeconstructionAssignmentOperation deconstruction:
                return ReferenceEquals(deconstruction.Target, value) ? StoreUse.Stores : OfTargets(deconstruction.Target);
            case IForEachLoopOperation loop when ReferenceEquals(Unwrap(loop.Collection), Unwrap(value)):
                return OfLoop(loop);
            case IIsPatternOperation pattern:
                return OfPattern(pattern.Pattern);
            case ISwitchOperation or IUsingOperation or IUsingDeclarationOperation:
                return parent is ISwitchOperation choice ? choice.Cases.SelectMany(static c => c.Clauses).OfType<IPatternCaseClauseOperation>().Aggregate(StoreUse.None, (u, c) => u | OfPattern(c.Pattern)) : StoreUse.None;
            default:
                return StoreUse.HandsOut;
        }
    }

    private StoreUse OfConditionalAccess(IConditionalAccessOperation access)
    {
        StoreUse use = StoreUse.None;
        foreach (IOperation inner in access.WhenNotNull.DescendantsAndSelf())
        {
            if (inner is IConditionalAccessInstanceOperation instance)
            {
                use |= Judge(instance);
            }
        }

        return use;
    }

    /// <summary>A method of the value itself.</summary>
    private StoreUse OfCall(IInvocationOperation call, IOperation value, bool isPlace)
    {
        IMethodSymbol method = call.TargetMethod;
        if (ExtensionBlocks.ReceiverOf(method) is { } receiver)
        {
            return OfReceiver(method, receiver);
        }

        if (contracts.Types.IsPacket(value.Type))
        {
            return method.Name switch
            {
                "Complete" or "Fail" => StoreUse.Completes,
                "GetValueOrDefault" => Judge(call),
                _ => StoreUse.None,
            };
        }

        if (method.DeclaringSyntaxReferences.Length > 0)
        {
            // A method of a type of this project: whatever it does with its own packets.
            return StoreUse.HandsOut;
        }

        StoreUse use = StoreUse.None;
        if (isPlace || IsPlace(value))
        {
            use |= call.Arguments.Any(a => a.Parameter?.RefKind != RefKind.Out && carriers.Carries(a.Value.Type) && Keeps(method)) ? StoreUse.Stores : StoreUse.None;
        }

        return use | OfResults(call, method);
    }

    private static bool Keeps(IMethodSymbol method)
        => (PacketTransfers.Of(method) & (PacketTransfer.Store | PacketTransfer.Refuse)) != 0 || method.Name.StartsWith("Set", StringComparison.Ordinal);

    private static bool IsPlace(IOperation value) => value is IMemberReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IConditionalAccessInstanceOperation;

    /// <summary>What a framework method yields from a collection: its result, what it puts out, what it calls lambdas with.</summary>
    private StoreUse OfResults(IInvocationOperation call, IMethodSymbol method)
    {
        StoreUse use = carriers.Carries(method.ReturnType) ? Judge(call) : StoreUse.None;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out } && carriers.Carries(argument.Parameter.Type))
            {
                use |= Into(argument.Value);
            }
            else if (Unwrap(argument.Value) is IDelegateCreationOperation created)
            {
                use |= OfCallback(created.Target);
            }
        }

        return use;
    }

    private StoreUse OfCallback(IOperation target)
    {
        IMethodSymbol? called = target switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        };
        StoreUse use = StoreUse.None;
        foreach (IParameterSymbol parameter in called?.Parameters ?? [])
        {
            if (carriers.Carries(parameter.Type))
            {
                use |= OfParameter(MethodBodies.Implementation(called!), parameter);
            }
        }

        return called is null ? StoreUse.HandsOut : use;
    }

    /// <summary>A packet, or what holds some, is given to a method.</summary>
    private StoreUse OfParameter(IMethodSymbol method, IParameterSymbol parameter) => contracts.KindOf(parameter) switch
    {
        PacketDutyKind.Completes => StoreUse.Completes,
        PacketDutyKind.Borrows => StoreUse.None,
        _ when method.DeclaringSyntaxReferences.Length > 0 && !method.IsAbstract && method.MethodKind != MethodKind.DelegateInvoke
            => Trace(MethodParameters.Of(method)[MethodParameters.OrdinalOf(parameter)], method) & ~StoreUse.Stores,
        _ => StoreUse.HandsOut,
    };

    /// <summary>A packet, or what holds some, is the receiver of a member of an extension block.</summary>
    private StoreUse OfReceiver(IMethodSymbol member, IParameterSymbol receiver)
    {
        member = MethodBodies.Implementation(member);
        return OfParameter(member, contracts.Types.IsPacket(receiver.Type) ? receiver : ExtensionBlocks.ReceiverOf(member) ?? receiver);
    }

    private StoreUse OfArgument(IArgumentOperation argument, IOperation value, bool isPlace)
    {
        if (argument.Parameter is not { } parameter)
        {
            return StoreUse.HandsOut;
        }

        switch (argument.Parent)
        {
            case IInvocationOperation call:
                IMethodSymbol method = call.TargetMethod;
                if (parameter.RefKind is RefKind.Ref or RefKind.Out)
                {
                    return OfReference(call, argument, isPlace);
                }

                if (method.DeclaringSyntaxReferences.Length > 0 || contracts.KindOf(parameter) != PacketDutyKind.None)
                {
                    return OfParameter(MethodBodies.Implementation(method), parameter);
                }

                if (!NamespaceNames.IsFramework(method))
                {
                    return StoreUse.HandsOut;
                }

                if (Keeps(method))
                {
                    return call.Instance is { } keeper ? Into(keeper) : StoreUse.HandsOut;
                }

                return call.Arguments.Length > 0 && ReferenceEquals(call.Arguments[0], argument) || carriers.Carries(method.ReturnType) ? OfResults(call, method) : StoreUse.None;
            case IObjectCreationOperation creation when carriers.Carries(creation.Type):
                return Judge(creation);
            case IPropertyReferenceOperation:
                return StoreUse.None;
            default:
                return StoreUse.HandsOut;
        }
    }

    private StoreUse OfReference(IInvocationOperation call, IArgumentOperation argument, bool isPlace)
    {
        if (call.TargetMethod is { ContainingType.Name: "Interlocked", Name: "Exchange" or "CompareExchange" } && isPlace)
        {
            return (call.Arguments.Any(a => !ReferenceEquals(a, argument) && !IsEmpty(a.Value)) ? StoreUse.Stores : StoreUse.None) | Judge(call);
        }

        if (call.TargetMethod is { ContainingType.Name: "Volatile", Name: "Read" })
        {
            return Judge(call);
        }

        return argument.Parameter!.RefKind == RefKind.Out && isPlace ? StoreUse.Stores : StoreUse.HandsOut;
    }

    private StoreUse OfMember(IMemberReferenceOperation member, IOperation value, bool isPlace)
    {
        if (contracts.Types.IsPacket(value.Type) && (member as IPropertyReferenceOperation)?.Property.ContainingType is { } owner && contracts.Types.IsPacket(owner))
        {
            return StoreUse.None;
        }

        if (member is IPropertyReferenceOperation { Property: { } property } && ExtensionBlocks.Contain(property))
        {
            IMethodSymbol? accessor = member.Parent is ISimpleAssignmentOperation set && ReferenceEquals(set.Target, member) ? property.SetMethod : property.GetMethod;
            return accessor is not null && ExtensionBlocks.ReceiverOf(accessor) is { } receiver ? OfReceiver(accessor, receiver) : StoreUse.HandsOut;
        }

        if (member is IMethodReferenceOperation reference)
        {
            return contracts.Types.IsPacket(value.Type) && reference.Method.Name is "Complete" or "Fail" ? StoreUse.Completes : StoreUse.HandsOut;
        }

        return (isPlace || IsPlace(value)) && member.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, member)
            ? IsEmpty(assignment.Value) ? StoreUse.None : StoreUse.Stores
            : Judge(member, isPlace);
    }

    private StoreUse OfElement(IArrayElementReferenceOperation element)
        => element.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, element)
            ? IsEmpty(assignment.Value) ? StoreUse.None : StoreUse.Stores
            : Judge(element, isPlace: true);

    /// <summary>The value goes somewhere else in this code: whoever has it there has it from here.</summary>
    private StoreUse Into(IOperation target)
    {
        target = Unwrap(target);
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                return Into(declaration.Expression);
            case IDiscardOperation:
                return StoreUse.None;
            case ILocalReferenceOperation local:
                return Trace(local.Local) & ~StoreUse.Stores;
            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter }:
                return Trace(parameter) & ~StoreUse.Stores;
            case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member when IsFollowed(member.Member):
                return Trace(member.Member) & ~StoreUse.Stores;
            case IArrayElementReferenceOperation element:
                return Into(element.ArrayReference);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance }:
                return Into(instance);
            case IMemberReferenceOperation { Member: IPropertySymbol { DeclaringSyntaxReferences.Length: 0 }, Instance: { } instance }:
                return Into(instance);
            default:
                return StoreUse.HandsOut;
        }
    }

    /// <summary>Whether all code that can reach a field is in this compilation.</summary>
    public static bool IsFollowed(ISymbol member)
        => member.DeclaringSyntaxReferences.Length > 0 && member.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal;

    private StoreUse OfTargets(IOperation target)
    {
        if (target is IDeclarationExpressionOperation declaration)
        {
            target = declaration.Expression;
        }

        return target is ITupleOperation tuple
            ? tuple.Elements.Aggregate(StoreUse.None, (use, element) => use | OfTargets(element))
            : carriers.Carries(target.Type) ? Into(target) : StoreUse.None;
    }

    private StoreUse OfLoop(IForEachLoopOperation loop)
        => loop.LoopControlVariable is IVariableDeclaratorOperation declarator ? Trace(declarator.Symbol) : OfTargets(loop.LoopControlVariable);

    private StoreUse OfPattern(IPatternOperation pattern)
    {
        StoreUse use = StoreUse.None;
        foreach (IOperation part in pattern.DescendantsAndSelf())
        {
            ISymbol? declared = part switch
            {
                IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
                IListPatternOperation list => list.DeclaredSymbol,
                _ => null,
            };
            if (declared is ILocalSymbol local && carriers.Carries(local.Type))
            {
                use |= Trace(local);
            }
        }

        return use;
    }
}
