using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>Gathers what the eligibility rules need to know of people, in a handful of queries for however many.</summary>
internal static class CandidateFacts
{
    private const int DaysAWeek = 7;

    /// <summary>The people of <paramref name="who"/>, with the teams of <paramref name="day"/> and all duty that touches <paramref name="span"/>.</summary>
    /// <param name="hub">The unit of work.</param>
    /// <param name="who">Which volunteers.</param>
    /// <param name="day">The day on which memberships count.</param>
    /// <param name="span">The time in which commitments are wanted.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<List<Candidate>> LoadAsync(
        this HubTransaction hub, IQueryable<Volunteer> who, DateOnly day, TimeSlot span, CancellationToken ct)
    {
        var ids = who.Select(v => v.Id);
        var people = await who.Include(v => v.Qualifications).AsNoTracking().AsSplitQuery().ToListAsync(ct);
        var teams = (await hub.Db.Memberships
            .Where(m => ids.Contains(m.VolunteerId) && m.Since <= day && (m.Until == null || day < m.Until))
            .Select(m => new { m.VolunteerId, m.TeamId }).ToListAsync(ct)).ToLookup(m => m.VolunteerId, m => m.TeamId);
        var duties = await DutiesAsync(hub, ids, span, ct);
        var lent = (await (from l in hub.Db.Lendings
                           join home in hub.Db.Teams on l.HomeTeamId equals home.Id
                           where ids.Contains(l.VolunteerId) && l.Status == LendingStatus.Granted
                           select new { l.VolunteerId, Lent = new LentTo(l.RunId, l.BorrowerTeamId, home.Name) }).ToListAsync(ct)).ToLookup(l => l.VolunteerId, l => l.Lent);
        var served = await hub.Db.Attendances.Where(a => ids.Contains(a.VolunteerId) && a.Intervals.Any(i => i.AnnulledAt == null))
            .GroupBy(a => a.VolunteerId).Select(g => new { g.Key, Runs = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Runs, ct);
        return people.ConvertAll(person => new Candidate(
            person,
            teams[person.Id].ToHashSet(),
            [.. duties[person.Id].Where(d => d.Commitment.Slot.Overlaps(span)).Select(d => d.Commitment)],
            Weeks([.. duties[person.Id].Select(d => d.Commitment.Slot)], hub.Now, hub.Community.Duty.FairnessWindow),
            served.GetValueOrDefault(person.Id),
            hub.BornOn(person),
            [.. lent[person.Id]]));
    }

    /// <summary>One person's facts.</summary>
    public static async Task<Candidate?> CandidateAsync(this HubTransaction hub, VolunteerId id, DateOnly day, TimeSlot span, CancellationToken ct) =>
        (await hub.LoadAsync(hub.Db.Volunteers.Where(v => v.Id == id), day, span, ct)).SingleOrDefault();

    /// <summary>Everyone who holds a seat on a run, with all that the rules need to know of them once it is planned like this.</summary>
    public static async Task<Dictionary<VolunteerId, Candidate>> HoldersAsync(this HubTransaction hub, ServiceRun run, RunPlan plan, CancellationToken ct)
    {
        var people = new Dictionary<VolunteerId, Candidate>();
        foreach (var seats in run.Assignments.Where(a => a.Holds).GroupBy(a => a.VolunteerId))
        {
            // Rules look at the planned times: who holds seats on several shifts must be free at all of them.
            var slots = seats.Select(a => plan.Shifts.FirstOrDefault(s => s.Id == a.ShiftId)?.Slot ?? a.Slot).ToList();
            var span = new TimeSlot(slots.Min(s => s.Start), slots.Max(s => s.End));
            if (await hub.CandidateAsync(seats.Key, span.DayIn(hub.Zone), span, ct) is { } who) people[who.Id] = who;
        }

        return people;
    }

    private static async Task<ILookup<VolunteerId, (VolunteerId Who, Commitment Commitment)>> DutiesAsync(
        HubTransaction hub, IQueryable<VolunteerId> ids, TimeSlot span, CancellationToken ct)
    {
        var since = hub.Now - hub.Community.Duty.FairnessWindow;
        var (start, end) = (span.Start, span.End);
        var now = hub.Now;
        var held = await (from a in hub.Db.Assignments
                          join run in hub.Db.Runs on a.RunId equals run.Id
                          join team in hub.Db.Teams on run.HostTeamId equals team.Id
                          where ids.Contains(a.VolunteerId)
                              && (a.Status == AssignmentStatus.Proposed || a.Status == AssignmentStatus.Invited
                                  || a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.CoverSought)
                              && ((a.Start < end && a.End > start) || (a.Start >= since && a.Start < now))
                          select new { a.VolunteerId, a.RunId, run.Title, team.Name, a.Start, a.End }).ToListAsync(ct);
        return held.Select(h => (h.VolunteerId, new Commitment(h.RunId, h.Title, h.Name, new TimeSlot(h.Start, h.End)))).ToLookup(h => h.VolunteerId);
    }

    private static TimeSpan[] Weeks(IReadOnlyCollection<TimeSlot> slots, DateTimeOffset now, TimeSpan window)
    {
        var weeks = new TimeSpan[(int)Math.Ceiling(window.TotalDays / DaysAWeek)];
        foreach (var slot in slots.Where(s => s.Start < now))
        {
            var ago = (int)((now - slot.Start).TotalDays / DaysAWeek);
            if (ago < weeks.Length) weeks[weeks.Length - 1 - ago] += slot.Duration;
        }

        return weeks;
    }
}
