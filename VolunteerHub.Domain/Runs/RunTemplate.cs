namespace VolunteerHub.Domain.Runs;

/// <summary>活动模板: what a community does again and again, such as 义务理发, ready to be planned on a day.</summary>
public sealed class RunTemplate
{
    private RunTemplate() { }

    /// <param name="outline">What a run made from it is like.</param>
    /// <param name="teamId">The team that usually hosts it; null where any may.</param>
    public RunTemplate(RunOutline outline, TeamId? teamId)
    {
        Id = RunTemplateId.New();
        (Outline, TeamId, Title) = (outline, teamId, outline.Title);
    }

    public RunTemplateId Id { get; private set; }

    /// <summary>The outline's title, by which lists are sorted.</summary>
    public string Title { get; private set; } = "";

    public RunOutline Outline { get; private set; } = null!;

    /// <summary>The team that usually hosts it, and whose leaders keep it; null where any may and only the coordinator keeps it.</summary>
    public TeamId? TeamId { get; private set; }

    /// <summary>Put away: not offered any more.</summary>
    public bool IsArchived { get; private set; }

    public long Version { get; private set; }

    /// <summary>Revises it. Runs that were made from it stay as they are.</summary>
    /// <param name="outline">What it shall be like.</param>
    /// <param name="teamId">The team that usually hosts it.</param>
    /// <param name="seen">The version that the editor started from.</param>
    public Outcome Revise(RunOutline outline, TeamId? teamId, long seen)
    {
        if (seen != Version) return new TemplateChangedMeanwhile(Version);
        (Outline, TeamId, Title) = (outline, teamId, outline.Title);
        return Outcome.Done;
    }

    /// <summary>Puts it away, or takes it out again.</summary>
    public void Archive(bool away) => IsArchived = away;
}

/// <summary>There is no such template.</summary>
public sealed record TemplateNotFound : Refusal;

/// <summary>Somebody else changed the template meanwhile; <paramref name="Stamp"/> is what it has now.</summary>
public sealed record TemplateChangedMeanwhile(long Stamp) : Refusal;
