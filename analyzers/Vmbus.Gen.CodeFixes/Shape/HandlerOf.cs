using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>The packet handler in which something is reported, and its attribute.</summary>
internal sealed class HandlerOf(MethodDeclarationSyntax method, IMethodSymbol symbol, AttributeSyntax attribute)
{
    public MethodDeclarationSyntax Method { get; } = method;

    public IMethodSymbol Symbol { get; } = symbol;

    public AttributeSyntax Attribute { get; } = attribute;

    /// <summary>The parameter that owes the completion; null if the handler takes none.</summary>
    public IParameterSymbol? Packet => Symbol.Parameters.FirstOrDefault(static p => p.Type is INamedTypeSymbol type && type.IsVmbus("PacketCompletion"));

    public static HandlerOf? Find(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<MethodDeclarationSyntax>(diagnostic) is not { } method || scope.Model.GetDeclaredSymbol(method, scope.Cancellation) is not { } symbol)
        {
            return null;
        }

        AttributeSyntax? attribute = symbol.GetAttributes()
            .Where(static a => CallbackAttributes.KindOf(a) == CallbackKind.ProcessPacket)
            .Select(a => a.ApplicationSyntaxReference?.GetSyntax(scope.Cancellation))
            .OfType<AttributeSyntax>()
            .FirstOrDefault(a => a.SyntaxTree == scope.Root.SyntaxTree);
        return attribute is null ? null : new HandlerOf(method, symbol, attribute);
    }
}
