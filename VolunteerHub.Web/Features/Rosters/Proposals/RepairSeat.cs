using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Scheduling;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters.Proposals;

/// <summary>Nobody can fill the hole, also where others moved.</summary>
public sealed record NoRepair : Refusal;

/// <summary>The post has its least heads: there is no hole.</summary>
public sealed record NoHole(string Post) : Refusal;

/// <summary>A step of a repair: who goes where.</summary>
/// <param name="Name">The person.</param>
/// <param name="Run">Title of the run.</param>
/// <param name="Slot">The time.</param>
/// <param name="Post">The post.</param>
/// <param name="Added">Whether the person is put on the post; else taken off.</param>
/// <param name="IsTold">Whether the person knows of the seat that is given up at once, and so has to be told.</param>
public sealed record RepairStep(string Name, string Run, TimeSlot Slot, string Post, bool Added, bool IsTold);

/// <summary>The smallest change that was found to fill a hole.</summary>
public sealed record RepairView(IReadOnlyList<RepairStep> Steps, IReadOnlyList<ProposedChange> Changes)
{
    /// <summary>People who have to move for it.</summary>
    public int Moved => Changes.Where(c => !c.Added).Select(c => c.VolunteerId).Distinct().Count();
}

/// <summary>
/// The smallest change that fills a post: somebody who is free, or somebody who moves here and leaves a seat that another can take.
/// Looks at the runs of the days around it on which the actor may fill posts.
/// </summary>
public sealed class RepairOffer(Hub hub)
{
    public async Task<Outcome<RepairView>> LoadAsync(Actor actor, RunId runId, PostId postId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        return await read.RepairAsync(this, runId, postId, ct);
    }
}

/// <summary>Fills a post by the smallest change; it can be undone as one.</summary>
public sealed class RepairSeat(Hub hub)
{
    /// <param name="actor">Who repairs.</param>
    /// <param name="runId">The run.</param>
    /// <param name="postId">The post with the hole.</param>
    /// <param name="seen">The steps that the leader looked at; others by now are refused.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<TakenProposal>> RunAsync(Actor actor, RunId runId, PostId postId, IReadOnlyList<ProposedChange> seen, CancellationToken ct = default)
    {
        // Searched before the records are locked: people check in meanwhile. Each step is judged again under the lock.
        Outcome<RepairView> found;
        await using (var read = await hub.ReadAsync(actor, ct)) found = await read.RepairAsync(this, runId, postId, ct);
        if (found.Refused) return found.Refusal;
        if (!found.Value.Changes.SequenceEqual(seen)) return new RosterChanged(found.Value.Changes.Count(c => c.Added), found.Value.Changes.Count(c => !c.Added));
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run || run.Find(postId) is not var (_, post)) return new PostNotFound();
        if (run.Heads(post) >= post.Min) return new NoHole(post.Name);
        return await work.ApplyAsync(this, found.Value.Changes, RosterEditKind.Repair, AssignmentOrigin.Leader, ct, whole: true);
    }
}

internal static class Repairs
{
    private const int DaysAround = 3;
    private const int Moves = 60_000;

    public static async Task<Outcome<RepairView>> RepairAsync(this HubTransaction read, object job, RunId runId, PostId postId, CancellationToken ct)
    {
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Find(postId) is not var (shift, post)) return read.Authority.MayStaff(run) ? new PostNotFound() : read.Denied(job, runId);
        if (!read.Authority.MayStaff(run, post)) return read.Denied(job, runId);
        if (run.NoLongerPlanned(read.Now) is { } closed) return closed;
        if (run.Heads(post) >= post.Min) return new NoHole(post.Name);
        var day = shift.Slot.DayIn(read.Zone);
        var runs = await ProposalSource.RunsAsync(read, new ProposalScope(day.AddDays(-DaysAround), 2 * DaysAround + 1, null, null, new ProposalOptions()), ct);
        var source = await ProposalSource.OpenAsync(read, runs, ct);
        var problem = source.Problem(new ProposalOptions(FillToMax: false), postId);
        var answer = RosterEngine.Repair(problem.Problem, 1, SearchBudget.OfIterations(Moves), null, ct);
        var proposal = problem.Read(answer, 1);
        if (!proposal.Changes.Any(c => c.Added && c.PostId == postId)) return new NoRepair();
        var known = runs.ToDictionary(r => r.Id);
        return new RepairView([.. proposal.Changes.Select(c => Step(c, known[c.RunId], source))], proposal.Changes);
    }

    private static RepairStep Step(ProposedChange change, ServiceRun run, ProposalSource source)
    {
        var (shift, post) = run.Find(change.PostId)!.Value;
        var told = !change.Added && run.Assignments.Any(a => a.IsPublished && a.PostId == change.PostId && a.VolunteerId == change.VolunteerId);
        return new(source.Book.NameOf(change.VolunteerId), run.Title, shift.Slot, post.Name, change.Added, told);
    }
}
