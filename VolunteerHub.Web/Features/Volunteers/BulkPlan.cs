using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>More people are meant than are changed at once.</summary>
public sealed record TooManyPeople(int Most) : Refusal;

/// <summary>Since the preview somebody changed records: another number of people would be affected.</summary>
public sealed record SelectionChanged(int Seen, int Now) : Refusal;

/// <summary>Nobody is left for whom anything would change.</summary>
public sealed record NobodyAffected : Refusal;

/// <summary>Whom something is done to: some rows of the list, or all that match.</summary>
/// <param name="Filter">What the list shows.</param>
/// <param name="Chosen">The rows; null means all that match.</param>
public sealed record PeopleSelection(PeopleFilter Filter, IReadOnlyList<VolunteerId>? Chosen = null);

/// <summary>What is done to many at once.</summary>
public abstract record BulkAction;

/// <summary>A tag is put on.</summary>
public sealed record PutTag(string Tag) : BulkAction;

/// <summary>A tag is taken off.</summary>
public sealed record TakeTag(string Tag) : BulkAction;

/// <summary>People are taken into a team.</summary>
public sealed record JoinTeam(TeamId Team) : BulkAction;

/// <summary>Why somebody who was chosen is left out.</summary>
public enum LeftOut
{
    /// <summary>Not a member of a team that the actor leads, or not there any more.</summary>
    NotYours,

    /// <summary>Left the community, or the record is closed.</summary>
    HasLeft,
    TaggedAlready,
    NotTagged,
    MemberAlready,

    /// <summary>A guest belongs to a partner unit, not to a team.</summary>
    IsGuest,
}

/// <summary>What would be done: to whom, and who is left out for which reason.</summary>
internal sealed record BulkPlan(IReadOnlyList<VolunteerId> Affected, IReadOnlyList<(LeftOut Why, int Count)> LeftOut)
{
    /// <summary>How many are changed at once: what one transaction does in a few seconds.</summary>
    public const int Most = 5_000;

    private const int Portion = 500;

    /// <summary>The plan as of now; preview and job make it alike.</summary>
    /// <param name="work">The unit of work; rights for the action were looked at before.</param>
    /// <param name="selection">Whom.</param>
    /// <param name="action">What.</param>
    /// <param name="phones">Finds people by phone.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Outcome<BulkPlan>> MakeAsync(HubTransaction work, PeopleSelection selection, BulkAction action, PhoneProtector phones, CancellationToken ct)
    {
        var chosen = selection.Chosen?.Distinct().ToList() ?? await AllAsync(work, selection.Filter, phones, ct);
        if (chosen.Count > Most) return new TooManyPeople(Most);
        var affected = new List<VolunteerId>();
        var leftOut = new SortedDictionary<LeftOut, int>();
        foreach (var some in chosen.Chunk(Portion))
        {
            var known = await FactsAsync(work, [.. some], action, ct);
            foreach (var id in some)
            {
                if ((known.TryGetValue(id, out var facts) ? Why(facts, action) : Volunteers.LeftOut.NotYours) is { } why) leftOut[why] = leftOut.GetValueOrDefault(why) + 1;
                else affected.Add(id);
            }
        }

        return new BulkPlan(affected, [.. leftOut.Select(l => (l.Key, l.Value))]);
    }

    /// <summary>Whether all who were chosen are out of the actor's reach.</summary>
    public bool IsOutOfReach => Affected.Count == 0 && LeftOut is [(Volunteers.LeftOut.NotYours, _)];

    /// <summary>Why this is not done, where the preview showed another number or there is nothing to do.</summary>
    /// <param name="seen">How many the preview said; null where none was seen.</param>
    public Refusal? Differs(int? seen) => seen is { } number && number != Affected.Count ? new SelectionChanged(number, Affected.Count) : Affected.Count == 0 ? new NobodyAffected() : null;

    private static async Task<List<VolunteerId>> AllAsync(HubTransaction work, PeopleFilter filter, PhoneProtector phones, CancellationToken ct)
    {
        var people = await PeopleQueries.PlannedAsync(work, filter, phones, ct);
        return await people.OrderBy(v => v.Id).Select(v => v.Id).Take(Most + 1).ToListAsync(ct);
    }

    private static async Task<Dictionary<VolunteerId, Facts>> FactsAsync(HubTransaction work, List<VolunteerId> ids, BulkAction action, CancellationToken ct)
    {
        var (db, today) = (work.Db, work.Today);
        var tag = (action as PutTag)?.Tag ?? (action as TakeTag)?.Tag ?? "";
        var team = (action as JoinTeam)?.Team ?? default;
        return await PeopleQueries.Readable(work).Where(v => ids.Contains(v.Id)).Select(v => new Facts(
            v.Id, v.Kind, v.Status, v.MergedInto != null || v.ErasedAt != null, v.Tags.Any(t => t.Name == tag),
            // Who comes tomorrow is as good as in it.
            db.Memberships.Any(m => m.VolunteerId == v.Id && m.TeamId == team && (m.Until == null || m.Until > today)))).ToDictionaryAsync(f => f.Id, ct);
    }

    private static LeftOut? Why(Facts who, BulkAction action) => action switch
    {
        _ when who.IsClosed => Volunteers.LeftOut.HasLeft,
        PutTag when who.IsTagged => Volunteers.LeftOut.TaggedAlready,
        TakeTag when !who.IsTagged => Volunteers.LeftOut.NotTagged,
        JoinTeam when who.IsMember => Volunteers.LeftOut.MemberAlready,
        JoinTeam when who.Status == VolunteerStatus.Left => Volunteers.LeftOut.HasLeft,
        JoinTeam when who.Kind == VolunteerKind.Guest => Volunteers.LeftOut.IsGuest,
        _ => null,
    };

    private sealed record Facts(VolunteerId Id, VolunteerKind Kind, VolunteerStatus Status, bool IsClosed, bool IsTagged, bool IsMember);
}

/// <summary>Whether an actor may do something to many.</summary>
internal static class BulkRights
{
    public static async Task<Outcome<Team?>> MayAsync(this HubTransaction work, object job, BulkAction action, CancellationToken ct)
    {
        if (!work.Authority.IsCoordinator && work.Authority.Leads.Count == 0) return work.Denied(job);
        if (action is not JoinTeam join) return default(Outcome<Team?>);
        if (!work.Authority.MayLead(join.Team)) return work.Denied(job, join.Team);
        if (await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == join.Team, ct) is not { } team) return new TeamNotFound();
        return team.IsClosed ? new TeamClosed(team.Name) : team;
    }
}
