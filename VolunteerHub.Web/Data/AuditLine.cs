namespace VolunteerHub.Web.Data;

/// <summary>Who changed what, when, from what to what; personal data masked. Lines are only ever added.</summary>
public sealed class AuditLine
{
    private AuditLine() { }

    public AuditLine(DateTimeOffset at, Guid actorId, string via, string action, string subject, string subjectId, string changes)
    {
        (At, ActorId, Via, Action, Subject, SubjectId, Changes) = (at, actorId, via, action, subject, subjectId, changes);
    }

    public long Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The volunteer who acted; empty for the installation itself.</summary>
    public Guid ActorId { get; private set; }

    public string Via { get; private set; } = "";

    /// <summary>Added, Modified, Deleted, or a verb of attendance.</summary>
    public string Action { get; private set; } = "";

    /// <summary>The kind of thing that changed.</summary>
    public string Subject { get; private set; } = "";

    public string SubjectId { get; private set; } = "";

    /// <summary>JSON: property name to [before, after].</summary>
    public string Changes { get; private set; } = "";
}
