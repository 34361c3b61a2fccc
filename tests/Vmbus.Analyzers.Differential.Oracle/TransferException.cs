using System.Runtime.CompilerServices;

namespace Vmbus.Analyzers.Differential.Oracle;

/// <summary>The exception that programs throw, and that calls may raise, too.</summary>
public sealed class TransferException : Exception
{
    /// <param name="thrower">The member that throws it.</param>
    public TransferException([CallerMemberName] string? thrower = "")
        : base("A transfer failed.")
        => Thrower = thrower;

    /// <summary>The member that a <c>throw</c> stands in which raises it; null if it comes out of something that is called.</summary>
    public string? Thrower { get; }

    /// <summary>One that comes out of a function that is called.</summary>
    public static TransferException FromCall() => new(thrower: null);
}
