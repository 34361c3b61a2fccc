namespace Vmbus.Gen.TestKit;

/// <summary>What a verifier throws when the code under test does not behave as the test says. The message is the whole report.</summary>
public sealed class VerificationFailedException : Exception
{
    public VerificationFailedException(string message)
        : base(message)
    {
    }

    public VerificationFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
