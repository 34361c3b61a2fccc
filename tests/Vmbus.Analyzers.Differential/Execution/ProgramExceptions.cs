using Vmbus.Analyzers.Differential.Oracle;
using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Execution;

/// <summary>Which exceptions of calls make a difference to a program: fewer of them are fewer paths that do the same.</summary>
internal static class ProgramExceptions
{
    /// <param name="text">How the program is written.</param>
    public static CallExceptions Of(string text)
        => text.Contains($"catch ({nameof(TransferException)})", StringComparison.Ordinal) || text.Contains($"catch ({nameof(DeviceException)})", StringComparison.Ordinal) ? CallExceptions.Typed
            : CallExceptions.Alike;
}
