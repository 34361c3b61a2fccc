using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vmbus;

/// <summary>The checks of arguments that .NET has, with exceptions that carry a status as well.</summary>
internal static class ArgumentChecks
{
    /// <summary>Refuses <see langword="null"/> with STATUS_INVALID_PARAMETER.</summary>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentNullException">It is.</exception>
    public static T RequireNotNull<T>([NotNull] T? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        where T : class
    {
        if (argument is null)
        {
            throw new ArgumentNullException(name).With(NtStatus.InvalidParameter);
        }

        return argument;
    }

    /// <summary>Refuses a text that is <see langword="null"/> or empty with STATUS_INVALID_PARAMETER.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    public static void RequireText([NotNull] string? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
    {
        RequireNotNull(argument, name);
        if (argument.Length == 0)
        {
            throw new ArgumentException("The text is empty.", name).With(NtStatus.InvalidParameter);
        }
    }

    /// <summary>Refuses a number outside of a range with STATUS_INVALID_PARAMETER.</summary>
    /// <param name="argument">The number.</param>
    /// <param name="minimum">The least that is allowed.</param>
    /// <param name="maximum">The most that is allowed; below the least: nothing is.</param>
    /// <param name="name">The name of the argument.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public static void RequireRange<T>(T argument, T minimum, T maximum, [CallerArgumentExpression(nameof(argument))] string? name = null)
        where T : INumber<T>
    {
        // A NaN is in no range.
        if (!(argument >= minimum && argument <= maximum))
        {
            string allowed = minimum > maximum ? "No value is allowed: there is nothing to choose from." : $"It must be from {minimum} to {maximum}.";
            throw new ArgumentOutOfRangeException(name, argument, allowed).With(NtStatus.InvalidParameter);
        }
    }
}
