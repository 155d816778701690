namespace VolunteerHub.Web.Data;

/// <summary>Who changed what, when, from what to what; personal data masked. Lines are only ever added.</summary>
public sealed class AuditLine
{
    private AuditLine() { }

    public AuditLine(DateTimeOffset at, Guid actorId, string via, string action, string subject, string subjectId, string changes, Guid? about = null)
    {
        (At, ActorId, Via, Action, Subject, SubjectId, Changes, About) = (at, actorId, via, action, subject, subjectId, changes, about);
    }

    public long Id { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The volunteer who acted; empty for the installation itself.</summary>
    public Guid ActorId { get; private set; }

    public string Via { get; private set; } = "";

    /// <summary>Added, Modified, Deleted, a verb of attendance, or one of <see cref="AuditActions"/>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>The kind of thing that changed.</summary>
    public string Subject { get; private set; } = "";

    public string SubjectId { get; private set; } = "";

    /// <summary>The volunteer whom it is about, where it is about one.</summary>
    public Guid? About { get; private set; }

    /// <summary>JSON: property name to [before, after].</summary>
    public string Changes { get; private set; } = "";
}

/// <summary>What is written to the audit although no record changed.</summary>
public static class AuditActions
{
    /// <summary>Somebody asked for what they may not have.</summary>
    public const string Denied = nameof(Denied);

    /// <summary>A protected field was shown in clear.</summary>
    public const string Revealed = nameof(Revealed);

    /// <summary>People were written to a file.</summary>
    public const string Exported = nameof(Exported);

    /// <summary>Two records of one person became one.</summary>
    public const string Merged = nameof(Merged);

    /// <summary>Personal data was erased.</summary>
    public const string Erased = nameof(Erased);

    /// <summary>Somebody signed in.</summary>
    public const string SignedIn = nameof(SignedIn);
}
