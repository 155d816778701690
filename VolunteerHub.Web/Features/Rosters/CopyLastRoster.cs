using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>What came of copying: who is on the draft now, and who could not come along, with why.</summary>
public sealed record CopiedRoster(int Copied, IReadOnlyList<NotCopied> Left);

/// <summary>Someone who was there last time and is not put on this time.</summary>
public sealed record NotCopied(string Name, string Post, Refusal Why);

/// <summary>Puts the people of the last run of the same title and team on the posts of the same name.</summary>
public sealed class CopyLastRoster(Hub hub)
{
    /// <param name="actor">Who copies.</param>
    /// <param name="runId">The run to fill.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<CopiedRoster>> RunAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        var last = await work.WholeRuns.AsNoTracking()
            .Where(r => r.Title == run.Title && r.HostTeamId == run.HostTeamId && r.StartsAt < run.StartsAt && (r.Status == RunStatus.Published || r.Status == RunStatus.Completed))
            .OrderByDescending(r => r.StartsAt).FirstOrDefaultAsync(ct);
        if (last is null) return new NothingToCopy();

        var people = await work.ExperienceAsync([run, last], ct);
        var (copied, left) = (0, new List<NotCopied>());
        var settled = run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId).ToHashSet();
        foreach (var (shift, post) in run.Posts)
        {
            foreach (var earlier in PeopleOn(last, run, shift, post).Where(a => !run.Assignments.Any(b => b.ShiftId == shift.Id && b.VolunteerId == a.VolunteerId && b.Holds)))
            {
                if (run.Heads(post) >= post.Max) break;
                if (await work.CandidateAsync(earlier.VolunteerId, shift.Slot, ct) is not { } who) continue;
                // Rows of this very job are not in the database yet.
                var here = run.Assignments.Where(a => a.Holds && a.VolunteerId == who.Id).Select(a => new Commitment(run.Id, run.Title, "", a.Slot, run.SiteId));
                var facts = who with { Commitments = [.. who.Commitments.Where(c => c.RunId != run.Id), .. here] };
                var assigned = run.Assign(post.Id, facts, AssignmentOrigin.Leader, null, actor.Id, work.Now, work.Community, people);
                if (assigned.Refused) left.Add(new(who.Name, post.Name, assigned.Refusal));
                else copied++;
                settled.Add(who.Id);
            }
        }

        foreach (var earlier in last.Assignments.Where(WasThere).Where(a => !settled.Contains(a.VolunteerId)).DistinctBy(a => a.VolunteerId))
        {
            var name = await work.Db.Volunteers.Where(v => v.Id == earlier.VolunteerId).Select(v => v.Name).SingleAsync(ct);
            var post = last.Find(earlier.PostId)?.Post.Name ?? "";
            var full = run.Posts.Select(p => p.Post).FirstOrDefault(p => p.Name == post);
            left.Add(new(name, post, full is null ? new PostNotFound() : new PostIsFull(post, full.Max)));
        }

        if (copied > 0) await work.SaveAsync(runId, ct);
        return new CopiedRoster(copied, left);
    }

    /// <summary>Who was on the post of that name: of the same shift where both runs have as many, else of any.</summary>
    private static IEnumerable<Assignment> PeopleOn(ServiceRun last, ServiceRun run, Shift shift, Post post)
    {
        var (then, now) = (last.Shifts.OrderBy(s => s.Start).ToList(), run.Shifts.OrderBy(s => s.Start).ToList());
        var same = then.Count == now.Count ? then[now.IndexOf(shift)].Id : (ShiftId?)null;
        return last.Assignments.Where(a => WasThere(a) && last.Find(a.PostId)?.Post.Name == post.Name && (same is null || a.ShiftId == same));
    }

    private static bool WasThere(Assignment a) => a.Status == AssignmentStatus.Accepted && a.Origin != AssignmentOrigin.WalkIn;
}
