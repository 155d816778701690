using System.Globalization;
using CsCheck;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

/// <summary>Invariants 1 and 2, over three runs that share their people, whatever leaders and volunteers do in whatever order.</summary>
public sealed class RosterProperties
{
    private static readonly Gen<Command[]> Commands = Gen.Select(
        Gen.OneOf(
            Verb.Assign, Verb.Assign, Verb.Assign, Verb.Assign, Verb.Publish, Verb.Publish, Verb.Yes, Verb.Yes, Verb.No, Verb.No,
            Verb.Remove, Verb.Keep, Verb.WalkIn, Verb.Move, Verb.Move, Verb.Demand, Verb.Resize, Verb.Replan),
        Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 30], Gen.OneOf(0, 0, 10, 60, 180), Gen.Bool,
        (verb, run, who, post, pick, minutes, flag) => new Command(verb, run, who, post, pick, minutes, flag)).Array[1, 60];

    private enum Verb
    {
        Assign,
        Publish,
        Yes,
        No,
        Remove,
        Keep,
        WalkIn,
        Move,
        Demand,
        Resize,
        Replan,
    }

    [Fact]
    public void Whatever_is_done_nobody_holds_overlapping_slots_or_a_post_without_its_qualification()
    {
        var done = new int[Enum.GetValues<Verb>().Length];
        var refused = 0;
        Commands.Sample(commands =>
        {
            var world = new World();
            foreach (var command in commands)
            {
                var before = world.Snapshot();
                if (world.Do(command) is { } outcome)
                {
                    Interlocked.Increment(ref outcome.Refused ? ref refused : ref done[(int)command.Verb]);
                    if (outcome.Refused) Assert.Equal(before, world.Snapshot());
                }

                world.HoldsItsInvariants();
            }
        }, iter: 2000, print: commands => string.Join("\n", commands.AsEnumerable()));

        Assert.All(Enum.GetValues<Verb>(), verb => Assert.True(done[(int)verb] > 0, $"{verb} was never done."));
        Assert.True(refused > 0, "Nothing was ever refused.");
    }

    private sealed record Command(Verb Verb, int Run, int Who, int Post, int Pick, int Minutes, bool Flag);

    private sealed class World
    {
        private readonly List<Candidate> _people =
        [
            A.Volunteer("李娜").Qualified("护士", until: Saturday).InHealthTeam(),
            A.Volunteer("赵敏").Qualified("护士", from: Sunday).InHealthTeam(),
            A.Volunteer("马兰").Qualified("护士").Except(Saturday, free: false).InHealthTeam(),
            A.Volunteer("王强").InHealthTeam(),
        ];

        private readonly List<ServiceRun> _runs =
        [
            A.Run("健康义诊").WithShift(SlotOf(0), A.Post("导诊"), A.Post("量血压", max: 1, qualification: "护士")).WithShift(SlotOf(3), A.Post("收尾")).AsDraft(),
            A.Run("法律咨询").WithShift(SlotOf(1), A.Post("接待"), A.Post("急救", max: 1, qualification: "护士")).AsDraft(),
            A.Run("夜间巡逻").WithShift(SlotOf(11), A.Post("巡逻"), A.Post("随队护士", qualification: "护士")).AsDraft(),
        ];

        private DateTimeOffset _now = Friday.At("20:00");

        /// <returns>What was answered; null where there was nothing to say it to.</returns>
        public Outcome? Do(Command command)
        {
            _now = _now.AddMinutes(command.Minutes);
            var run = _runs[command.Run];
            var who = WithTrueCommitments(_people[command.Who]);
            var post = run.Posts.ElementAt(command.Post % run.Posts.Count()).Post;
            var seat = run.Assignments.Count > 0 ? run.Assignments[command.Pick % run.Assignments.Count] : null;
            if (seat is null && command.Verb is (Verb.Yes or Verb.No or Verb.Remove or Verb.Keep)) return null;
            return command.Verb switch
            {
                Verb.Assign => run.Assign(post.Id, who, AssignmentOrigin.Leader, "人手不够", The.Leader, _now, A.Community(), CrewExperience.Unknown).WithoutValue,
                Verb.WalkIn => run.WalkIn(post.Id, who, The.Leader, _now, A.Community()).WithoutValue,
                Verb.Publish => run.Publish(_now).WithoutValue,
                Verb.Move => Revise(run, run.AsPlan().Moving(SlotOf(command.Pick), shift: command.Post % run.Shifts.Count)),
                Verb.Demand => Revise(run, run.AsPlan().Changing(post.Name, p => p with { Qualification = command.Flag ? "护士" : null })),
                Verb.Resize => Revise(run, run.AsPlan().Changing(post.Name, p => p with { Max = 1 + (command.Pick % 3) })),
                Verb.Replan => Revise(run, command.Flag ? run.AsPlan().Without(post.Name) : Extended(run, post.Name)),
                Verb.Yes => Answer(run, seat!, yes: true, command.Flag),
                Verb.No => Answer(run, seat!, yes: false, command.Flag),
                Verb.Remove => run.Remove(seat!, _now),
                Verb.Keep => run.Keep(seat!.Id),
                _ => throw new InvalidOperationException($"{command.Verb}"),
            };
        }

        public void HoldsItsInvariants()
        {
            foreach (var who in _people)
            {
                var held = _runs.SelectMany(r => r.Assignments).Where(a => a.Holds && a.VolunteerId == who.Id).OrderBy(a => a.Start).ToList();
                Assert.All(held.Zip(held.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{who.Name} holds overlapping slots."));
            }

            foreach (var run in _runs)
            {
                foreach (var seat in run.Assignments.Where(a => a.Holds))
                {
                    var found = run.Find(seat.PostId);
                    Assert.True(found is not null, "Someone holds a post that is not there.");
                    Assert.Equal(found.Value.Shift.Slot, seat.Slot);
                    if (found.Value.Post.Qualification is { } kind) Assert.True(IsQualified(seat, kind), "Someone holds a post without its qualification.");
                }

                Assert.All(run.Posts, p => Assert.InRange(
                    run.Assignments.Count(a => a.Holds && !a.LeavesWithDraft && a.PostId == p.Post.Id && a.Origin != AssignmentOrigin.WalkIn), 0, p.Post.Max));
                Assert.All(run.Assignments, a => Assert.Equal(a.Status, a.History[^1].Status));
            }
        }

        public string Snapshot() => string.Join('\n', _runs.Select(run =>
        {
            var shifts = run.Posts.Select(p => string.Create(CultureInfo.InvariantCulture,
                $"{p.Shift.Id} {p.Shift.Slot} {p.Post.Id} {p.Post.Name} {p.Post.Max} {p.Post.Qualification}"));
            var seats = run.Assignments.Select(a => string.Create(CultureInfo.InvariantCulture,
                $"{a.Id} {a.Status} {a.Slot} {a.LeavesWithDraft} {a.DeclineReason} {a.History.Count}"));
            return $"{run.Title} {run.Status} {string.Join("; ", shifts)} | {string.Join("; ", seats)}";
        }));

        /// <summary>Two hours, from Saturday noon on, every hour until Sunday night.</summary>
        private static TimeSlot SlotOf(int hour) => new(Saturday.At("12:00").AddHours(hour), Saturday.At("14:00").AddHours(hour));

        /// <summary>The run with another post in the shift of <paramref name="post"/>.</summary>
        private static RunPlan Extended(ServiceRun run, string post)
        {
            var plan = run.AsPlan();
            var shift = plan.Shifts.Index().First(s => s.Item.Posts.Any(p => p.Name == post)).Index;
            return plan.Changing(shift, s => s with { Posts = [.. s.Posts, A.Post($"{post}+{plan.Shifts.Sum(x => x.Posts.Count)}")] });
        }

        /// <summary>Asked anew here, day by day, of all that the person was given.</summary>
        private bool IsQualified(Assignment seat, string kind)
        {
            var (start, end) = seat.Slot.On(Shanghai);
            var who = _people.Single(p => p.Id == seat.VolunteerId).Volunteer;
            for (var day = DateOnly.FromDateTime(start); day.ToDateTime(TimeOnly.MinValue) < end; day = day.AddDays(1))
                if (!who.Qualifications.Any(q => q.Kind == kind && q.From <= day && (q.Until is null || day <= q.Until))) return false;
            return true;
        }

        private Candidate WithTrueCommitments(Candidate who) => who.Holding([.. _runs]);

        private Outcome Answer(ServiceRun run, Assignment seat, bool yes, bool byLeader) =>
            run.Answer(seat.Id, yes, "另有安排", seat.VolunteerId, byLeader, _now, DutyPolicy.Default,
                WithTrueCommitments(_people.Single(p => p.Id == seat.VolunteerId)).Commitments);

        private Outcome Revise(ServiceRun run, RunPlan plan) =>
            run.Revise(plan, run.PlanVersion, _people.ToDictionary(p => p.Id, WithTrueCommitments), The.Leader, _now, Shanghai);
    }
}
