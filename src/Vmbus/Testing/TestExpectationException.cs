namespace Vmbus.Testing;

/// <summary>What a test expected did not happen: thrown by the test kit, and by nothing that runs outside of tests. Every test framework shows its message.</summary>
public sealed class TestExpectationException : Exception
{
    /// <summary>Says what was expected and what happened instead.</summary>
    /// <param name="message">The text.</param>
    /// <param name="innerException">What caused it.</param>
    public TestExpectationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
