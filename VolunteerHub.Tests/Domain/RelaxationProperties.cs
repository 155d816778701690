using CsCheck;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Domain;

/// <summary>What is offered for an empty seat does fill it.</summary>
public sealed class RelaxationProperties
{
    [Fact]
    public void Every_relaxation_that_is_offered_fills_the_seat_when_it_is_applied()
    {
        var applied = new int[Enum.GetValues<RelaxationKind>().Length];
        Gen.Select(RosterWorld.Gen, Gen.Int[0, 29]).Sample((world, pick) =>
        {
            var hole = world.Runs.SelectMany(r => r.Posts.Where(p => r.Heads(p.Post) < p.Post.Min).Select(p => (Run: r, p.Shift, p.Post))).FirstOrDefault();
            if (hole.Post is null) return;
            var (run, shift, post) = hole;
            var seat = world.OpeningOf(run, shift, post);
            var onShift = run.Assignments.Where(a => a.Holds && a.ShiftId == shift.Id).Select(a => a.VolunteerId).ToHashSet();
            var ranking = SeatRanking.Of(world.Everybody.Where(c => !onShift.Contains(c.Id)), seat);
            // The funnel ends with exactly those whom nothing stands against.
            Assert.Equal(ranking.Eligible.Count(), ranking.Funnel[^1].Remaining);
            var offered = Relaxations.For(ranking, seat, post.Min - run.Heads(post), new RelaxationRights(true, _ => true));
            if (offered.Count == 0) return;
            // The rare kinds as often as the common ones.
            var kinds = offered.GroupBy(o => o.Kind).ToList();
            var ofKind = kinds[pick % kinds.Count].ToList();
            var choice = ofKind[pick / kinds.Count % ofKind.Count];
            var before = run.Assignments.Count(a => a.Holds && !a.LeavesWithDraft);
            Apply(world, run, shift, post, choice);
            Assert.Equal(before + choice.Who.Count, run.Assignments.Count(a => a.Holds && !a.LeavesWithDraft));
            world.HoldsItsInvariants();
            Interlocked.Increment(ref applied[(int)choice.Kind]);
        }, iter: 16_000);
        Assert.All(Enum.GetValues<RelaxationKind>(), kind => Assert.True(applied[(int)kind] > 0, $"{kind} was never offered."));
    }

    private static void Apply(RosterWorld world, ServiceRun run, Shift shift, Post post, Relaxation choice)
    {
        var postId = post.Id;
        if (choice.Kind is RelaxationKind.OpenLater or RelaxationKind.EndEarlier)
        {
            var known = run.Posts.Select(p => p.Post.Id).ToHashSet();
            var part = choice.Kind == RelaxationKind.OpenLater ? new TimeSlot(choice.At!.Value, shift.End) : new TimeSlot(shift.Start, choice.At!.Value);
            var revised = run.Revise(run.AsPlanSplitting(postId, part)!, RosterWorld.At, [.. world.Everybody.Select(e => e with { Commitments = [.. e.Commitments.Where(c => c.RunId != run.Id)] })]);
            Assert.False(revised.Refused, $"{revised.Refusal}");
            postId = run.Posts.Single(p => !known.Contains(p.Post.Id)).Post.Id;
        }

        foreach (var who in choice.Who)
        {
            var facts = world.Of(who)!;
            if (choice.Kind == RelaxationKind.Lend) facts = facts with { Lent = [new LentTo(run.Id, run.TeamFor(post), "法律服务队")] };
            var put = run.Assign(postId, facts, AssignmentOrigin.Leader, choice.Kind == RelaxationKind.SetAside ? "缺人" : null, The.Leader, RosterWorld.At, world.Community, world.Experience);
            Assert.False(put.Refused, $"{choice}: {put.Refusal}");
        }
    }
}
