using System.Diagnostics;

namespace Vmbus.Diagnostics;

/// <summary>What tells channels apart in measurements. Endpoints with equal identities are measured together.</summary>
/// <param name="Name">The friendly name; may be empty.</param>
/// <param name="InterfaceType">The class of the device.</param>
/// <param name="IsServer">Which side it is.</param>
internal readonly record struct ChannelIdentity(string Name, Guid InterfaceType, bool IsServer)
{
    /// <summary>The tags of measurements and activities.</summary>
    public TagList ToTags()
    {
        TagList tags = default;
        if (Name.Length != 0)
        {
            tags.Add(TagNames.ChannelName, Name);
        }

        tags.Add(TagNames.InterfaceType, InterfaceType.ToString());
        tags.Add(TagNames.Role, IsServer ? "server" : "client");
        return tags;
    }
}
