using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>What the eligibility rules need to know of one duty and the people around it.</summary>
internal static class CandidateFacts
{
    /// <summary>The people of <paramref name="who"/> as the rules see them at the time of a duty.</summary>
    public static async Task<IReadOnlyList<Candidate>> LoadAsync(this HubTransaction hub, IQueryable<Volunteer> who, TimeSlot slot, CancellationToken ct) =>
        (await CandidateBook.OpenAsync(hub, who, slot, ct)).At(slot);

    /// <summary>One person's facts.</summary>
    public static async Task<Candidate?> CandidateAsync(this HubTransaction hub, VolunteerId id, TimeSlot slot, CancellationToken ct) =>
        (await hub.LoadAsync(hub.Db.Volunteers.Where(v => v.Id == id), slot, ct)).SingleOrDefault();

    /// <summary>Everyone who holds a seat on a run, with all that the rules need to know of them once it is planned like this.</summary>
    public static async Task<Dictionary<VolunteerId, Candidate>> HoldersAsync(this HubTransaction hub, ServiceRun run, RunPlan plan, CancellationToken ct)
    {
        var people = new Dictionary<VolunteerId, Candidate>();
        foreach (var seats in run.Assignments.Where(a => a.Holds).GroupBy(a => a.VolunteerId))
        {
            // Rules look at the planned times: who holds seats on several shifts must be free at all of them.
            var slots = seats.Select(a => plan.Shifts.FirstOrDefault(s => s.Id == a.ShiftId)?.Slot ?? a.Slot).ToList();
            var span = new TimeSlot(slots.Min(s => s.Start), slots.Max(s => s.End));
            if (await hub.CandidateAsync(seats.Key, span, ct) is { } who) people[who.Id] = who;
        }

        return people;
    }

    /// <summary>How often those who hold a seat on the run have served before, and whether anybody in the community has often.</summary>
    public static Task<CrewExperience> ExperienceAsync(this HubTransaction hub, ServiceRun run, CancellationToken ct) => hub.ExperienceAsync([run], ct);

    /// <summary>How often those who hold a seat on the runs have served before, and whether anybody in the community has often.</summary>
    public static Task<CrewExperience> ExperienceAsync(this HubTransaction hub, IReadOnlyCollection<ServiceRun> runs, CancellationToken ct) =>
        hub.ExperienceAsync([.. runs.SelectMany(r => r.Assignments).Where(a => a.Holds).Select(a => a.VolunteerId).Distinct()], ct);

    /// <summary>How often these people have served before, and whether anybody in the community has often.</summary>
    public static async Task<CrewExperience> ExperienceAsync(this HubTransaction hub, IReadOnlyList<VolunteerId> people, CancellationToken ct)
    {
        if (!hub.Community.Duty.MixesExperience) return CrewExperience.Unknown;
        var enough = hub.Community.Duty.ExperiencedFrom;
        var arrivals = hub.Db.Attendances.Where(a => a.Intervals.Any(i => i.AnnulledAt == null));
        if (!await arrivals.GroupBy(a => a.VolunteerId).Select(g => g.Count()).AnyAsync(n => n >= enough, ct)) return CrewExperience.Unknown;
        var served = await arrivals.Where(a => people.Contains(a.VolunteerId)).GroupBy(a => a.VolunteerId)
            .Select(g => new { g.Key, Runs = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Runs, ct);
        return new(served, true);
    }
}
