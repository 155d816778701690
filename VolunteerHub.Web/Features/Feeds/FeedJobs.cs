using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Feeds;

/// <summary>There is no feed that could be ended.</summary>
public sealed record NoFeed : Refusal;

/// <summary>Whether there is a feed, and how it is used. Its address nobody can tell again.</summary>
/// <param name="Scope">What it tells of.</param>
/// <param name="Team">Name of the team, for a team's.</param>
/// <param name="MadeAt">When it was made; null where there is none.</param>
/// <param name="LastUsedOn">The last day on which a program read it.</param>
public sealed record FeedView(FeedScope Scope, string? Team, DateTimeOffset? MadeAt, DateOnly? LastUsedOn);

/// <summary>The own feed of that kind: everybody's own duties, a leader's team, the coordinator's community.</summary>
public sealed class FeedData(Hub hub)
{
    public async Task<Outcome<FeedView>> LoadAsync(Actor actor, FeedTarget target, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var (allowed, team) = await read.FeedOfAsync(target, ct);
        if (!allowed) return read.Denied(this, target.Team);
        if (target.Scope == FeedScope.Team && team is null) return new TeamNotFound();
        var feed = await read.OwnFeeds(target, team).FirstOrDefaultAsync(ct);
        return new FeedView(target.Scope, team?.Name, feed?.MadeAt, feed?.LastUsedOn);
    }
}

/// <summary>Makes a feed's address; an earlier one stops working.</summary>
public sealed class MakeFeed(Hub hub)
{
    /// <returns>The path: shown once, never stored.</returns>
    public async Task<Outcome<string>> RunAsync(Actor actor, FeedTarget target, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var (allowed, team) = await work.FeedOfAsync(target, ct);
        if (!allowed) return work.Denied(this, target.Team);
        if (target.Scope == FeedScope.Team && team is null) return new TeamNotFound();
        work.Db.CalendarFeeds.RemoveRange(await work.OwnFeeds(target, team).ToListAsync(ct));
        var (token, hash) = SecretToken.New();
        work.Db.CalendarFeeds.Add(new CalendarFeed(actor.Id, target.Scope, team?.Id, hash, work.Now));
        await work.SaveAsync(null, ct);
        return $"/feeds/{token}.ics";
    }
}

/// <summary>Ends a feed: its address opens nothing from then on.</summary>
public sealed class RevokeFeed(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, FeedTarget target, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var (allowed, team) = await work.FeedOfAsync(target, ct);
        if (!allowed) return work.Denied(this, target.Team);
        var feeds = await work.OwnFeeds(target, team).ToListAsync(ct);
        if (feeds.Count == 0) return new NoFeed();
        work.Db.CalendarFeeds.RemoveRange(feeds);
        return await work.SaveAsync(null, ct);
    }
}

internal static class FeedRights
{
    /// <summary>Whether the actor may have such a feed, and the team that it is of.</summary>
    public static async Task<(bool Allowed, Team? Team)> FeedOfAsync(this HubTransaction read, FeedTarget target, CancellationToken ct)
    {
        if (read.Actor.Via != Via.Session) return (false, null);
        if (target.Scope == FeedScope.Community) return (read.Authority.IsCoordinator, null);
        if (target.Scope == FeedScope.Own) return (await read.Db.Volunteers.AnyAsync(v => v.Id == read.Actor.Id && v.Status != VolunteerStatus.Left, ct), null);
        var team = await read.Db.Teams.FirstOrDefaultAsync(t => t.Code == target.Team, ct);
        return (team is null ? read.Authority.IsCoordinator : read.Authority.MayLead(team.Id), team);
    }

    /// <summary>The actor's own feeds of that kind: one at most.</summary>
    public static IQueryable<CalendarFeed> OwnFeeds(this HubTransaction read, FeedTarget target, Team? team)
    {
        var (owner, scope, of) = (read.Actor.Id, target.Scope, team?.Id);
        return read.Db.CalendarFeeds.Where(f => f.VolunteerId == owner && f.Scope == scope && f.TeamId == of);
    }
}
