using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters.Proposals;

/// <summary>What came of taking a proposal.</summary>
/// <param name="Edit">The change, which can be undone; null where nothing could be done.</param>
/// <param name="Done">Steps that were done.</param>
/// <param name="Left">Steps that the rules refuse by now, with why.</param>
public sealed record TakenProposal(RosterEditId? Edit, int Done, IReadOnlyList<NotPutBack> Left);

/// <summary>
/// Takes a proposal into the draft, all of it or seat by seat. Every step is checked against what is true by then: what others did
/// meanwhile is never overwritten.
/// </summary>
public sealed class TakeProposal(Hub hub, ProposalDesk desk)
{
    /// <param name="actor">Who takes it: who had it searched.</param>
    /// <param name="id">The search.</param>
    /// <param name="chosen">Indexes of the changes that are taken; null for all.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<TakenProposal>> RunAsync(Actor actor, Guid id, IReadOnlySet<int>? chosen = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (desk.Find(id) is not { } search) return new ProposalGone();
        if (search.By != actor.Id) return work.Denied(this, id);
        if (search.Result is not { } result) return new ProposalNotReady();
        var wanted = result.Proposal.Changes.Where((_, i) => chosen is null || chosen.Contains(i)).ToList();
        if (wanted.Count == 0) return new NothingChosen();
        var taken = await work.ApplyAsync(this, wanted, RosterEditKind.Proposal, AssignmentOrigin.Proposal, ct);
        if (taken is { Refused: false, Value.Edit: { } edit }) search.Taken = edit;
        return taken;
    }
}

internal static class ProposedChanges
{
    /// <summary>Does the steps of a proposal or a repair in one unit of work, each of them judged by what is true by then.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="job">Who asks, for the audit.</param>
    /// <param name="wanted">The steps.</param>
    /// <param name="kind">What they are together.</param>
    /// <param name="origin">How seats come about.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <param name="whole">Whether one step that is refused refuses all: nothing is committed then.</param>
    public static async Task<Outcome<TakenProposal>> ApplyAsync(
        this HubTransaction work, object job, IReadOnlyList<ProposedChange> wanted, RosterEditKind kind, AssignmentOrigin origin, CancellationToken ct, bool whole = false)
    {
        var changes = await RosterChanges.OpenAsync(work, [.. wanted.Select(c => c.RunId).Distinct()], [.. wanted.Select(c => c.VolunteerId).Distinct()], ct);
        foreach (var step in wanted)
            if (changes.Run(step.RunId) is { } run && !(run.Find(step.PostId) is var (_, post) ? work.Authority.MayStaff(run, post) : work.Authority.MayStaff(run)))
                return work.Denied(job, step.RunId);
        var (done, left) = (0, new List<NotPutBack>());
        var moving = wanted.Where(c => c.Added).Select(c => c.VolunteerId).ToHashSet();
        foreach (var step in wanted)
        {
            // Who goes nowhere leaves a published seat with the draft, and is told when that is published.
            var outcome = step.Added ? changes.Put(step.RunId, step.PostId, step.VolunteerId, origin).WithoutValue
                : changes.Run(step.RunId)?.Assignments.FirstOrDefault(a => a.Holds && !a.LeavesWithDraft && a.PostId == step.PostId && a.VolunteerId == step.VolunteerId) is { } seat
                    ? moving.Contains(step.VolunteerId) ? changes.Release(step.RunId, seat.Id) : changes.TakeOff(step.RunId, seat.Id) : new AssignmentNotFound();
            // A published seat was given up for this one: without it the person would have neither.
            if (outcome.Refused && (whole || step.Added && changes.Released.Contains(step.VolunteerId))) return outcome.Refusal;
            if (outcome.Refused) left.Add(new(changes.Name(step.VolunteerId), changes.Run(step.RunId)?.Find(step.PostId)?.Post.Name ?? "", outcome.Refusal));
            else done++;
        }

        return new TakenProposal(await changes.SaveAsync(kind, ct), done, left);
    }
}
