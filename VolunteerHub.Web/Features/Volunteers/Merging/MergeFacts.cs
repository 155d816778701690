using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;

namespace VolunteerHub.Web.Features.Volunteers.Merging;

/// <summary>All that hangs on two records of one person, and what becomes of seats that both hold.</summary>
internal sealed record MergeFacts(
    Volunteer Survivor, Volunteer Duplicate, IReadOnlyList<ServiceRun> Runs, IReadOnlyList<Attendance> Attendances, IReadOnlyList<HourEntry> Entries,
    IReadOnlyList<Membership> Memberships, IReadOnlySet<AssignmentId> Twice)
{
    public Attendance? AttendanceOf(Volunteer who, RunId run) => Attendances.FirstOrDefault(a => a.VolunteerId == who.Id && a.RunId == run);

    public HourEntry? EntryOf(Volunteer who, RunId run) => Entries.FirstOrDefault(h => h.VolunteerId == who.Id && h.RunId == run && !h.IsCorrection);

    /// <summary>Memberships that end because the other record has a better one in the same team.</summary>
    public IReadOnlyList<Membership> Doubled(DateOnly today) =>
    [
        .. Memberships.Where(m => m.Until is null || m.Until > today).GroupBy(m => m.TeamId)
            .SelectMany(g => g.OrderByDescending(m => m.InForceOn(today)).ThenByDescending(m => m.Role).ThenBy(m => m.Since).Skip(1)),
    ];

    /// <summary>What the person is credited at a run once both records are one.</summary>
    public TimeSpan CreditAt(ServiceRun run, CreditPolicy policy)
    {
        var slots = run.Assignments.Where(a => (a.VolunteerId == Survivor.Id || a.VolunteerId == Duplicate.Id) && a.IsPublished && !Twice.Contains(a.Id)).Select(a => a.Slot);
        return CreditRule.Credit(slots, new[] { AttendanceOf(Survivor, run.Id), AttendanceOf(Duplicate, run.Id) }.OfType<Attendance>().SelectMany(a => a.Intervals), policy);
    }
}

internal static class MergeFactsOf
{
    /// <summary>Gathers it; refused where the two cannot become one now.</summary>
    public static async Task<Outcome<MergeFacts>> MergeFactsAsync(this HubTransaction work, VolunteerId survivorId, VolunteerId duplicateId, CancellationToken ct)
    {
        var people = await work.WholeVolunteers().Where(v => v.Id == survivorId || v.Id == duplicateId).ToListAsync(ct);
        if (people.Find(v => v.Id == survivorId) is not { } survivor || people.Find(v => v.Id == duplicateId) is not { } duplicate) return new VolunteerNotFound();
        if (survivor == duplicate || !survivor.IsLive) return new CannotMerge(survivor.Name, survivor.Number);
        if (!duplicate.IsLive) return new CannotMerge(duplicate.Name, duplicate.Number);
        if (survivor.Status == VolunteerStatus.Left && duplicate.Status != VolunteerStatus.Left) return new SurvivorHasLeft(survivor.Name, survivor.Number);
        VolunteerId[] both = [survivorId, duplicateId];
        var attendances = await work.Db.Attendances.Include(a => a.Intervals).Where(a => both.Contains(a.VolunteerId)).ToListAsync(ct);
        var seated = await work.Db.Assignments.Where(a => both.Contains(a.VolunteerId)).Select(a => a.RunId).Distinct().ToListAsync(ct);
        var runs = await WholeRunsAsync(work, [.. seated.Union(attendances.Select(a => a.RunId))], ct);
        var twice = SeatMerge.Settle(SeatsOf(survivor), SeatsOf(duplicate), work.Now);
        if (twice.Refused) return twice.Refusal;
        var facts = new MergeFacts(
            survivor, duplicate, runs, attendances, await work.Db.HourEntries.Where(h => both.Contains(h.VolunteerId)).ToListAsync(ct),
            await work.Db.Memberships.Where(m => both.Contains(m.VolunteerId)).ToListAsync(ct), twice.Value);
        foreach (var run in runs)
        {
            var (own, theirs) = (IsSettled(facts.EntryOf(survivor, run.Id)), IsSettled(facts.EntryOf(duplicate, run.Id)));
            if (own && theirs) return new HoursAreSettled(run.Title);
            if (facts.AttendanceOf(survivor, run.Id) is not { } here || facts.AttendanceOf(duplicate, run.Id) is not { } there) continue;
            if (here.Open is not null && there.Open is not null) return new InTwice();
            if (here.HasArrived && there.HasArrived && (own || theirs)) return new HoursAreSettled(run.Title);
        }

        return facts;

        IReadOnlyList<RecordedSeat> SeatsOf(Volunteer who) =>
        [
            .. runs.SelectMany(r => r.Assignments.Where(a => a.VolunteerId == who.Id && a.Holds)
                .Select(a => new RecordedSeat(a, r.Title, attendances.Exists(x => x.RunId == r.Id && x.VolunteerId == who.Id && x.HasArrived)))),
        ];

        static bool IsSettled(HourEntry? entry) => entry is not null && entry.Status != HourStatus.Proposed;
    }

    private static async Task<List<ServiceRun>> WholeRunsAsync(HubTransaction work, IReadOnlyList<RunId> ids, CancellationToken ct)
    {
        var runs = new List<ServiceRun>();
        foreach (var some in ids.Chunk(200)) runs.AddRange(await work.WholeRuns.Where(r => some.Contains(r.Id)).ToListAsync(ct));
        return runs;
    }
}
