using System.Globalization;
using System.Text;

namespace Vmbus.EffectsTool.Metadata;

/// <summary>Documentation comment ids, as the compiler writes them.</summary>
internal static class DocumentationId
{
    public static string Of(MethodNode method)
    {
        var text = new StringBuilder("M:");
        AppendDefinition(text, method.Owner);
        text.Append('.').Append(method.Name.Replace('.', '#').Replace('<', '{').Replace('>', '}'));
        if (method.Signature.GenericParameterCount > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"``{method.Signature.GenericParameterCount}");
        }

        for (int i = 0; i < method.Signature.ParameterTypes.Length; i++)
        {
            text.Append(i == 0 ? '(' : ',');
            Append(text, method.Signature.ParameterTypes[i]);
        }

        if (method.Signature.ParameterTypes.Length > 0)
        {
            text.Append(')');
        }

        if (method.Name is "op_Implicit" or "op_Explicit" or "op_CheckedExplicit")
        {
            text.Append('~');
            Append(text, method.Signature.ReturnType);
        }

        return text.ToString();
    }

    private static void AppendDefinition(StringBuilder text, TypeNode type)
    {
        if (type.Outer is { } outer)
        {
            AppendDefinition(text, outer);
            text.Append('.');
        }
        else if (type.Namespace.Length > 0)
        {
            text.Append(type.Namespace).Append('.');
        }

        text.Append(type.Name);
    }

    private static void Append(StringBuilder text, TypeSignature type)
    {
        switch (type.Kind)
        {
            case TypeSignatureKind.Named:
                AppendNamed(text, type);
                break;
            case TypeSignatureKind.SzArray:
                Append(text, type.Arguments[0]);
                text.Append("[]");
                break;
            case TypeSignatureKind.Array:
                Append(text, type.Arguments[0]);
                text.Append('[').AppendJoin(',', Enumerable.Repeat("0:", type.Number)).Append(']');
                break;
            case TypeSignatureKind.Pointer:
                Append(text, type.Arguments[0]);
                text.Append('*');
                break;
            case TypeSignatureKind.ByReference:
                Append(text, type.Arguments[0]);
                text.Append('@');
                break;
            case TypeSignatureKind.TypeParameter:
                text.Append(CultureInfo.InvariantCulture, $"`{type.Number}");
                break;
            case TypeSignatureKind.MethodParameter:
                text.Append(CultureInfo.InvariantCulture, $"``{type.Number}");
                break;
            default:
                // The compiler writes nothing that tells function pointers apart.
                break;
        }
    }

    /// <summary>Each of nested types takes as many of the type arguments as its own arity says.</summary>
    private static void AppendNamed(StringBuilder text, TypeSignature type)
    {
        int used = 0;
        foreach (string part in type.Name.Split('+'))
        {
            if (text[^1] is not ('(' or ',' or '{' or '~'))
            {
                text.Append('.');
            }

            int tick = part.IndexOf('`', StringComparison.Ordinal);
            if (tick < 0 || type.Arguments.IsEmpty)
            {
                text.Append(part);
                continue;
            }

            text.Append(part, 0, tick).Append('{');
            int count = int.Parse(part.AsSpan(tick + 1), CultureInfo.InvariantCulture);
            for (int i = 0; i < count && used < type.Arguments.Length; i++)
            {
                if (i > 0)
                {
                    text.Append(',');
                }

                Append(text, type.Arguments[used++]);
            }

            text.Append('}');
        }
    }
}
