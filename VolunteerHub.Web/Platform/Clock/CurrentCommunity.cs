using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Web.Platform.Clock;

/// <summary>What every page says of the community it serves: read at start, and again when the settings change.</summary>
public sealed class CurrentCommunity
{
    public string Name { get; private set; } = "";

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>The rules at the door.</summary>
    public CheckInPolicy CheckIn { get; private set; } = CheckInPolicy.Default;

    /// <summary>The first character of the name, for the seal.</summary>
    public string Seal => Name.Length == 0 ? "" : Name[..1];

    public void Use(Community community) => (Name, Zone, CheckIn) = (community.Name, community.Zone, community.CheckIn);
}
