using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters.Proposals;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>
/// Fills an empty seat by a relaxation, in one step: asks people, sets one soft rule aside for one person, lets one head serve a part of
/// the shift, or has somebody lent. Judged anew: a relaxation that does not fill the seat any more is refused.
/// </summary>
public sealed class RelaxSeat(Hub hub, IStringLocalizer<Texts> texts)
{
    /// <param name="actor">Who decides.</param>
    /// <param name="runId">The run.</param>
    /// <param name="postId">The post with the empty seat.</param>
    /// <param name="relaxation">One of those that were offered.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>The change, which can be undone.</returns>
    public async Task<Outcome<TakenProposal>> RunAsync(Actor actor, RunId runId, PostId postId, Relaxation relaxation, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Find(postId) is not var (shift, post)) return work.Authority.MayStaff(run) ? new PostNotFound() : work.Denied(this, runId);
        if (!work.Authority.MayStaff(run, post)) return work.Denied(this, runId);
        if (relaxation.Who.Count == 0) return new NothingChosen();
        var (seat, reason) = (postId, (string?)null);
        switch (relaxation.Kind)
        {
            case RelaxationKind.SetAside:
                if (await OnlyRuleAsync(work, run, shift, post, relaxation, ct) is { Refused: true } more) return more.Refusal;
                reason = texts["Relax.Reason"];
                break;
            case RelaxationKind.OpenLater or RelaxationKind.EndEarlier:
                if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
                var split = await SplitAsync(work, run, shift, post, relaxation, ct);
                if (split.Refused) return split.Refusal;
                seat = split.Value;
                break;
            case RelaxationKind.Lend:
                if (relaxation.Home is not { } home || !work.Authority.MayLead(home)) return work.Denied(this, runId);
                if (await LendAsync(work, run, post, home, relaxation.Who[0], ct) is { Refused: true } refused) return refused.Refusal;
                break;
        }

        var changes = await RosterChanges.OpenAsync(work, [run], relaxation.Who, ct);
        foreach (var who in relaxation.Who)
            if (changes.Put(runId, seat, who, AssignmentOrigin.Leader, reason) is { Refused: true } refused) return refused.Refusal;
        var kind = relaxation.Kind is RelaxationKind.OpenLater or RelaxationKind.EndEarlier ? RosterEditKind.Split : RosterEditKind.Relaxation;
        return new TakenProposal(await changes.SaveAsync(kind, ct), changes.Steps.Count, []);
    }

    /// <summary>The rule that was shown is set aside for the one person, not whatever else stands against it by now.</summary>
    private static async Task<Outcome> OnlyRuleAsync(HubTransaction work, ServiceRun run, Shift shift, Post post, Relaxation relaxation, CancellationToken ct)
    {
        if (relaxation.Who.Count > 1) return new AssignmentNotFound();
        if (await work.CandidateAsync(relaxation.Who[0], shift.Slot, ct) is not { } person) return new AssignmentNotFound();
        var against = EligibilityRules.Judge(person, run.OpeningOf(shift, post, work.Community, await work.ExperienceAsync(run, ct)), EligibilityRules.ForRoster).Against;
        return against.Any(o => o.GetType() != relaxation.Effect?.GetType()) || against.Count > 1 ? new ReasonNeeded(person.Name, against) : Outcome.Done;
    }

    private static async Task<Outcome<PostId>> SplitAsync(HubTransaction work, ServiceRun run, Shift shift, Post post, Relaxation relaxation, CancellationToken ct)
    {
        if (relaxation.At is not { } at || at <= shift.Start || at >= shift.End) return new PostNotFound();
        var part = relaxation.Kind == RelaxationKind.OpenLater ? new TimeSlot(at, shift.End) : new TimeSlot(shift.Start, at);
        if (run.AsPlanSplitting(post.Id, part) is not { } plan) return new PostIsFull(post.Name, post.Max);
        var known = run.Posts.Select(p => p.Post.Id).ToHashSet();
        var revised = run.Revise(plan, run.PlanVersion, await work.HoldersAsync(run, plan, ct), work.Actor.Id, work.Now, work.Zone);
        return revised.Refused ? revised.Refusal : run.Posts.Single(p => !known.Contains(p.Post.Id)).Post.Id;
    }

    private static async Task<Outcome> LendAsync(HubTransaction work, ServiceRun run, Post post, TeamId home, VolunteerId who, CancellationToken ct)
    {
        var borrower = run.TeamFor(post);
        var asked = await work.Db.Lendings.FirstOrDefaultAsync(l => l.RunId == run.Id && l.VolunteerId == who && l.BorrowerTeamId == borrower && l.HomeTeamId == home && l.Status == LendingStatus.Asked, ct);
        if (await work.LendableAsync(run, home, borrower, who, asked?.Id, ct) is { Refused: true } refused) return refused.Refusal;
        if (asked is null) work.Db.Lendings.Add(Lending.Offer(who, run.Id, home, borrower, work.Actor.Id, work.Now, null));
        else if (asked.Answer(true, null, work.Actor.Id, work.Now) is { Refused: true } answered) return answered;
        // What the rules are told comes from the records.
        await work.Db.SaveChangesAsync(ct);
        return Outcome.Done;
    }
}
