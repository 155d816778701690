using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A person for a seat: what speaks for and against, and the load of recent weeks.</summary>
public sealed record CandidateView(
    VolunteerId Id, string Name, string Number, IReadOnlyList<Reason> For, IReadOnlyList<Obstacle> Against, IReadOnlyList<TimeSpan> Load, int CompletedRuns)
{
    public bool IsEligible => Against.Count == 0;

    public bool MayBeOverridden => Against.Count > 0 && Against.All(o => !o.IsHard);

    public TimeSpan TotalLoad => Load.Aggregate(TimeSpan.Zero, (sum, week) => sum + week);
}

/// <summary>How many people remain after each rule: why a seat is still empty.</summary>
public sealed record FunnelStep(string Rule, int Remaining);

/// <summary>Who could take a seat, best first.</summary>
public sealed record CandidatesView(string Post, TimeSlot Slot, int Empty, IReadOnlyList<FunnelStep> Funnel, IReadOnlyList<CandidateView> People);

/// <summary>
/// Ranks people for a post: first whom nothing stands against, then whom only soft rules do, then the near misses;
/// within these by least duty in the fairness window. Members of the team that fills the post, people lent to it for this run, and guests.
/// </summary>
public sealed class RankedCandidates(Hub hub)
{
    /// <summary>Weeks of load that are shown beside a name.</summary>
    private const int ShownWeeks = 4;

    public async Task<Outcome<CandidatesView>> LoadAsync(Actor actor, RunId runId, PostId postId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MayStaff(run)) return read.Denied(this, runId);
        if (run.Find(postId) is not var (shift, post)) return new PostNotFound();
        if (!read.Authority.MayStaff(run, post)) return read.Denied(this, runId);
        var team = run.TeamFor(post);
        var day = shift.Slot.DayIn(read.Zone);
        var members = read.Db.Memberships.Where(m => m.TeamId == team && m.Since <= day && (m.Until == null || day < m.Until)).Select(m => m.VolunteerId);
        var lent = read.Db.Lendings.Where(l => l.RunId == runId && l.BorrowerTeamId == team && l.Status == LendingStatus.Granted).Select(l => l.VolunteerId);
        var pool = read.Db.Volunteers.Where(v => v.Status != VolunteerStatus.Left && (members.Contains(v.Id) || lent.Contains(v.Id) || v.Kind == VolunteerKind.Guest));
        var onShift = run.Assignments.Where(a => a.Holds && a.ShiftId == shift.Id).Select(a => a.VolunteerId).ToHashSet();
        var opening = run.OpeningOf(shift, post, read.Community, await read.ExperienceAsync(run, ct));
        var candidates = (await read.LoadAsync(pool, shift.Slot, ct)).Where(c => !onShift.Contains(c.Id)).ToList();
        var judged = candidates.ConvertAll(c => (Who: c, Says: EligibilityRules.Judge(c, opening, EligibilityRules.ForRoster)));
        var people = judged
            .Where(j => j.Who.Volunteer.Kind == VolunteerKind.Member || j.Says.Against.OfType<QualificationLacking>().Any() is false)
            .OrderBy(j => j.Says.IsEligible ? 0 : j.Says.MayBeOverridden ? 1 : 2)
            .ThenBy(j => j.Says.Against.Count)
            .ThenBy(j => j.Who.TotalLoad)
            .ThenBy(j => j.Who.Volunteer.Number, StringComparer.Ordinal)
            .Select(j => new CandidateView(j.Who.Id, j.Who.Name, j.Who.Volunteer.Number, j.Says.For, j.Says.Against, [.. j.Who.Load.TakeLast(ShownWeeks)], j.Who.CompletedRuns))
            .ToList();
        return new CandidatesView(post.Name, shift.Slot, Math.Max(0, post.Min - run.Heads(post)), Funnel(judged.ConvertAll(j => j.Says)), people);
    }

    private static List<FunnelStep> Funnel(IReadOnlyList<Judgement> judged)
    {
        var steps = new List<FunnelStep> { new("Pool", judged.Count) };
        var left = judged;
        foreach (var (rule, type) in new (string, Func<Obstacle, bool>)[]
        {
            ("Qualified", o => o is QualificationLacking),
            ("Valid", o => o is QualificationNotValid),
            ("Free", o => o is NotAvailable),
            ("NoClash", o => o is BusyElsewhere),
            ("Rest", _ => true),
        })
        {
            var passed = left.Where(j => !j.Against.Any(type)).ToList();
            if (passed.Count != left.Count || rule == "Rest") steps.Add(new(rule, passed.Count));
            left = passed;
        }

        return steps;
    }
}
