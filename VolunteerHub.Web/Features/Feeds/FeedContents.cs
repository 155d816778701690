using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Feeds;

/// <summary>The address opens nothing: there never was such a feed, it was ended, or its owner may not see this any more.</summary>
public sealed record FeedOver : Refusal;

/// <summary>A shift, as a calendar shows it. Nobody is named.</summary>
/// <param name="Id">The shift: the same through all changes.</param>
/// <param name="Title">Of the run.</param>
/// <param name="Slot">When.</param>
/// <param name="Site">Where, by name.</param>
/// <param name="Post">What the owner does there, in the own feed.</param>
/// <param name="MeetAt">Where people meet.</param>
/// <param name="Bring">What to bring.</param>
/// <param name="Unanswered">Whether the owner was asked and did not answer.</param>
/// <param name="Cancelled">Whether it was called off.</param>
/// <param name="Sequence">Grows with every change of the plan.</param>
/// <param name="Path">The page that tells more.</param>
public sealed record FeedEntry(
    Guid Id, string Title, TimeSlot Slot, string Site, string? Post, string? MeetAt, string? Bring, bool Unanswered, bool Cancelled, int Sequence, string Path);

/// <summary>What a feed holds now.</summary>
public sealed record FeedContent(FeedScope Scope, string Name, string ZoneId, DateTimeOffset From, DateTimeOffset Now, IReadOnlyList<FeedEntry> Entries)
{
    /// <summary>Changes exactly when what is told changes.</summary>
    public string Tag => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { Scope, Name, ZoneId, Entries }))))[..32];
}

/// <summary>
/// What the secret address of a feed opens: of the published rosters only, and only while its owner may see it.
/// That it was read is noted by the day.
/// </summary>
public sealed class FeedContents(Hub hub)
{
    private const int DaysBack = 60;
    private const int DaysAhead = 366;

    public async Task<Outcome<FeedContent>> LoadAsync(string token, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var hash = SecretToken.HashOf(token);
        if (await read.Db.CalendarFeeds.FirstOrDefaultAsync(f => f.TokenHash == hash, ct) is not { } feed) return new FeedOver();
        var owner = await read.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == feed.VolunteerId && v.Status != VolunteerStatus.Left && v.ErasedAt == null && v.MergedInto == null, ct);
        if (owner is null || !await MayStillAsync(read, feed, ct)) return new FeedOver();
        var team = feed.TeamId is { } id ? await read.Db.Teams.FirstOrDefaultAsync(t => t.Id == id, ct) : null;
        var (from, to) = (read.DayStart(read.Today.AddDays(-DaysBack)), read.DayStart(read.Today.AddDays(DaysAhead)));
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var entries = feed.Scope == FeedScope.Own ? await OwnAsync(read, owner.Id, from, to, sites, ct) : await RunsAsync(read, feed.TeamId, from, to, sites, ct);
        var today = read.Today;
        await read.Db.CalendarFeeds.Where(f => f.Id == feed.Id && (f.LastUsedOn == null || f.LastUsedOn != today)).ExecuteUpdateAsync(f => f.SetProperty(x => x.LastUsedOn, today), ct);
        return new FeedContent(feed.Scope, team?.Name ?? read.Community.Name, read.Community.ZoneId, from, read.Now, entries);
    }

    /// <summary>The owner's rights at this moment, as a session would have them; an account that was locked has none.</summary>
    private static async Task<bool> MayStillAsync(HubTransaction read, CalendarFeed feed, CancellationToken ct)
    {
        if (feed.Scope == FeedScope.Own) return true;
        var account = await read.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == feed.VolunteerId, ct);
        if (account is null || account.IsLockedByHand) return false;
        var rights = await Authority.OfAsync(read.Db, new Actor(feed.VolunteerId, account.Id, Via.Session), read.Community, read.Now, ct);
        return feed.TeamId is { } team ? rights.MayLead(team) : rights.IsCoordinator;
    }

    private static async Task<List<FeedEntry>> OwnAsync(
        HubTransaction read, VolunteerId who, DateTimeOffset from, DateTimeOffset to, Dictionary<SiteId, string> sites, CancellationToken ct)
    {
        var runs = await read.WholeRuns
            .Where(r => r.Status != RunStatus.Draft && r.EndsAt > from && r.StartsAt < to && r.Assignments.Any(a => a.VolunteerId == who)).ToListAsync(ct);
        return [.. from run in runs
                   from seat in run.Assignments
                   where seat.VolunteerId == who && (seat.IsPublished || CalledOff(run, seat))
                   let found = run.Find(seat.PostId)
                   group (run, seat, found) by seat.ShiftId into shift
                   let last = shift.MaxBy(s => s.seat.Id.Value)
                   orderby last.seat.Start, last.run.Id.Value
                   select Entry(last.run, shift.Key.Value, last.seat.Slot, sites, last.found?.Post.Name, last.seat.Status == AssignmentStatus.Invited, "/me")];
    }

    /// <summary>Whether the seat went with the run, and was the person's until then.</summary>
    private static bool CalledOff(ServiceRun run, Assignment seat) =>
        run.Status == RunStatus.Cancelled && seat.Status == AssignmentStatus.Cancelled
        && seat.History.Count > 1 && Assignment.OnPublishedRoster(seat.History[^2].Status) && seat.History[^1].Note == run.CancelledBecause;

    private static async Task<List<FeedEntry>> RunsAsync(
        HubTransaction read, TeamId? team, DateTimeOffset from, DateTimeOffset to, Dictionary<SiteId, string> sites, CancellationToken ct)
    {
        var runs = await read.Announced().Include(r => r.Shifts).Where(r => r.EndsAt > from && r.StartsAt < to).OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct);
        if (team is { } one) runs = runs.FindAll(r => r.HostTeamId == one || r.CoTeamIds.Contains(one));
        return [.. from run in runs
                   from shift in run.Shifts
                   orderby shift.Start, run.Id.Value
                   select Entry(run, shift.Id.Value, shift.Slot, sites, null, false, $"/runs/{run.Id}/roster")];
    }

    private static FeedEntry Entry(ServiceRun run, Guid id, TimeSlot slot, Dictionary<SiteId, string> sites, string? post, bool unanswered, string path)
    {
        var cancelled = run.Status == RunStatus.Cancelled;
        return new(id, run.Title, slot, sites[run.SiteId], post, run.MeetAt, run.Bring, unanswered && !cancelled, cancelled, run.PlanVersion + (cancelled ? 1 : 0), path);
    }
}

internal static class AnnouncedRuns
{
    /// <summary>Runs that were told to people: published, completed, or called off after that. A draft that was dropped is not among them.</summary>
    public static IQueryable<ServiceRun> Announced(this HubTransaction read) => read.Db.Runs.Where(r =>
        r.Status == RunStatus.Published || r.Status == RunStatus.Completed
        || r.Status == RunStatus.Cancelled && (r.PublishedAt != null || r.Assignments.Any(a => a.History.Any(h => h.Status == AssignmentStatus.Invited))));
}
