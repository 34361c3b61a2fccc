using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>The parameter or local that holds the packet of a diagnostic, itself or as a part of its value, and the code in which it is owed.</summary>
internal sealed class OwedPacket
{
    private readonly bool _isNullable;
    private readonly bool _mayBeDefault;

    private OwedPacket(string name, bool isNullable, bool mayBeDefault, SyntaxNode? home, int from)
    {
        Name = name;
        _isNullable = isNullable;
        _mayBeDefault = mayBeDefault;
        Home = home;
        From = from;
    }

    public string Name { get; }

    /// <summary>The statement or function inside which the packet is held.</summary>
    public SyntaxNode? Home { get; }

    /// <summary>From where on it is.</summary>
    public int From { get; }

    /// <summary>The packet whose duty begins where the diagnostic stands; null where it has no name.</summary>
    public static OwedPacket? Declared(FixScope scope, Diagnostic diagnostic)
        => scope.NodeAt<SyntaxNode>(diagnostic) is { } node
            && (scope.Model.GetDeclaredSymbol(node, scope.Cancellation) ?? scope.Model.GetSymbolInfo(node, scope.Cancellation).Symbol) is { } symbol
            ? Of(scope, symbol, PartOf(diagnostic))
            : null;

    /// <summary>What stands behind the name of a value to name the part of it that the packet of a diagnostic is.</summary>
    public static string PartOf(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(PacketDiagnostics.PartProperty, out string? part) ? part ?? "" : "";

    /// <summary>The packet that the diagnostic names, as it is known at a place; null where it has no name there.</summary>
    public static OwedPacket? Named(FixScope scope, Diagnostic diagnostic, int position)
    {
        if (!diagnostic.Properties.TryGetValue(PacketDiagnostics.PacketProperty, out string? name) || name is null)
        {
            return null;
        }

        string part = PartOf(diagnostic);
        name = part.Length > 0 && name.EndsWith(part, StringComparison.Ordinal) ? name.Substring(0, name.Length - part.Length) : name;
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            return null;
        }

        return scope.Model.LookupSymbols(position, name: name).FirstOrDefault(static s => s is ILocalSymbol or IParameterSymbol) is { } symbol ? Of(scope, symbol, part) : null;
    }

    private static OwedPacket? Of(FixScope scope, ISymbol symbol, string part)
    {
        ITypeSymbol? type = (symbol as ILocalSymbol)?.Type ?? (symbol as IParameterSymbol)?.Type;
        string name = Identifiers.Escape(symbol.Name);
        if (part.Length > 0 && type?.IsPacket() == false)
        {
            name += part;
            type = TypeOfPart(type, part);
        }

        SyntaxNode? declaration = symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(scope.Cancellation);
        bool isNullable = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        if (isNullable)
        {
            type = ((INamedTypeSymbol)type!).TypeArguments[0];
        }

        if (type?.IsPacket() != true || declaration is null)
        {
            return null;
        }

        (SyntaxNode? home, int from) = HomeOf(declaration);
        return new OwedPacket(name, isNullable, symbol is ILocalSymbol && MayBeDefault(declaration, scope), home, from);
    }

    private static ITypeSymbol? TypeOfPart(ITypeSymbol? type, string part)
    {
        foreach (string name in part.Split(['.'], StringSplitOptions.RemoveEmptyEntries))
        {
            type = type?.GetMembers(name).FirstOrDefault() switch
            {
                IFieldSymbol field => field.Type,
                IPropertySymbol property => property.Type,
                _ => null,
            };
        }

        return type;
    }

    /// <summary>A call of a method without parameters, such as <c>Fail</c>; of a packet that may be none, only if it is one.</summary>
    public StatementSyntax Call(string method)
        => SyntaxFactory.ParseStatement(
            _isNullable ? $"{Name}?.{method}();"
            : _mayBeDefault ? $"if (!{Name}.IsDefault)\n{{\n{Name}.{method}();\n}}"
            : $"{Name}.{method}();");

    /// <summary>Whether the packet is held at a statement.</summary>
    public bool IsHeldAt(SyntaxNode node) => Home is not null && Home.Span.Contains(node.Span) && node.SpanStart >= From;

    private static (SyntaxNode? Home, int From) HomeOf(SyntaxNode declaration)
    {
        if (declaration is ParameterSyntax)
        {
            return (Members.FunctionAround(declaration), declaration.Span.End);
        }

        bool sense = true;
        for (SyntaxNode node = declaration; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression }:
                    sense = !sense;
                    break;
                case IfStatementSyntax choice when choice.Condition == node:
                    return sense ? (choice.Statement, choice.Statement.SpanStart) : (choice.Parent, choice.Span.End);
                case WhileStatementSyntax loop when loop.Condition == node:
                    return sense ? (loop.Statement, loop.Statement.SpanStart) : (loop.Parent, loop.Span.End);
                case CommonForEachStatementSyntax each:
                    return (each.Statement, each.Statement.SpanStart);
                case StatementSyntax statement and not BlockSyntax:
                    return (statement.Parent, statement.Span.End);
            }
        }

        return (null, 0);
    }

    /// <summary>Whether a local may hold no packet: it got the value of something else than a call that always gives one.</summary>
    private static bool MayBeDefault(SyntaxNode declaration, FixScope scope)
    {
        ExpressionSyntax? value = (declaration as VariableDeclaratorSyntax)?.Initializer?.Value;
        if (value is AwaitExpressionSyntax awaited)
        {
            value = awaited.Expression;
        }

        return value is not null
            && !(scope.Model.GetSymbolInfo(value, scope.Cancellation).Symbol is IMethodSymbol method
                && (method.DeclaringSyntaxReferences.Length == 0 || method.ContainingType.IsVmbus("PacketCompletion")));
    }
}
