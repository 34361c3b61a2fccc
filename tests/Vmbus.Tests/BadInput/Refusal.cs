namespace Vmbus.Tests.BadInput;

/// <summary>A use of a member that must be refused, and how.</summary>
/// <param name="Type">Whose member.</param>
/// <param name="Member">The member; of a constructor the name of its type.</param>
/// <param name="Case">What is wrong.</param>
/// <param name="Status">The status that the exception carries.</param>
/// <param name="Exception">Its type, exactly.</param>
/// <param name="Use">The use, which is given what the case needs.</param>
internal sealed record Refusal(Type Type, string Member, string Case, NtStatus Status, Type Exception, Action<RefusalScene> Use)
{
    public override string ToString() => $"{Type.Name}.{Member}: {Case}";
}
