using CsCheck;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Domain.Volunteers;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Support;

/// <summary>A dozen people and a handful of runs over a weekend, as chance throws them together: teams, qualifications, limits, seats held.</summary>
public sealed class RosterWorld
{
    private static readonly SiteId Station = SiteId.New();
    private static readonly DateTimeOffset Now = Thursday.At("12:00");

    private readonly List<Candidate> _people = [];

    /// <summary>Draws a world.</summary>
    public static readonly Gen<RosterWorld> Gen = CsCheck.Gen.Int[0, int.MaxValue].Select(seed => new RosterWorld(seed));

    private RosterWorld(int seed)
    {
        var dice = new Random(seed);
        Community = A.Community();
        Community.Adopt(DutyPolicy.Default with { HoursAWeek = dice.Next(4, 9), MixesExperience = dice.Next(3) > 0 });
        for (var i = 0; i < 12; i++) _people.Add(Person(dice, i));
        Experience = new(_people.ToDictionary(p => p.Id, p => p.CompletedRuns), true);
        for (var i = 0; i < 6; i++) Runs.Add(Run(dice, i));
        for (var i = 0; i < 14; i++) Seat(dice);
    }

    public Community Community { get; }

    public List<ServiceRun> Runs { get; } = [];

    public CrewExperience Experience { get; }

    public static DateTimeOffset At => Now;

    /// <summary>Everybody, as the rules see them at that time.</summary>
    public IEnumerable<Candidate> Everybody => _people.Select(p => Of(p.Id)!);

    public ProposalFacts Facts => new([.. _people.Select(p => p.Id)], (who, _) => Of(who), DutiesOf, who => _people.Single(p => p.Id == who).CompletedRuns, Experience);

    public Candidate? Of(VolunteerId who) => _people.Find(p => p.Id == who) is { } person ? person with { Commitments = DutiesOf(who) } : null;

    public Opening OpeningOf(ServiceRun run, Shift shift, Post post) => run.OpeningOf(shift, post, Community, Experience);

    public Outcome<Assignment> Put(ServiceRun run, PostId post, VolunteerId who, AssignmentOrigin origin, string? reason = null) =>
        run.Assign(post, Of(who)!, origin, reason, The.Leader, Now, Community, Experience);

    /// <summary>That nobody is in two places at once, nor on a post without its qualification, nor a post fuller than it may be.</summary>
    public void HoldsItsInvariants()
    {
        foreach (var person in _people)
        {
            var slots = DutiesOf(person.Id).Select(d => d.Slot).OrderBy(s => s.Start).ToList();
            for (var i = 1; i < slots.Count; i++) Assert.False(slots[i - 1].Overlaps(slots[i]), $"{person.Name} is in two places at once.");
        }

        foreach (var run in Runs)
        {
            foreach (var (shift, post) in run.Posts)
            {
                Assert.True(run.Heads(post) <= post.Max, $"{post.Name} holds more than it may.");
                foreach (var held in run.Assignments.Where(a => a.Holds && a.PostId == post.Id))
                    Assert.Null(new QualificationRule().Look(_people.Single(p => p.Id == held.VolunteerId), run.OpeningOf(shift, post, Community.Zone)) as Obstacle);
            }
        }
    }

    private IReadOnlyList<Commitment> DutiesOf(VolunteerId who) =>
        [.. Runs.SelectMany(r => r.Assignments.Where(a => a.Holds && a.VolunteerId == who).Select(a => new Commitment(r.Id, r.Title, "", a.Slot, r.SiteId)))];

    private static Candidate Person(Random dice, int number)
    {
        var who = new Volunteer($"2026-{number:0000}", $"志愿者{number}", VolunteerKind.Member, null);
        if (dice.Next(3) == 0) who.Qualified("护士", until: dice.Next(2) == 0 ? Saturday : null);
        if (dice.Next(3) == 0) who.Except(dice.Next(2) == 0 ? Saturday : Sunday, free: false);
        if (dice.Next(4) == 0) who.FreeOn(DayOfWeek.Saturday, "10:00", "18:00").FreeOn(DayOfWeek.Sunday, "08:00", "12:00");
        if (dice.Next(4) == 0) who.Speaking("mn");
        var completed = dice.Next(4) switch { 0 => 0, 1 => 1, _ => dice.Next(3, 9) };
        return who.In(dice.Next(3) == 0 ? The.LawTeam : The.HealthTeam) with { CompletedRuns = completed, Load = [TimeSpan.FromHours(completed)] };
    }

    private static ServiceRun Run(Random dice, int number)
    {
        var day = dice.Next(2) == 0 ? Saturday : Sunday;
        var start = day.At("08:00").AddMinutes(30 * dice.Next(0, 24));
        var slot = new TimeSlot(start, start.AddMinutes(30 * dice.Next(2, 7)));
        var law = dice.Next(3) == 0;
        var plan = A.Run($"活动{number}") with { SiteId = dice.Next(2) == 0 ? The.Square : Station, CoTeamIds = [The.LawTeam] };
        var least = dice.Next(0, 3);
        PostPlan[] posts =
        [
            A.Post("引导", max: Math.Max(1, least + dice.Next(0, 3)), min: least, coTeam: law ? The.LawTeam : null),
            A.Post("护理", max: 1, qualification: dice.Next(2) == 0 ? "护士" : null, language: dice.Next(4) == 0 ? "mn" : null),
        ];
        return plan.WithShift(slot, posts).AsDraft();
    }

    /// <summary>Somebody takes a seat, by whatever rules are set aside, and what follows may happen.</summary>
    private void Seat(Random dice)
    {
        var run = Runs[dice.Next(Runs.Count)];
        var post = run.Posts.ElementAt(dice.Next(run.Posts.Count())).Post;
        var origin = dice.Next(2) == 0 ? AssignmentOrigin.Proposal : AssignmentOrigin.Leader;
        var put = Put(run, post.Id, _people[dice.Next(_people.Count)].Id, origin, dice.Next(2) == 0 ? "人手不够" : null);
        if (put.Refused) return;
        switch (dice.Next(5))
        {
            case 0:
                run.Publish(Now);
                break;
            case 1:
                run.Publish(Now);
                run.Answer(put.Value.Id, dice.Next(2) == 0, "有事", put.Value.VolunteerId, true, Now, DutyPolicy.Default, DutiesOf(put.Value.VolunteerId));
                break;
            case 2:
                run.Publish(Now);
                run.Remove(put.Value, Now);
                break;
        }
    }
}
