using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>The packet handler in which something is reported, and its attribute.</summary>
internal sealed class HandlerOf
{
    private readonly AttributeData _data;

    private HandlerOf(MethodDeclarationSyntax method, IMethodSymbol symbol, AttributeData data, AttributeSyntax attribute)
    {
        Method = method;
        Symbol = symbol;
        _data = data;
        Attribute = attribute;
    }

    public MethodDeclarationSyntax Method { get; }

    public IMethodSymbol Symbol { get; }

    public AttributeSyntax Attribute { get; }

    /// <summary>The parameter that owes the completion; null if the handler takes none.</summary>
    public IParameterSymbol? Packet => Symbol.Parameters.FirstOrDefault(static p => p.Type is INamedTypeSymbol type && type.IsVmbus("PacketCompletion"));

    /// <summary>Whether what the handler returns goes out as what it completes with does.</summary>
    public bool SendsCompletions
    {
        get
        {
            ReplyKind reply = _data.NamedArguments.FirstOrDefault(static a => a.Key == "Reply").Value.Value is int said ? (ReplyKind)said
                : ClassReader.Read(Symbol.ContainingType)?.Settings.Reply ?? ReplyKind.Completion;
            return reply == ReplyKind.Completion;
        }
    }

    public static HandlerOf? Find(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<MethodDeclarationSyntax>(diagnostic) is not { } method || scope.Model.GetDeclaredSymbol(method, scope.Cancellation) is not { } symbol)
        {
            return null;
        }

        foreach (AttributeData data in symbol.GetAttributes().Where(static a => CallbackAttributes.KindOf(a) == CallbackKind.ProcessPacket))
        {
            if (data.ApplicationSyntaxReference?.GetSyntax(scope.Cancellation) is AttributeSyntax attribute && attribute.SyntaxTree == scope.Root.SyntaxTree)
            {
                return new HandlerOf(method, symbol, data, attribute);
            }
        }

        return null;
    }
}
