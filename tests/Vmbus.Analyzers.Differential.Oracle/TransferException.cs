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

    /// <summary>Whether a function of the program that its other functions call has thrown it.</summary>
    public bool IsOfHelper { get; private init; }

    /// <summary>One that comes out of a function that is called.</summary>
    public static TransferException FromCall() => new(thrower: null);

    /// <summary>One that a function of the program throws to those that call it.</summary>
    public static TransferException FromHelper() => new(thrower: null) { IsOfHelper = true };
}
