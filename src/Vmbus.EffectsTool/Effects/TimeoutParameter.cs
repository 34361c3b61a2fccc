using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Effects;

/// <summary>The parameter that says how long to wait, by the conventions of .NET.</summary>
internal static class TimeoutParameter
{
    /// <summary>The position of the parameter; -1 if there is none.</summary>
    public static int Of(MethodNode method)
    {
        for (int i = 0; i < method.Signature.ParameterTypes.Length; i++)
        {
            string type = method.Signature.ParameterTypes[i].Text;
            if (type is "System.TimeSpan" or "System.Int32" or "System.Int64" && IsTimeout(method.ParameterNames[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsTimeout(string name)
        => name.Contains("timeout", StringComparison.OrdinalIgnoreCase)
            || name.Contains("milliseconds", StringComparison.OrdinalIgnoreCase)
            || name.Contains("microSeconds", StringComparison.OrdinalIgnoreCase);
}
