using Microsoft.AspNetCore.Identity;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>
/// A way to sign in for one volunteer. Its user name is the 志愿者编号, never a phone number: the number is
/// found through the volunteer.
/// </summary>
public sealed class Account : IdentityUser<Guid>
{
    public VolunteerId VolunteerId { get; set; }
}

/// <summary>The only two roles that are given; leading follows from memberships.</summary>
public static class Roles
{
    public const string Coordinator = nameof(Coordinator);
    public const string Auditor = nameof(Auditor);
}
