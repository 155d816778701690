namespace VolunteerHub.Web.Features.Feeds;

/// <summary>What a calendar feed tells of.</summary>
public enum FeedScope
{
    /// <summary>A person's own duties.</summary>
    Own,

    /// <summary>The runs that a team hosts or takes part in.</summary>
    Team,

    /// <summary>All runs of the community.</summary>
    Community,
}

/// <summary>
/// A secret address by which somebody's calendar program reads runs. Kept as a hash; it opens no more than its owner may see
/// at that moment.
/// </summary>
public sealed class CalendarFeed
{
    private CalendarFeed() { }

    public CalendarFeed(VolunteerId owner, FeedScope scope, TeamId? team, string tokenHash, DateTimeOffset now) =>
        (Id, VolunteerId, Scope, TeamId, TokenHash, MadeAt) = (Guid.CreateVersion7(), owner, scope, team, tokenHash, now);

    public Guid Id { get; private set; }

    /// <summary>Whose it is.</summary>
    public VolunteerId VolunteerId { get; private set; }

    public FeedScope Scope { get; private set; }

    public TeamId? TeamId { get; private set; }

    public string TokenHash { get; private set; } = "";

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>The last day on which a program read it; null before the first.</summary>
    public DateOnly? LastUsedOn { get; private set; }
}

/// <summary>Which feed is meant.</summary>
/// <param name="Scope">What it tells of.</param>
/// <param name="Team">Code of the team, for a team's.</param>
public sealed record FeedTarget(FeedScope Scope, string? Team = null)
{
    public static readonly FeedTarget Own = new(FeedScope.Own);

    public static readonly FeedTarget Community = new(FeedScope.Community);
}
