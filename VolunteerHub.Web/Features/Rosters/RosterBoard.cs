using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Partners;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A person on a post, as the board shows it.</summary>
public sealed record SeatView(
    AssignmentId Id, VolunteerId VolunteerId, string Name, AssignmentStatus Status, AssignmentOrigin Origin, bool Leaves, string? DeclineReason, string? Note)
{
    public bool Holds => Assignment.Holding(Status);

    /// <summary>The unit of a guest; null for the community's own people.</summary>
    public string? GuestOf { get; init; }

    /// <summary>The team that lends the person for this run (跨队支援); null for the team's own people and guests.</summary>
    public string? LentBy { get; init; }
}

/// <summary>A post with its seats.</summary>
/// <param name="Empty">Heads missing to min.</param>
/// <param name="Optional">Further heads up to max.</param>
/// <param name="MayStaff">Whether the viewer may put people on it.</param>
public sealed record PostView(
    PostId Id, string Name, int Min, int Max, bool IsLead, string? Qualification, string? Language, string TeamName,
    IReadOnlyList<SeatView> Seats, IReadOnlyList<SeatView> Declined, int Empty, int Optional, bool MayStaff);

public sealed record ShiftView(ShiftId Id, TimeSlot Slot, IReadOnlyList<PostView> Posts);

/// <summary>Someone whom publishing tells something.</summary>
public sealed record ToldView(AssignmentId Id, string Name, string Post, bool Invited);

/// <summary>The roster of a run, with the draft over it.</summary>
public sealed record RosterBoardView(
    RunSummary Run, IReadOnlyList<ShiftView> Shifts, IReadOnlyList<ToldView> Draft, bool UnderWay, bool Over, bool MayPublish, bool MayStaff, bool MayTakeAttendance)
{
    /// <summary>Names of the partner units that take part.</summary>
    public IReadOnlyList<string> Partners { get; init; } = [];

    /// <summary>Whether it leads into somebody's home; where that is stands elsewhere, for few.</summary>
    public bool IsHomeVisit { get; init; }
}

/// <summary>Loads the board for whoever may see the run.</summary>
public sealed class RosterBoard(Hub hub)
{
    public async Task<Outcome<RosterBoardView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.WholeRuns.Include(r => r.Assignments).ThenInclude(a => a.History).FirstOrDefaultAsync(r => r.Id == runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MaySee(run)) return read.Denied(this, runId);
        var people = run.Assignments.Select(a => a.VolunteerId).Distinct().ToList();
        var known = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Kind, v.Unit }).ToListAsync(ct);
        var names = known.ToDictionary(v => v.Id, v => v.Name);
        var guests = known.Where(v => v.Kind == VolunteerKind.Guest).ToDictionary(v => v.Id, v => v.Unit ?? "");
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var site = await read.Db.Sites.Where(s => s.Id == run.SiteId).Select(s => s.Name).SingleAsync(ct);
        var lent = (await read.Db.Lendings.Where(l => l.RunId == runId && l.Status == LendingStatus.Granted).Select(l => new { l.VolunteerId, l.BorrowerTeamId, l.HomeTeamId }).ToListAsync(ct))
            .ToLookup(l => (l.VolunteerId, l.BorrowerTeamId), l => teams[l.HomeTeamId].Name);
        var shifts = run.Shifts.Select(shift => new ShiftView(shift.Id, shift.Slot,
            [.. shift.Posts.Select(post => PostOf(run, post, names, guests, lent, teams[run.TeamFor(post)].Name, read.Authority.MayStaff(run, post)))])).ToList();
        var draft = run.Draft;
        return new RosterBoardView(
            RunSummary.Of(run, teams, site, read.Now, read.Community.CheckIn),
            shifts,
            [.. draft.Invited.Select(a => Told(a, true)), .. draft.Removed.Select(a => Told(a, false))],
            run.IsUnderWay(read.Now, read.Community.CheckIn),
            run.EndsAt <= read.Now,
            read.Authority.MayPlan(run.HostTeamId),
            read.Authority.MayStaff(run),
            read.Authority.MaySeeAttendance(run))
        {
            Partners = await read.PartnersOfAsync(run, ct),
            IsHomeVisit = run.IsHomeVisit,
        };

        ToldView Told(Assignment a, bool invited) => new(a.Id, names[a.VolunteerId], run.Find(a.PostId)?.Post.Name ?? "", invited);
    }

    private static PostView PostOf(ServiceRun run, Post post, Dictionary<VolunteerId, string> names, Dictionary<VolunteerId, string> guests, ILookup<(VolunteerId, TeamId), string> lent, string team, bool mayStaff)
    {
        var here = run.Assignments.Where(a => a.PostId == post.Id).OrderBy(a => a.Id.Value)
            .Select(a => new SeatView(a.Id, a.VolunteerId, names[a.VolunteerId], a.Status, a.Origin, a.LeavesWithDraft, a.DeclineReason, a.History.FirstOrDefault(h => h.Note is not null)?.Note) { GuestOf = guests.GetValueOrDefault(a.VolunteerId), LentBy = lent[(a.VolunteerId, run.TeamFor(post))].FirstOrDefault() }).ToList();
        var seats = here.Where(s => s.Holds).ToList();
        var heads = seats.Count(s => !s.Leaves);
        // Someone who declined and was put on again, or who is on another post by now, is no open matter.
        var declined = here.Where(s => s.Status == AssignmentStatus.Declined && seats.TrueForAll(o => o.VolunteerId != s.VolunteerId)).DistinctBy(s => s.VolunteerId).ToList();
        var empty = Math.Max(0, post.Min - heads);
        return new(post.Id, post.Name, post.Min, post.Max, post.IsLead, post.Qualification, post.Language, team, seats, declined, empty, Math.Max(0, post.Max - heads - empty), mayStaff);
    }
}
