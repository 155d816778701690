using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A person on a post, as the board shows it.</summary>
public sealed record SeatView(
    AssignmentId Id, VolunteerId VolunteerId, string Name, AssignmentStatus Status, AssignmentOrigin Origin, bool Leaves, string? DeclineReason, string? Note)
{
    public bool Holds => Assignment.Holding(Status);

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
    RunSummary Run, IReadOnlyList<ShiftView> Shifts, IReadOnlyList<ToldView> Draft, bool UnderWay, bool Over, bool MayPublish, bool MayStaff, bool MayTakeAttendance);

/// <summary>Loads the board for whoever may see the run.</summary>
public sealed class RosterBoard(Hub hub)
{
    public async Task<Outcome<RosterBoardView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.WholeRuns.Include(r => r.Assignments).ThenInclude(a => a.History).FirstOrDefaultAsync(r => r.Id == runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MaySee(run)) return read.Denied(this, runId);
        var people = run.Assignments.Select(a => a.VolunteerId).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var site = await read.Db.Sites.Where(s => s.Id == run.SiteId).Select(s => s.Name).SingleAsync(ct);
        var lent = (await read.Db.Lendings.Where(l => l.RunId == runId && l.Status == LendingStatus.Granted).Select(l => new { l.VolunteerId, l.BorrowerTeamId, l.HomeTeamId }).ToListAsync(ct))
            .ToLookup(l => (l.VolunteerId, l.BorrowerTeamId), l => teams[l.HomeTeamId].Name);
        var shifts = run.Shifts.Select(shift => new ShiftView(shift.Id, shift.Slot,
            [.. shift.Posts.Select(post => PostOf(run, post, names, lent, teams[run.TeamFor(post)].Name, read.Authority.MayStaff(run, post)))])).ToList();
        var draft = run.Draft;
        return new RosterBoardView(
            RunSummary.Of(run, teams, site, read.Now, read.Community.CheckIn),
            shifts,
            [.. draft.Invited.Select(a => Told(a, true)), .. draft.Removed.Select(a => Told(a, false))],
            run.IsUnderWay(read.Now, read.Community.CheckIn),
            run.EndsAt <= read.Now,
            read.Authority.MayPlan(run.HostTeamId),
            read.Authority.MayStaff(run),
            read.Authority.MaySeeAttendance(run));

        ToldView Told(Assignment a, bool invited) => new(a.Id, names[a.VolunteerId], run.Find(a.PostId)?.Post.Name ?? "", invited);
    }

    private static PostView PostOf(ServiceRun run, Post post, Dictionary<VolunteerId, string> names, ILookup<(VolunteerId, TeamId), string> lent, string team, bool mayStaff)
    {
        var here = run.Assignments.Where(a => a.PostId == post.Id).OrderBy(a => a.Id.Value)
            .Select(a => new SeatView(a.Id, a.VolunteerId, names[a.VolunteerId], a.Status, a.Origin, a.LeavesWithDraft, a.DeclineReason, a.History.FirstOrDefault(h => h.Note is not null)?.Note) { LentBy = lent[(a.VolunteerId, run.TeamFor(post))].FirstOrDefault() }).ToList();
        var seats = here.Where(s => s.Holds).ToList();
        var heads = seats.Count(s => !s.Leaves);
        // Someone who declined and was put on again, or who is on another post by now, is no open matter.
        var declined = here.Where(s => s.Status == AssignmentStatus.Declined && seats.TrueForAll(o => o.VolunteerId != s.VolunteerId)).DistinctBy(s => s.VolunteerId).ToList();
        var empty = Math.Max(0, post.Min - heads);
        return new(post.Id, post.Name, post.Min, post.Max, post.IsLead, post.Qualification, post.Language, team, seats, declined, empty, Math.Max(0, post.Max - heads - empty), mayStaff);
    }
}
