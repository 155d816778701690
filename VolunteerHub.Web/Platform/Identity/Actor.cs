namespace VolunteerHub.Web.Platform.Identity;

/// <summary>How somebody made known who they are; each way opens less than the one before.</summary>
public enum Via
{
    /// <summary>Signed in with a password.</summary>
    Session,

    /// <summary>A personal invitation link: good for that invitation.</summary>
    InvitationLink,

    /// <summary>A phone that checked in before: good for check-in, own invitations, and signing up.</summary>
    RememberedPhone,

    /// <summary>Phone number and PIN: good for one check-in.</summary>
    Pin,

    /// <summary>A paired tablet, in the name of who answers for it: good for check-ins of the run that it serves.</summary>
    Kiosk,

    /// <summary>The installation itself.</summary>
    System,
}

/// <summary>Who acts. Jobs take it first and look up what it may do; it carries no rights itself.</summary>
/// <param name="Id">The volunteer.</param>
/// <param name="AccountId">The account, for a session.</param>
/// <param name="Via">How the person is known.</param>
public sealed record Actor(VolunteerId Id, Guid? AccountId, Via Via)
{
    public static readonly Actor System = new(default, null, Via.System);
}
