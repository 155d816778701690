namespace VolunteerHub.Domain.Runs;

/// <summary>岗位: a need within a shift. Between min and max heads it is filled, below min it has a gap.</summary>
public sealed class Post
{
    private Post() { }

    internal Post(PostPlan plan, int order)
    {
        Id = PostId.New();
        Revise(plan, order);
    }

    public PostId Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Heads below which the post has a gap.</summary>
    public int Min { get; private set; }

    /// <summary>Heads that only a walk-in may exceed.</summary>
    public int Max { get; private set; }

    /// <summary>Whether who holds it is the 领队 of the run.</summary>
    public bool IsLead { get; private set; }

    /// <summary>Qualification that a holder must have on the day; null where none is asked.</summary>
    public string? Qualification { get; private set; }

    /// <summary>Language that a holder should speak, as an ISO 639 code; null where none is asked.</summary>
    public string? Language { get; private set; }

    /// <summary>The co-team that fills the post; null where the host team does.</summary>
    public TeamId? CoTeamId { get; private set; }

    public int Order { get; private set; }

    internal bool IsLike(PostPlan plan, int order) =>
        (Name, Min, Max, IsLead, Order) == (plan.Name, plan.Min, plan.Max, plan.IsLead, order)
        && (Qualification, Language, CoTeamId) == (plan.Qualification, plan.Language, plan.CoTeamId);

    internal void Revise(PostPlan plan, int order)
    {
        (Name, Min, Max, IsLead) = (plan.Name, plan.Min, plan.Max, plan.IsLead);
        (Qualification, Language, CoTeamId, Order) = (plan.Qualification, plan.Language, plan.CoTeamId, order);
    }
}
