namespace Vmbus.Analyzers.Differential.Oracle;

/// <summary>The exception that programs throw, and that calls may raise, too.</summary>
public sealed class TransferException : Exception
{
    public TransferException()
        : base("A transfer failed.")
        => IsThrown = true;

    private TransferException(bool isThrown)
        : base("A transfer failed.") => IsThrown = isThrown;

    /// <summary>Whether a <c>throw</c> in the program's own function raises it, and not something that it calls.</summary>
    public bool IsThrown { get; }

    /// <summary>One that comes out of a function that is called.</summary>
    public static TransferException FromCall() => new(isThrown: false);
}
