namespace Vmbus;

/// <summary>How options are checked, and how a refusal names them.</summary>
internal static class OptionChecks
{
    /// <summary>Refuses a value.</summary>
    /// <param name="condition">Whether the value is in range.</param>
    /// <param name="status">The status of the refusal.</param>
    /// <param name="options">The name of the options' type.</param>
    /// <param name="name">The name of the option.</param>
    /// <param name="value">The value.</param>
    /// <param name="expected">What it must be.</param>
    /// <exception cref="VmbusException">The value is out of range.</exception>
    public static void Require(bool condition, NtStatus status, string options, string name, object value, string expected)
    {
        if (!condition)
        {
            throw new VmbusException(status, $"{options}.{name} is {value}; it must be {expected}.");
        }
    }

    /// <summary>Refuses a value that is no member of its enum.</summary>
    /// <param name="options">The name of the options' type.</param>
    /// <param name="name">The name of the option.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="VmbusException">The value is no member.</exception>
    public static void RequireDefined<T>(string options, string name, T value)
        where T : struct, Enum
        => Require(Enum.IsDefined(value), NtStatus.InvalidParameter2, options, name, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");
}
