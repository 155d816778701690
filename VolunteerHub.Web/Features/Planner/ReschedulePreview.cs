using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>Somebody whom a change of time asks again.</summary>
/// <param name="Name">Who.</param>
/// <param name="Post">On which post.</param>
/// <param name="HadSaidYes">Whether the person had said yes to the time before.</param>
public sealed record AskedAgain(string Name, string Post, bool HadSaidYes);

/// <summary>What a new plan of a run would mean for the people on it.</summary>
/// <param name="Title">The run.</param>
/// <param name="Before">From the first start to the last end, as it is.</param>
/// <param name="After">The same, as it would be.</param>
/// <param name="Seen">The plan version that this was seen at.</param>
/// <param name="Asked">Who is told of the new time and has to say yes anew.</param>
/// <param name="Conflicts">Whom it would not suit, and why: with any of these it is refused.</param>
/// <param name="Refusal">Why it cannot be done at all, whoever is on it; null where it can.</param>
public sealed record ReschedulePreviewView(
    string Title, TimeSlot Before, TimeSlot After, int Seen, IReadOnlyList<AskedAgain> Asked, IReadOnlyList<NotEligible> Conflicts, Refusal? Refusal)
{
    /// <summary>Whether it can be done, and nobody need be asked first.</summary>
    public bool IsQuiet => Asked.Count == 0 && Conflicts.Count == 0 && Refusal is null;
}

/// <summary>What moving a whole run would mean, before anything is changed.</summary>
public sealed class ReschedulePreview(Hub hub)
{
    /// <param name="actor">Who looks.</param>
    /// <param name="runId">The run.</param>
    /// <param name="newStart">When the first shift would start.</param>
    /// <param name="newEnd">When the last shift would end; null keeps its length.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<ReschedulePreviewView>> LoadAsync(Actor actor, RunId runId, DateTimeOffset newStart, DateTimeOffset? newEnd = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MayPlan(run.HostTeamId)) return read.Denied(this, runId);
        return await read.PreviewAsync(run, run.AsPlanAt(newStart, newEnd), newStart <= read.Now ? new NewTimeIsPast(newStart) : null, ct);
    }
}

/// <summary>What an edited plan would mean, before it is saved.</summary>
public sealed class RevisionPreview(Hub hub)
{
    public async Task<Outcome<ReschedulePreviewView>> LoadAsync(Actor actor, RunId runId, RunPlan plan, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MayPlan(run.HostTeamId) || !read.Authority.MayPlan(plan.HostTeamId)) return read.Denied(this, runId);
        return await read.PreviewAsync(run, plan, null, ct);
    }
}

/// <summary>The people on a run, seen against a new plan of it.</summary>
internal static class PlannedPeople
{
    public static async Task<ReschedulePreviewView> PreviewAsync(this HubTransaction read, ServiceRun run, RunPlan plan, Refusal? refusal, CancellationToken ct)
    {
        var asked = run.AskedAgainBy(plan).ToList();
        var ids = asked.Select(a => a.VolunteerId).ToList();
        var names = await read.Db.Volunteers.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var conflicts = run.ConflictsOf(plan, await read.HoldersAsync(run, plan, ct), read.Zone);
        return new ReschedulePreviewView(
            run.Title, new TimeSlot(run.StartsAt, run.EndsAt), new TimeSlot(plan.Shifts.Min(s => s.Slot.Start), plan.Shifts.Max(s => s.Slot.End)), run.PlanVersion,
            [.. asked.Select(a => new AskedAgain(names[a.VolunteerId], run.Find(a.PostId)?.Post.Name ?? "", a.Status != AssignmentStatus.Invited)).OrderBy(a => a.Name, StringComparer.CurrentCulture)],
            [.. conflicts.OrderBy(c => c.Name, StringComparer.CurrentCulture)],
            refusal ?? run.NoLongerPlanned(read.Now) ?? asked.Where(a => a.Start <= read.Now).Select(a => new ShiftHasBegun(a.Start)).FirstOrDefault());
    }
}
