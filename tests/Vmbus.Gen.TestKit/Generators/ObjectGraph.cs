using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>
/// Looks through everything that is reachable from a value by fields for objects of the compiler: a pipeline that carries one keeps whole
/// compilations alive, or is never cached.
/// </summary>
public static class ObjectGraph
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> FieldsOfType = new();

    /// <returns>The way to each forbidden object, such as <c>Table.Handlers[2]._symbol is an ISymbol (SourceMethodSymbol)</c>.</returns>
    public static IReadOnlyList<string> FindCompilerObjects(object? root, string name)
    {
        List<string> found = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(object Value, string Path)> open = new();
        Push(root, name);
        while (open.TryPop(out (object Value, string Path) next))
        {
            if (Forbidden(next.Value) is { } kind)
            {
                found.Add($"{next.Path} is {kind} ({next.Value.GetType().Name})");
                continue;
            }

            if (next.Value is Array array)
            {
                int index = 0;
                foreach (object? element in array)
                {
                    Push(element, $"{next.Path}[{index++}]");
                }

                continue;
            }

            foreach (FieldInfo field in FieldsOfType.GetOrAdd(next.Value.GetType(), FieldsOf))
            {
                Push(field.GetValue(next.Value), $"{next.Path}.{NameOf(field)}");
            }
        }

        return found;

        void Push(object? value, string path)
        {
            if (value is not null and not string and not MemberInfo && !value.GetType().IsPrimitive && !value.GetType().IsEnum
                && (value.GetType().IsValueType || seen.Add(value)))
            {
                open.Push((value, path));
            }
        }
    }

    private static string? Forbidden(object value) => value switch
    {
        ISymbol => "an ISymbol",
        SyntaxNode => "a SyntaxNode",
        SyntaxTree => "a SyntaxTree",
        SyntaxReference => "a SyntaxReference",
        Location => "a Location",
        Compilation => "a Compilation",
        SemanticModel => "a SemanticModel",
        IOperation => "an IOperation",
        AttributeData => "an AttributeData",
        Diagnostic => "a Diagnostic",
        _ => null,
    };

    private static FieldInfo[] FieldsOf(Type type)
    {
        List<FieldInfo> fields = [];
        for (Type? current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            fields.AddRange(current
                .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(static f => !f.FieldType.IsPrimitive && !f.FieldType.IsEnum && !f.FieldType.IsPointer && f.FieldType != typeof(string)));
        }

        return [.. fields];
    }

    /// <summary>The property's name for the field behind an automatic property.</summary>
    private static string NameOf(FieldInfo field)
        => field.IsDefined(typeof(CompilerGeneratedAttribute)) && field.Name is ['<', .. string rest] && rest.IndexOf('>') is > 0 and int end ? rest[..end] : field.Name;
}
