using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
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

    /// <summary>Whether the person is in the draft and no proposal moves them.</summary>
    public bool Pinned { get; init; }
}

/// <summary>A post with its seats.</summary>
/// <param name="Empty">Heads missing to min.</param>
/// <param name="Optional">Further heads up to max.</param>
/// <param name="MayStaff">Whether the viewer may put people on it.</param>
public sealed record PostView(
    PostId Id, string Name, int Min, int Max, bool IsLead, string? Qualification, string? Language, string TeamName,
    IReadOnlyList<SeatView> Seats, IReadOnlyList<SeatView> Declined, int Empty, int Optional, bool MayStaff)
{
    /// <summary>Whether who holds it must bring something.</summary>
    public bool IsSkilled => Qualification is not null || Language is not null;
}

public sealed record ShiftView(ShiftId Id, TimeSlot Slot, IReadOnlyList<PostView> Posts);

/// <summary>Someone whom publishing tells something.</summary>
public sealed record ToldView(AssignmentId Id, VolunteerId Who, string Name, string Post, bool Invited);

/// <summary>The roster of a run, with the draft over it.</summary>
public sealed record RosterBoardView(
    RunSummary Run, IReadOnlyList<ShiftView> Shifts, IReadOnlyList<ToldView> Draft, bool UnderWay, bool Over, bool MayPublish, bool MayStaff, bool MayTakeAttendance)
{
    /// <summary>Names of the partner units that take part.</summary>
    public IReadOnlyList<string> Partners { get; init; } = [];

    /// <summary>Whether it leads into somebody's home; where that is stands elsewhere, for few.</summary>
    public bool IsHomeVisit { get; init; }

    /// <summary>Name of who looks, by which others see that the board is open.</summary>
    public string Viewer { get; init; } = "";

    /// <summary>Whether the viewer may publish it, and there is something to publish.</summary>
    public bool MayPublishNow => MayPublish && !Over && (Draft.Count > 0 || Run.Phase == RunPhase.Draft);

    /// <summary>Whether people can be put on it at all, by whoever may.</summary>
    public bool IsClosed => Over || Run.Phase is RunPhase.Cancelled or RunPhase.Completed;

    /// <summary>Heads that lack and can still be found.</summary>
    public int Gaps => IsClosed ? 0 : Run.Missing;
}

/// <summary>Loads the board of one run for whoever may see it.</summary>
public sealed class RosterBoard(Hub hub)
{
    public async Task<Outcome<RosterBoardView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = read.Db.Runs.Where(r => r.Id == runId);
        if ((await read.RostersAsync(run, ct)).SingleOrDefault() is { } board) return board;
        return await run.AnyAsync(ct) ? read.Denied(this, runId) : new RunNotFound();
    }
}
