using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>Why somebody is on a seat.</summary>
/// <param name="Origin">How it came about.</param>
/// <param name="For">What speaks for it.</param>
/// <param name="Against">What stands against it, set aside or come up since.</param>
/// <param name="SetAside">Why a rule was set aside; null where none was.</param>
/// <param name="Others">How many others could take it.</param>
/// <param name="LessLoaded">How many of them had less duty in the fairness window.</param>
/// <param name="Pinned">Whether a proposal leaves it alone.</param>
/// <param name="InDraft">Whether it is in the draft, so that pinning matters.</param>
public sealed record SeatReasonsView(
    AssignmentOrigin Origin, IReadOnlyList<Reason> For, IReadOnlyList<Obstacle> Against, string? SetAside, int Others, int LessLoaded, bool Pinned, bool InDraft);

/// <summary>Says of a seat why this person has it.</summary>
public sealed class SeatReasons(Hub hub)
{
    public async Task<Outcome<SeatReasonsView>> LoadAsync(Actor actor, RunId runId, AssignmentId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Assignments.FirstOrDefault(a => a.Id == id && a.Holds) is not { } held || run.Find(held.PostId) is not var (shift, post))
            return read.Authority.MayStaff(run) ? new AssignmentNotFound() : read.Denied(this, runId);
        if (!read.Authority.MayStaff(run, post)) return read.Denied(this, runId);
        var experience = await read.ExperienceAsync(run, ct);
        var seat = run.OpeningOf(shift, post, read.Community, experience);
        // As if the seat were still to be given: with the rest of the shift, and without the time that it takes.
        if (seat.Crew is { } crew && !held.LeavesWithDraft) seat = seat with { Crew = crew.Without(experience.CompletedRuns.GetValueOrDefault(held.VolunteerId), read.Community.Duty) };
        var onShift = run.Assignments.Where(a => a.Holds && a.ShiftId == shift.Id && a.Id != id).Select(a => a.VolunteerId).ToHashSet();
        var book = await CandidateBook.OpenAsync(read, read.Db.Volunteers.Where(v => v.Status == VolunteerStatus.Active || v.Id == held.VolunteerId), shift.Slot, ct);
        book.Take(held.VolunteerId, runId, held.Slot);
        var ranking = SeatRanking.Of(book.At(shift.Slot).Where(c => !onShift.Contains(c.Id)), seat);
        var self = ranking.People.First(p => p.Who.Id == held.VolunteerId);
        var others = ranking.Eligible.Where(p => p.Who.Id != held.VolunteerId && SeatRanking.ComesUnchosen(p.Who, seat)).ToList();
        return new SeatReasonsView(
            held.Origin, self.Says.For, self.Says.Against, held.History.Select(h => h.Status is AssignmentStatus.Proposed or AssignmentStatus.Invited ? h.Note : null).FirstOrDefault(n => n is not null),
            others.Count, others.Count(o => o.Who.TotalLoad < self.Who.TotalLoad), !held.MayBeMoved, held.Status == AssignmentStatus.Proposed);
    }
}
