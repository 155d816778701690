using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>A person on the attendance board.</summary>
/// <param name="IntervalId">The interval that a tap would take back; null where none counts.</param>
/// <param name="HasPhone">Whether there is a number to call; it is shown on a tap, which is noted.</param>
public sealed record PersonHere(
    VolunteerId Id, string Name, string Number, string Post, TimeSlot Slot, AssignmentStatus Answer, bool WalkIn, Presence Presence,
    DateTimeOffset? InAt, DateTimeOffset? OutAt, EvidenceKind? Evidence, IntervalId? IntervalId, bool ArrivedLate, bool LeftEarly, bool HasPhone, bool HasPin)
{
    /// <summary>Who checked the person in, where that was somebody beside them, and why.</summary>
    public HelpedIn? Helped { get; init; }
}

/// <summary>Who checked somebody in who stood beside them, and why.</summary>
public sealed record HelpedIn(string By, string Because);

/// <summary>Somebody who came and is not known yet.</summary>
public sealed record WalkInHere(UnknownWalkInId Id, string Name, string Post, DateTimeOffset InAt, DateTimeOffset? OutAt);

/// <summary>Something that happened a moment ago.</summary>
/// <param name="By">Who told it, where that was somebody else.</param>
/// <param name="Because">Why it was told by somebody else.</param>
public sealed record RecentMoment(DateTimeOffset At, string Name, bool Arrived, EvidenceKind Evidence, string? By, string? Because);

/// <summary>A post that a walk-in can join.</summary>
public sealed record PostChoice(PostId Id, string Name, TimeSlot Slot);

public sealed record AttendanceBoardView(
    RunSummary Run, string? Lead, string? MeetAt, IReadOnlyList<PersonHere> People, IReadOnlyList<RecentMoment> Recent, IReadOnlyList<PostChoice> Posts, bool MayTake,
    DateTimeOffset OpensAt, DateTimeOffset ClosesAt, bool IsOpen, int ToReview, bool MayHandOn, VolunteerId? BoardHolder)
{
    /// <summary>Who came and is not known yet.</summary>
    public IReadOnlyList<WalkInHere> Unknown { get; init; } = [];

    public int Arrived => People.Count(p => p.Presence is Presence.Present or Presence.Completed) + Unknown.Count;

    public int Present => People.Count(p => p.Presence == Presence.Present) + Unknown.Count(w => w.OutAt is null);

    public int Expected => People.Count(p => !p.WalkIn);

    public int Late => People.Count(p => p.ArrivedLate);

    /// <summary>Posts with how many are here of how many are expected.</summary>
    public IEnumerable<(string Post, int Here, int Expected)> ByPost => People.GroupBy(p => p.Post).OrderBy(g => g.Min(p => p.Slot.Start))
        .Select(g => (g.Key, g.Count(p => p.Presence is Presence.Present or Presence.Completed), g.Count(p => !p.WalkIn)));

    public int Missing => People.Count(p => p.Presence == Presence.Missing);

    public int WalkIns => People.Count(p => p.WalkIn) + Unknown.Count;

    /// <summary>「现在给谁打电话」: who should be here and is not, then who never answered.</summary>
    public IEnumerable<PersonHere> ToCall => People
        .Where(p => p.Presence == Presence.Missing || p.Presence == Presence.Expected && p.Answer == AssignmentStatus.Invited)
        .OrderByDescending(p => p.Presence == Presence.Missing).ThenBy(p => p.Slot.Start);
}

/// <summary>Who came, who is expected, whom to call.</summary>
public sealed class AttendanceBoard(Hub hub)
{
    private const int RecentShown = 6;

    /// <summary>Who leaves in the last minutes has not left early.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    public async Task<Outcome<AttendanceBoardView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new Domain.Runs.RunNotFound();
        if (!read.Authority.MaySeeAttendance(run)) return read.Denied(this, runId);
        var mayTake = read.Authority.MayTakeAttendance(run);
        var seats = run.Assignments.Where(a => a.IsPublished).GroupBy(a => a.VolunteerId).Select(g => g.OrderBy(a => a.Start).ToList()).ToList();
        var attendances = await read.Db.Attendances.Include(a => a.Intervals).Where(a => a.RunId == runId).ToDictionaryAsync(a => a.VolunteerId, ct);
        var ids = seats.Select(s => s[0].VolunteerId)
            .Concat(attendances.Keys).Concat(attendances.Values.SelectMany(a => a.Intervals).SelectMany(i => new[] { i.In.By, i.Out?.By ?? i.In.By })).Distinct().ToList();
        var people = await read.Db.Volunteers.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, ct);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var site = await read.Db.Sites.Where(s => s.Id == run.SiteId).Select(s => s.Name).SingleAsync(ct);
        var policy = read.Community.CheckIn;
        var lead = run.Assignments.FirstOrDefault(a => a.IsPublished && run.Find(a.PostId)?.Post.IsLead == true);
        var recent = attendances.Values
            .SelectMany(MomentsOf).OrderByDescending(m => m.Moment.OccurredAt).Take(RecentShown)
            .Select(m => new RecentMoment(m.Moment.OccurredAt, people[m.VolunteerId].Name, m.Arrived, m.Moment.Evidence, m.Moment.By == m.VolunteerId ? null : people.GetValueOrDefault(m.Moment.By)?.Name, m.Moment.Because)).ToList();
        var unknown = await read.Db.UnknownWalkIns.Where(w => w.RunId == runId && w.SettledAt == null).OrderBy(w => w.In.OccurredAt).ToListAsync(ct);
        return new AttendanceBoardView(
            RunSummary.Of(run, teams, site, read.Now, policy), lead is null ? null : people[lead.VolunteerId].Name, run.MeetAt,
            [.. seats.Select(Person).OrderBy(p => p.Slot.Start)], recent,
            [.. run.Posts.Select(p => new PostChoice(p.Post.Id, p.Post.Name, p.Shift.Slot))], mayTake,
            run.StartsAt - policy.OpensBefore, run.EndsAt + policy.ClosesAfter,
            run.IsAnnounced && run.StartsAt - policy.OpensBefore <= read.Now && read.Now < run.EndsAt + policy.ClosesAfter,
            await read.Db.ReviewItems.CountAsync(i => i.RunId == runId && i.SettledAt == null, ct), read.Authority.MayPlan(run.HostTeamId), run.BoardHolderId)
        {
            Unknown = [.. unknown.Select(w => new WalkInHere(w.Id, read.Reveal(w.Name)!, run.Find(w.PostId)?.Post.Name ?? "", w.In.OccurredAt, w.Out?.OccurredAt))],
        };

        static IEnumerable<(VolunteerId VolunteerId, AttendanceMoment Moment, bool Arrived)> MomentsOf(Attendance attendance)
        {
            foreach (var interval in attendance.Intervals.Where(i => i.Counts))
            {
                yield return (attendance.VolunteerId, interval.In, true);
                if (interval.Out is { } wayOut) yield return (attendance.VolunteerId, wayOut, false);
            }
        }

        PersonHere Person(List<Assignment> mine)
        {
            // Someone on two shifts is shown at the one that is running or comes next.
            var seat = mine.Find(a => a.End > read.Now) ?? mine[^1];
            var who = people[seat.VolunteerId];
            var attendance = attendances.GetValueOrDefault(seat.VolunteerId);
            var presence = PresenceOf.At(seat.Slot, attendance, read.Now, policy);
            var last = attendance?.Intervals.LastOrDefault(i => i.Counts);
            return new(
                who.Id, who.Name, who.Number, string.Join(' ', mine.Select(a => run.Find(a.PostId)?.Post.Name).Distinct()), seat.Slot, seat.Status,
                seat.Origin == AssignmentOrigin.WalkIn, presence, last?.In.OccurredAt, last?.Out?.OccurredAt, last?.In.Evidence, last?.Id,
                last is not null && last.In.OccurredAt > new CheckInWindow(mine[0].Slot, policy).LateAfter,
                presence == Presence.Completed && last?.Out is { } left && left.OccurredAt < mine[^1].End - Early, who.Phone is not null, who.PinHash is not null)
            {
                Helped = last?.In is { Evidence: EvidenceKind.Buddy } by && people.GetValueOrDefault(by.By) is { } helper ? new HelpedIn(helper.Name, by.Because ?? "") : null,
            };
        }
    }
}

/// <summary>Someone who might join at the door.</summary>
public sealed record WalkInChoice(VolunteerId Id, string Name, string Number, string Team);

/// <summary>Finds active volunteers by name, number or whole phone number, for who takes attendance of the run.</summary>
public sealed class WalkInSearch(Hub hub, PhoneProtector phones)
{
    private const int Most = 8;

    /// <param name="actor">Who takes attendance.</param>
    /// <param name="runId">The run.</param>
    /// <param name="typed">As typed.</param>
    /// <param name="alsoSeated">Whether also who is on the roster already is meant.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<IReadOnlyList<WalkInChoice>>> LoadAsync(Actor actor, RunId runId, string typed, bool alsoSeated = false, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = await read.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        var text = typed.Trim();
        if (text.Length == 0) return Array.Empty<WalkInChoice>();
        var on = alsoSeated ? [] : run.Value.Assignments.Where(a => a.IsPublished).Select(a => a.VolunteerId).ToList();
        var index = PhoneNumberReader.Read(text) is { } e164 ? phones.WholeIndex(e164) : null;
        var found = await read.Db.Volunteers
            .Where(v => v.Status == Domain.Volunteers.VolunteerStatus.Active && !on.Contains(v.Id) && (v.Name.Contains(text) || v.Number.EndsWith(text) || index != null && v.Phone!.WholeIndex == index))
            .OrderBy(v => v.Number).Take(Most).Select(v => new { v.Id, v.Name, v.Number, v.Unit }).ToListAsync(ct);
        var ids = found.ConvertAll(f => f.Id);
        var teams = (await (from m in read.Db.Memberships
                            join t in read.Db.Teams on m.TeamId equals t.Id
                            where ids.Contains(m.VolunteerId) && m.Since <= read.Today && (m.Until == null || read.Today < m.Until)
                            select new { m.VolunteerId, t.Name }).ToListAsync(ct)).ToLookup(m => m.VolunteerId, m => m.Name);
        return found.ConvertAll(f => new WalkInChoice(f.Id, f.Name, f.Number, string.Join(' ', teams[f.Id].DefaultIfEmpty(f.Unit ?? ""))));
    }
}
