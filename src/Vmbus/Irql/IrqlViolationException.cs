namespace Vmbus;

/// <summary>An operation was tried at a level at which the Windows kernel would stop the machine (IRQL_NOT_LESS_OR_EQUAL and its kin); the status of a call in a wrong state, STATUS_INVALID_DEVICE_STATE, is its <see cref="Exception.HResult"/>.</summary>
public sealed class IrqlViolationException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">What was tried.</param>
    /// <param name="current">The level at which it was tried.</param>
    /// <param name="required">The level that it demands.</param>
    /// <param name="remedy">What the caller can do instead.</param>
    public IrqlViolationException(string operation, Irql current, Irql required, string remedy)
        : base($"{operation} was called at {Name(current)} but needs {Name(required)}{(required == Irql.Dispatch ? "" : " or lower")}. {remedy}")
    {
        Operation = operation;
        Current = current;
        Required = required;
        this.With(NtStatus.InvalidDeviceState);
    }

    /// <summary>What was tried.</summary>
    public string Operation { get; }

    /// <summary>The level at which it was tried.</summary>
    public Irql Current { get; }

    /// <summary>The level that it demands.</summary>
    public Irql Required { get; }

    internal static string Name(Irql irql) => irql switch
    {
        Irql.Passive => "PASSIVE_LEVEL",
        Irql.Apc => "APC_LEVEL",
        Irql.Dispatch => "DISPATCH_LEVEL",
        _ => $"level {(byte)irql}",
    };
}
