using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

public sealed class RosterJobsTests
{
    [Fact]
    public async Task Two_leaders_who_want_the_same_person_at_the_same_time_do_not_both_get_them()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
        var (one, other) = (hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader)), hub.ActorOf(await hub.VolunteerAsync("吴爱", care, TeamRole.Leader)));
        var people = await hub.VolunteersAsync(25, health);
        await hub.ChangeAsync(db => db.Memberships.AddRange(people.Select(p => new Membership(p.Id, care.Id, TeamRole.Member, hub.Today.AddYears(-1)))));
        var day = hub.Today.AddDays(3);
        var clinic = await hub.RunAsync(new RunSketch(health, new PostSketch("引导") { Max = 50 }) { Day = day, Title = "送健康·健康义诊" });
        var visits = await hub.RunAsync(new RunSketch(care, new PostSketch("陪伴") { Max = 50 }) { Day = day, From = "11:00", To = "12:00", Title = "送关怀·结对陪伴" });
        var job = hub.Get<AssignVolunteer>();
        foreach (var person in people)
        {
            var answers = await Task.WhenAll(
                Task.Run(() => job.RunAsync(one, clinic.Id, clinic.PostNamed("引导").Id, person.Id)),
                Task.Run(() => job.RunAsync(other, visits.Id, visits.PostNamed("陪伴").Id, person.Id)));
            var refusal = Assert.IsType<NotEligible>(Assert.Single(answers, a => a.Refused).Refusal);
            var busy = Assert.IsType<BusyElsewhere>(Assert.Single(refusal.Obstacles));
            Assert.Equal(answers[0].Refused ? "送关怀·结对陪伴" : "送健康·健康义诊", busy.RunTitle);
        }

        Assert.Equal(25, (await hub.LoadAsync(clinic.Id)).Assignments.Count + (await hub.LoadAsync(visits.Id)).Assignments.Count);
    }

    [Fact]
    public async Task Leaders_who_fill_the_last_seat_at_once_do_not_overfill_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var people = await hub.VolunteersAsync(12, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导") { Max = 3 }) { Day = hub.Today.AddDays(3) });
        var answers = await Task.WhenAll(people.Select(p => Task.Run(() => hub.Get<AssignVolunteer>().RunAsync(leader, run.Id, run.PostNamed("引导").Id, p.Id))));
        Assert.Equal(3, answers.Count(a => !a.Refused));
        Assert.All(answers.Where(a => a.Refused), a => Assert.Equal(new PostIsFull("引导", 3), a.Refusal));
        Assert.Equal(3, (await hub.LoadAsync(run.Id)).Assignments.Count);
    }

    [Fact]
    public async Task A_soft_rule_is_set_aside_with_a_reason_that_is_kept()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var who = await hub.VolunteerAsync("李娜", health, also: v => v.IsAvailable(new Availability([new(DayOfWeek.Sunday, new(9, 0), new(12, 0))], [])));
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Day = hub.Today.AddDays(3) });
        var (job, post) = (hub.Get<AssignVolunteer>(), run.PostNamed("引导").Id);
        Assert.IsType<NotAvailable>(Assert.Single(Assert.IsType<ReasonNeeded>((await job.RunAsync(leader, run.Id, post, who.Id)).Refusal).Obstacles));
        Assert.False((await job.RunAsync(leader, run.Id, post, who.Id, "本人电话同意")).Refused);
        Assert.Equal("本人电话同意", Assert.Single((await hub.LoadAsync(run.Id)).SeatOf(who).History).Note);
    }

    [Fact]
    public async Task Publishing_what_was_not_looked_at_is_refused_and_publishes_nothing()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var seen = cast.Next.DraftIds();
        await hub.Get<AssignVolunteer>().RunAsync(cast.DeputyOfHealth, cast.Next.Id, cast.Next.PostNamed("引导").Id, cast.Free.Id);
        var refused = await hub.PublishAsync(cast.LeaderOfHealth, cast.Next.Id, seen);
        Assert.Equal(new RosterChanged(2, 0), refused.Refusal);
        var stored = await hub.LoadAsync(cast.Next.Id);
        Assert.Equal(RunStatus.Draft, stored.Status);
        Assert.All(stored.Assignments, a => Assert.Equal(AssignmentStatus.Proposed, a.Status));
        Assert.False((await hub.PublishAsync(cast.LeaderOfHealth, cast.Next.Id, stored.DraftIds())).Refused);
        Assert.All((await hub.LoadAsync(cast.Next.Id)).Assignments, a => Assert.Equal(AssignmentStatus.Invited, a.Status));
    }

    [Fact]
    public async Task Of_two_who_publish_at_once_one_is_told_that_nothing_is_left()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var seen = cast.Next.DraftIds();
        var answers = await Task.WhenAll(
            Task.Run(() => hub.PublishAsync(cast.LeaderOfHealth, cast.Next.Id, seen)),
            Task.Run(() => hub.PublishAsync(cast.DeputyOfHealth, cast.Next.Id, seen)));
        Assert.IsType<NothingToPublish>(Assert.Single(answers, a => a.Refused).Refusal);
    }

    [Fact]
    public async Task A_plan_that_started_from_an_older_one_is_refused_and_loses_nothing()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var (job, seen, plan) = (hub.Get<PlanRun>(), cast.Next.PlanVersion, cast.Next.AsPlan());
        Assert.False((await job.RunAsync(cast.LeaderOfHealth, cast.Next.Id, plan with { MeetAt = "北门" }, seen)).Refused);
        var refused = await job.RunAsync(cast.DeputyOfHealth, cast.Next.Id, plan with { Bring = "血压计" }, seen);
        Assert.IsType<RunChangedMeanwhile>(refused.Refusal);
        var stored = await hub.LoadAsync(cast.Next.Id);
        Assert.Equal(("北门", null), (stored.MeetAt, stored.Bring));
    }

    [Fact]
    public async Task Of_many_who_save_their_plan_at_once_one_succeeds()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var (job, seen, plan) = (hub.Get<PlanRun>(), cast.Next.PlanVersion, cast.Next.AsPlan());
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => Task.Run(() => job.RunAsync(cast.LeaderOfHealth, cast.Next.Id, plan with { MeetAt = $"{n} 号门" }, seen))));
        var winner = Array.FindIndex(answers, a => !a.Refused);
        Assert.Equal(7, answers.Count(a => a.Refusal is RunChangedMeanwhile));
        Assert.Equal($"{winner + 1} 号门", (await hub.LoadAsync(cast.Next.Id)).MeetAt);
    }

    [Fact]
    public async Task Someone_who_was_put_on_while_the_plan_was_edited_stays_on()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var (seen, plan) = (cast.Next.PlanVersion, cast.Next.AsPlan());
        await hub.Get<AssignVolunteer>().RunAsync(cast.DeputyOfHealth, cast.Next.Id, cast.Next.PostNamed("引导").Id, cast.Free.Id);
        Assert.False((await hub.Get<PlanRun>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, plan with { MeetAt = "北门" }, seen)).Refused);
        Assert.Contains((await hub.LoadAsync(cast.Next.Id)).Assignments, a => a.VolunteerId == cast.Free.Id && a.Holds);
    }

    [Fact]
    public async Task A_new_time_is_refused_where_someone_on_two_shifts_has_other_duty_at_the_first()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var who = await hub.VolunteerAsync("李娜", health);
        var day = hub.Today.AddDays(3);
        await hub.RunAsync(new RunSketch(care, new PostSketch("陪伴", who)) { Day = day, From = "07:00", To = "08:00" });
        var run = await TwoShiftsAsync(hub, leader, health, day);
        foreach (var (_, post) in run.Posts) Assert.False((await hub.Get<AssignVolunteer>().RunAsync(leader, run.Id, post.Id, who.Id)).Refused);
        var plan = run.AsPlan();
        var earlier = plan with { Shifts = [plan.Shifts[0] with { Slot = new TimeSlot(hub.At("07:30", day), hub.At("08:30", day)) }, plan.Shifts[1]] };
        var refused = await hub.Get<PlanRun>().RunAsync(leader, run.Id, earlier, run.PlanVersion);
        Assert.IsType<BusyElsewhere>(Assert.Single(Assert.IsType<NotEligible>(refused.Refusal).Obstacles));
        await InvariantsHoldAsync(hub);
    }

    [Fact]
    public async Task A_yes_after_a_no_is_over_where_the_post_asks_for_more_by_now()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await DeclinedAsync(hub);
        var plan = run.AsPlan();
        var stricter = plan with { Shifts = [plan.Shifts[0] with { Posts = [plan.Shifts[0].Posts[0] with { Qualification = "护士" }] }] };
        Assert.False((await hub.Get<PlanRun>().RunAsync(leader, run.Id, stricter, run.PlanVersion)).Refused);
        Assert.IsType<InvitationOver>((await hub.Get<AnswerForVolunteer>().RunAsync(leader, run.Id, run.SeatOf(who).Id, true)).Refusal);
        await InvariantsHoldAsync(hub);
    }

    [Fact]
    public async Task A_yes_after_a_no_is_over_where_the_time_is_another_by_now()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await DeclinedAsync(hub);
        var plan = run.AsPlan();
        var later = plan with { Shifts = [plan.Shifts[0] with { Slot = new TimeSlot(run.StartsAt.AddHours(5), run.EndsAt.AddHours(5)) }] };
        Assert.False((await hub.Get<PlanRun>().RunAsync(leader, run.Id, later, run.PlanVersion)).Refused);
        Assert.IsType<InvitationOver>((await hub.Get<AnswerForVolunteer>().RunAsync(leader, run.Id, run.SeatOf(who).Id, true)).Refusal);
        await InvariantsHoldAsync(hub);
    }

    [Fact]
    public async Task A_yes_after_a_no_takes_the_seat_again_where_it_is_free()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await DeclinedAsync(hub);
        Assert.False((await hub.Get<AnswerForVolunteer>().RunAsync(leader, run.Id, run.SeatOf(who).Id, true)).Refused);
        Assert.Equal(AssignmentStatus.Accepted, (await hub.LoadAsync(run.Id)).SeatOf(who).Status);
    }

    [Fact]
    public async Task Copying_puts_last_times_people_on_and_says_who_could_not_come_along()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var day = hub.Today.AddDays(3);
        var nurse = await hub.VolunteerAsync("李娜", health, also: v => v.Qualify("护士", hub.Today.AddYears(-3), null));
        var expired = await hub.VolunteerAsync("何云", health, also: v => v.Qualify("护士", hub.Today.AddYears(-3), day.AddDays(-1)));
        var busy = await hub.VolunteerAsync("张桂兰", health);
        var (came, more, declined, carrier) = (await hub.VolunteerAsync("许文", health), await hub.VolunteerAsync("苏阳", health), await hub.VolunteerAsync("马远", health), await hub.VolunteerAsync("郑前", health));
        var last = await hub.RunAsync(new RunSketch(
            health, new PostSketch("测血压", nurse, expired) { Qualification = "护士" }, new PostSketch("登记", busy), new PostSketch("引导", came, more, declined), new PostSketch("搬运", carrier) { Max = 3 }) { Day = hub.Today.AddDays(1) });
        await hub.Get<AnswerForVolunteer>().RunAsync(leader, last.Id, last.SeatOf(declined).Id, false, "外出");
        await hub.RunAsync(new RunSketch(care, new PostSketch("陪伴", busy)) { Day = day, From = "11:00", To = "12:00" });
        var next = await hub.RunAsync(new RunSketch(
            health, new PostSketch("测血压") { Qualification = "护士", Max = 2 }, new PostSketch("登记"), new PostSketch("引导") { Max = 1 }) { Day = day, Published = false });
        var copied = (await hub.Get<CopyLastRoster>().RunAsync(leader, [next.Id])).Value!;
        Assert.Equal(2, copied.Copied);
        var stored = await hub.LoadAsync(next.Id);
        Assert.Equal(nurse.Id, stored.Assignments.Single(a => a.PostId == next.PostNamed("测血压").Id).VolunteerId);
        var guide = stored.Assignments.Single(a => a.PostId == next.PostNamed("引导").Id).VolunteerId;
        Assert.Contains(guide, new[] { came.Id, more.Id });
        Assert.All(stored.Assignments, a => Assert.Equal(AssignmentStatus.Proposed, a.Status));
        Assert.Equal(4, copied.Left.Count);
        Assert.IsType<QualificationNotValid>(Assert.Single(((NotEligible)Why("何云")).Obstacles));
        Assert.IsType<BusyElsewhere>(Assert.Single(((NotEligible)Why("张桂兰")).Obstacles));
        Assert.Equal(new PostIsFull("引导", 1), Why(guide == came.Id ? "苏阳" : "许文"));
        Assert.IsType<PostNotFound>(Why("郑前"));
        await InvariantsHoldAsync(hub);

        Refusal Why(string name) => copied.Left.Single(l => l.Name == name).Why;
    }

    [Fact]
    public async Task Copying_keeps_people_on_their_shift()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var (early, late) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("何云", health));
        var last = await TwoShiftsAsync(hub, leader, health, hub.Today.AddDays(3));
        foreach (var (who, (_, post)) in new[] { early, late }.Zip(last.Posts)) await hub.Get<AssignVolunteer>().RunAsync(leader, last.Id, post.Id, who.Id);
        await hub.PublishAsync(leader, last.Id, (await hub.LoadAsync(last.Id)).DraftIds());
        foreach (var seat in (await hub.LoadAsync(last.Id)).Assignments) await hub.Get<AnswerForVolunteer>().RunAsync(leader, last.Id, seat.Id, true);
        var next = await TwoShiftsAsync(hub, leader, health, hub.Today.AddDays(10));
        Assert.Equal(2, (await hub.Get<CopyLastRoster>().RunAsync(leader, [next.Id])).Value!.Copied);
        var stored = await hub.LoadAsync(next.Id);
        Assert.Equal([early.Id, late.Id], stored.Assignments.OrderBy(a => a.Start).Select(a => a.VolunteerId));
    }

    [Fact]
    public async Task Where_no_run_came_before_there_is_nothing_to_copy()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Day = hub.Today.AddDays(3), Published = false });
        Assert.IsType<NothingToCopy>((await hub.Get<CopyLastRoster>().RunAsync(leader, [run.Id])).Refusal);
    }

    /// <summary>Invariants 1 and 2, whatever several leaders do at once.</summary>
    [Fact]
    public async Task Whatever_leaders_do_at_once_nobody_is_in_two_places_and_posts_are_held_by_the_qualified()
    {
        await using var hub = await TestHub.CreateAsync();
        var teams = new[] { await hub.TeamAsync("health"), await hub.TeamAsync("care"), await hub.TeamAsync("law") };
        var leaders = new List<Actor>();
        foreach (var team in teams) leaders.Add(hub.ActorOf(await hub.VolunteerAsync("队长", team, TeamRole.Leader)));
        var people = new List<Volunteer>();
        for (var n = 0; n < 4; n++)
        {
            var person = await hub.VolunteerAsync($"志愿者{n}", also: v => Qualified(v, hub.Today));
            foreach (var team in teams) await hub.MembershipAsync(person, team);
            people.Add(person);

            void Qualified(Volunteer v, DateOnly today)
            {
                if (n > 0) v.Qualify("护士", today.AddYears(-1), n == 1 ? null : today.AddDays(n * 8));
            }
        }

        var day = hub.Today.AddDays(6);
        var acts = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 5], (kind, run, person, x) => (Kind: kind, Run: run, Person: person, X: x)).Array[8, 30];
        await acts.SampleAsync(
            async sequence =>
            {
                day = day.AddDays(2);
                var runs = new List<ServiceRun>();
                for (var n = 0; n < teams.Length; n++)
                    runs.Add(await hub.RunAsync(new RunSketch(teams[n], new PostSketch("引导") { Max = 2 }, new PostSketch("测血压") { Max = 2, Qualification = "护士" })
                    { Day = day, From = Slots[n].From, To = Slots[n].To, Title = $"活动{n}" }));
                foreach (var burst in sequence.Chunk(4))
                {
                    await Task.WhenAll(burst.Select(a => Task.Run(() => ActAsync(hub, leaders[a.Run], runs[a.Run].Id, people[a.Person], a.Kind, a.X))));
                    await InvariantsHoldAsync(hub);
                }
            },
            iter: 15, threads: 1);
        // The sequences did something: people hold seats in the end.
        Assert.NotEqual(0, await hub.CountAsync("Assignments WHERE Status IN ('Invited','Accepted','Declined')"));
    }

    private static readonly (string From, string To)[] Slots = [("09:00", "11:00"), ("10:00", "12:00"), ("11:30", "13:00"), ("14:00", "15:00")];

    private static async Task ActAsync(TestHub hub, Actor leader, RunId id, Volunteer who, int kind, int x)
    {
        var run = await hub.LoadAsync(id);
        var seat = run.Assignments.Count == 0 ? AssignmentId.New() : run.Assignments[x % run.Assignments.Count].Id;
        var post = run.Posts.ElementAt(x % 2).Post;
        switch (kind)
        {
            case 0 or 1 or 2 or 3:
                await hub.Get<AssignVolunteer>().RunAsync(leader, id, post.Id, who.Id, "急");
                break;
            case 4:
                await hub.Get<RemoveFromRoster>().RunAsync(leader, id, seat, keep: x > 3);
                break;
            case 5:
                await hub.PublishAsync(leader, id, run.DraftIds());
                break;
            case 6 or 7:
                await hub.Get<AnswerForVolunteer>().RunAsync(leader, id, seat, yes: x % 2 == 0, "家中有事");
                break;
            default:
                await hub.Get<PlanRun>().RunAsync(leader, id, Changed(hub, run, kind == 8, x), run.PlanVersion);
                break;
        }
    }

    /// <summary>The plan with another time, or with the qualification asked for at another post.</summary>
    private static RunPlan Changed(TestHub hub, ServiceRun run, bool time, int x)
    {
        var plan = run.AsPlan();
        var shift = plan.Shifts[0];
        var day = TestHub.DayOf(run.StartsAt);
        var (from, to) = Slots[x % Slots.Length];
        return plan with
        {
            Shifts =
            [
                time
                    ? shift with { Slot = new TimeSlot(hub.At(from, day), hub.At(to, day)) }
                    : shift with { Posts = [.. shift.Posts.Select((p, n) => p with { Qualification = n == x % 2 ? "护士" : null })] },
            ],
        };
    }

    /// <summary>Looks at all rosters in the database, past the product's own rules.</summary>
    private static async Task InvariantsHoldAsync(TestHub hub)
    {
        var runs = await hub.LookAsync(db => db.Runs.AsNoTracking().Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).ToListAsync());
        var people = await hub.LookAsync(db => db.Volunteers.AsNoTracking().Include(v => v.Qualifications).ToDictionaryAsync(v => v.Id));
        var held = runs.SelectMany(run => run.Assignments.Where(a => a.Holds).Select(a => (Run: run, Seat: a))).ToList();
        foreach (var (run, seat) in held)
        {
            var place = run.Find(seat.PostId);
            Assert.NotNull(place);
            Assert.Equal(place.Value.Shift.Slot, seat.Slot);
            if (place.Value.Post.Qualification is { } kind)
                Assert.Contains(people[seat.VolunteerId].Qualifications, q => q.Kind == kind && q.ValidOn(TestHub.DayOf(seat.Start)));
        }

        foreach (var one in held.GroupBy(h => h.Seat.VolunteerId))
        {
            var slots = one.Select(h => h.Seat.Slot).OrderBy(s => s.Start).ToList();
            for (var n = 1; n < slots.Count; n++) Assert.False(slots[n - 1].Overlaps(slots[n]), $"{people[one.Key].Name} is in two places at {slots[n].Start:O}.");
        }
    }

    private static async Task<(Actor Leader, ServiceRun Run, Volunteer Who)> DeclinedAsync(TestHub hub)
    {
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var who = await hub.VolunteerAsync("李娜", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", who)) { Day = hub.Today.AddDays(3) });
        Assert.False((await hub.Get<AnswerForVolunteer>().RunAsync(leader, run.Id, run.SeatOf(who).Id, false, "家中有事")).Refused);
        return (leader, run, who);
    }

    /// <summary>A run with the post 引导 from 09:00 to 10:00 and again from 10:30 to 12:00.</summary>
    private static async Task<ServiceRun> TwoShiftsAsync(TestHub hub, Actor leader, Team host, DateOnly day)
    {
        var plan = await hub.PlanOfAsync(new RunSketch(host, new PostSketch("引导") { Max = 3 }) { Day = day, To = "10:00" });
        var second = plan.Shifts[0] with { Slot = new TimeSlot(hub.At("10:30", day), hub.At("12:00", day)) };
        var planned = await hub.Get<PlanRun>().RunAsync(leader, null, plan with { Shifts = [plan.Shifts[0], second] }, 0);
        return await hub.LookAsync(db => db.Runs.AsNoTracking().Include(r => r.Shifts.OrderBy(s => s.Start)).ThenInclude(s => s.Posts).Include(r => r.Assignments).SingleAsync(r => r.Id == planned.Value));
    }
}
