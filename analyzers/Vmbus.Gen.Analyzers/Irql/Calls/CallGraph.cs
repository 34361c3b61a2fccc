using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>Which functions of the compilation a function may run, at whatever level: all whose summaries its run may ask for.</summary>
internal sealed class CallGraph(IrqlModel model)
{
    public IReadOnlyList<IMethodSymbol> CalleesOf(IMethodSymbol function, CancellationToken cancellation)
    {
        var found = new List<IMethodSymbol>();
        var known = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        TypeSubstitution substitution = TypeSubstitution.For(function);
        foreach (ControlFlowGraph graph in model.Graphs.Of(function, cancellation))
        {
            Add(graph, function, substitution, Note);
        }

        if (BaseConstructor(function) is { } implied)
        {
            Note(implied);
        }

        return found;

        void Note(IMethodSymbol callee)
        {
            if (known.Add(callee) && model.Graphs.HasCode(callee) && (model.IsJudgedByBody(callee) || model.MayLeaveRaised(callee)))
            {
                found.Add(callee);
            }
        }
    }

    /// <summary>The constructor of the base class that one calls without saying so.</summary>
    public static IMethodSymbol? BaseConstructor(IMethodSymbol constructor)
        => constructor is { MethodKind: MethodKind.Constructor, ContainingType: { TypeKind: TypeKind.Class, BaseType: { DeclaringSyntaxReferences.Length: > 0 } ancestor } }
            && (constructor.IsImplicitlyDeclared
                || (MethodBodies.Implementation(constructor) is { DeclaringSyntaxReferences: [var written, ..] }
                    && written.GetSyntax() is ConstructorDeclarationSyntax { Initializer: null } or TypeDeclarationSyntax and not { BaseList.Types: [PrimaryConstructorBaseTypeSyntax, ..] }))
                ? ancestor.InstanceConstructors.FirstOrDefault(static c => c.Parameters.Length == 0)?.OriginalDefinition
                : null;

    private void Add(ControlFlowGraph graph, IMethodSymbol function, TypeSubstitution substitution, Action<IMethodSymbol> note)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in BlockOperations.Of(block))
            {
                Add(operation, function, substitution, note);
            }
        }

        foreach ((ControlFlowGraph nested, IMethodSymbol _) in NestedFunctions.Of(graph))
        {
            Add(nested, function, substitution, note);
        }
    }

    private void Add(IOperation operation, IMethodSymbol function, TypeSubstitution substitution, Action<IMethodSymbol> note)
    {
        foreach (CallTarget call in model.Targets.Of(operation))
        {
            foreach (IMethodSymbol body in model.Bodies.Of(call, substitution))
            {
                note(body);
            }
        }

        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } local }:
                note(local.OriginalDefinition);
                break;
            case IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.Length: > 0 } maker } when DelegateSources.MayHold(maker.ReturnType):
                foreach (IMethodSymbol made in model.Delegates.ReturnedBy(maker))
                {
                    note(substitution.Of(made));
                }

                break;
            case IMethodReferenceOperation { Method: { } method }:
                note(substitution.Of(method));
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation or IEventReferenceOperation when DelegateSources.MayHold(operation.Type):
                foreach (IMethodSymbol source in model.Delegates.Of(((IMemberReferenceOperation)operation).Member))
                {
                    note(substitution.Of(source));
                }

                break;
            case ILocalReferenceOperation { Local: { } variable } when DelegateSources.MayHold(variable.Type):
                foreach (IMethodSymbol factory in model.Delegates.OfLocal(variable))
                {
                    note(substitution.Of(factory));
                }

                break;
        }

        if (model.TypeInitializers.TriggeredBy(operation, function) is { } initializer)
        {
            note(initializer);
        }

        foreach (IMethodSymbol run in model.Enumerations.FunctionsRunBy(operation))
        {
            note(substitution.Of(run));
        }
    }
}
