using CsCheck;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Scheduling;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Domain.Scheduling;

/// <summary>Whatever there is, a proposal and a repair keep every rule, and what they leave alone stays.</summary>
public sealed class ProposalProperties
{
    private const int Moves = 3_000;

    [Fact]
    public void Every_step_of_a_proposal_is_allowed_by_every_rule_and_needs_no_override()
    {
        var changes = 0;
        RosterWorld.Gen.Sample(world =>
        {
            var proposal = Propose(world, new ProposalOptions(FreesUnanswered: world.Runs.Count % 2 == 0));
            var stays = Stays(world);
            Apply(world, proposal);
            world.HoldsItsInvariants();
            Assert.Superset(stays, Held(world));
            Interlocked.Add(ref changes, proposal.Changes.Count);
            Assert.True(proposal.After.LeastFilled >= proposal.Before.LeastFilled);
        }, iter: 400);
        Assert.True(changes > 150, "Hardly anything was ever proposed.");
    }

    [Fact]
    public void What_a_proposal_says_of_before_and_after_is_what_the_rosters_say() => RosterWorld.Gen.Sample(world =>
    {
        var proposal = Propose(world, new ProposalOptions());
        Assert.Equal(Filled(world), proposal.Before.LeastFilled);
        Apply(world, proposal);
        Assert.Equal(Filled(world), proposal.After.LeastFilled);
    }, iter: 60);

    [Fact]
    public void The_same_seed_proposes_the_same() => RosterWorld.Gen.Sample(world =>
        Assert.Equal(Propose(world, new ProposalOptions()).Changes, Propose(world, new ProposalOptions()).Changes), iter: 30);

    [Fact]
    public void A_repair_fills_the_hole_and_moves_nobody_it_need_not()
    {
        var (repaired, moved) = (0, 0);
        RosterWorld.Gen.Sample(world =>
        {
            var hole = world.Runs.SelectMany(r => r.Posts.Where(p => r.Heads(p.Post) < p.Post.Min).Select(p => (Run: r, p.Post))).FirstOrDefault();
            if (hole.Post is null) return;
            var problem = new ProposalProblem(world.Runs, world.Facts, world.Community, new ProposalOptions(FillToMax: false), (_, _) => true, RosterWorld.At, hole.Post.Id);
            var proposal = problem.Read(RosterEngine.Repair(problem.Problem, 1, SearchBudget.OfIterations(Moves)), 1);
            var filled = proposal.After.LeastFilled;
            Assert.True(filled >= proposal.Before.LeastFilled);
            var (heads, aside) = (hole.Run.Heads(hole.Post), SetAside(world));
            Apply(world, proposal);
            world.HoldsItsInvariants();
            // What a leader decided against a rule is not undone by the way.
            Assert.Superset(aside, Held(world));
            if (!proposal.Changes.Any(c => c.Added && c.PostId == hole.Post.Id)) return;
            Assert.True(hole.Run.Heads(hole.Post) > heads);
            Interlocked.Increment(ref repaired);
            Interlocked.Add(ref moved, proposal.Changes.Count(c => !c.Added));
        }, iter: 400);
        Assert.True(repaired > 20, "Hardly any hole was ever filled.");
        Assert.True(moved < repaired, "More people moved than holes were filled.");
    }

    private static RosterProposal Propose(RosterWorld world, ProposalOptions options)
    {
        var problem = new ProposalProblem(world.Runs, world.Facts, world.Community, options, (_, _) => true, RosterWorld.At);
        var answer = RosterEngine.Solve(problem.Problem, 7, SearchBudget.OfIterations(Moves));
        Assert.True(RosterCheck.Judge(problem.Problem, answer.Pairs).Keeps);
        return problem.Read(answer, 7);
    }

    private static void Apply(RosterWorld world, RosterProposal proposal)
    {
        foreach (var step in proposal.Changes)
        {
            var run = world.Runs.Single(r => r.Id == step.RunId);
            if (step.Added)
            {
                var put = world.Put(run, step.PostId, step.VolunteerId, AssignmentOrigin.Proposal);
                Assert.False(put.Refused, $"{put.Refusal} {string.Join(' ', (put.Refusal as ReasonNeeded)?.Obstacles ?? (put.Refusal as NotEligible)?.Obstacles ?? [])}");
                continue;
            }

            // Who moves gives the published seat up at once: it would keep the time that the new one needs.
            var seat = run.Assignments.Single(a => a.Holds && !a.LeavesWithDraft && a.PostId == step.PostId && a.VolunteerId == step.VolunteerId);
            if (seat.IsPublished) run.GiveUp([seat], null, The.Leader, RosterWorld.At);
            else run.Remove(seat, RosterWorld.At);
            Assert.False(seat.Holds);
        }
    }

    /// <summary>Seats that no proposal may touch: pinned ones, and those that somebody said yes to.</summary>
    private static HashSet<(PostId, VolunteerId)> Stays(RosterWorld world) => [.. world.Runs.SelectMany(r => r.Assignments)
        .Where(a => a.Status == AssignmentStatus.Accepted && !a.LeavesWithDraft || a.Status == AssignmentStatus.Proposed && !a.MayBeMoved).Select(a => (a.PostId, a.VolunteerId))];

    /// <summary>Seats for which a rule about the person alone was set aside.</summary>
    private static HashSet<(PostId, VolunteerId)> SetAside(RosterWorld world) => [.. from run in world.Runs
                                                                                     from seat in run.Assignments
                                                                                     where seat.Holds && !seat.LeavesWithDraft
                                                                                     let at = run.Find(seat.PostId)!.Value
                                                                                     where EligibilityRules.Judge(world.Of(seat.VolunteerId)!, run.OpeningOf(at.Shift, at.Post, world.Community, CrewExperience.Unknown), EligibilityRules.OfOneSeat).Against.Count > 0
                                                                                     select (seat.PostId, seat.VolunteerId)];

    private static HashSet<(PostId, VolunteerId)> Held(RosterWorld world) =>
        [.. world.Runs.SelectMany(r => r.Assignments).Where(a => a.Holds && !a.LeavesWithDraft).Select(a => (a.PostId, a.VolunteerId))];

    private static int Filled(RosterWorld world) => world.Runs.SelectMany(r => r.Posts.Select(p => Math.Min(p.Post.Min, r.Heads(p.Post)))).Sum();
}
