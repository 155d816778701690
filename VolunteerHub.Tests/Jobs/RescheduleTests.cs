using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>A whole run moves to another time: who is asked again, and who cannot.</summary>
public sealed class RescheduleTests
{
    [Fact]
    public async Task All_shifts_move_by_the_same_amount_and_people_are_asked_again()
    {
        await using var stage = await StageAsync();
        var (hub, run) = (stage.Hub, stage.Run);
        var start = hub.At("14:00", hub.Today.AddDays(4));
        Assert.False((await hub.Get<RescheduleRun>().RunAsync(stage.Leader, run.Id, start, run.PlanVersion)).Refused);

        var moved = await hub.LoadAsync(run.Id);
        Assert.Equal((start, start.AddHours(2.5)), (moved.StartsAt, moved.EndsAt));
        Assert.Equal((AssignmentStatus.Invited, start), (moved.SeatOf(stage.Lina).Status, moved.SeatOf(stage.Lina).Start));
    }

    [Fact]
    public async Task The_preview_names_who_is_asked_again_and_changes_nothing()
    {
        await using var stage = await StageAsync();
        var (hub, run) = (stage.Hub, stage.Run);
        var seen = (await hub.Get<ReschedulePreview>().LoadAsync(stage.Leader, run.Id, hub.At("14:00", hub.Today.AddDays(4)))).Value!;
        Assert.Equal([new AskedAgain("何云", "引导", true), new AskedAgain("李娜", "引导", true)], seen.Asked);
        Assert.Empty(seen.Conflicts);
        Assert.Equal((run.PlanVersion, null, false), (seen.Seen, seen.Refusal, seen.IsQuiet));
        Assert.Equal(run.StartsAt, (await hub.LoadAsync(run.Id)).StartsAt);
    }

    [Fact]
    public async Task The_preview_names_everybody_who_has_other_duty_then_and_moving_is_refused()
    {
        await using var stage = await StageAsync();
        var (hub, run) = (stage.Hub, stage.Run);
        var day = hub.Today.AddDays(4);
        await hub.RunAsync(new RunSketch(stage.Health, new PostSketch("陪伴", stage.Lina, stage.Heyun)) { Day = day, From = "14:00", To = "16:00", Title = "送关怀·结对陪伴" });
        var seen = (await hub.Get<ReschedulePreview>().LoadAsync(stage.Leader, run.Id, hub.At("15:00", day))).Value!;
        Assert.Equal(["何云", "李娜"], seen.Conflicts.Select(c => c.Name));
        Assert.All(seen.Conflicts, c => Assert.Equal("送关怀·结对陪伴", Assert.IsType<BusyElsewhere>(Assert.Single(c.Obstacles)).RunTitle));
        Assert.IsType<NotEligible>((await hub.Get<RescheduleRun>().RunAsync(stage.Leader, run.Id, hub.At("15:00", day), seen.Seen)).Refusal);
        Assert.Equal(run.StartsAt, (await hub.LoadAsync(run.Id)).StartsAt);
    }

    [Fact]
    public async Task A_run_is_not_moved_into_the_past()
    {
        await using var stage = await StageAsync();
        var past = stage.Hub.Now.AddHours(-1);
        Assert.Equal(new NewTimeIsPast(past), (await stage.Hub.Get<RescheduleRun>().RunAsync(stage.Leader, stage.Run.Id, past, stage.Run.PlanVersion)).Refusal);
        Assert.Equal(new NewTimeIsPast(past), (await stage.Hub.Get<ReschedulePreview>().LoadAsync(stage.Leader, stage.Run.Id, past)).Value!.Refusal);
    }

    [Fact]
    public async Task A_run_that_somebody_changed_meanwhile_is_not_moved()
    {
        await using var stage = await StageAsync();
        var (hub, run) = (stage.Hub, stage.Run);
        Assert.False((await hub.Get<PlanRun>().RunAsync(stage.Leader, run.Id, run.AsPlan() with { MeetAt = "北门" }, run.PlanVersion)).Refused);
        Assert.IsType<RunChangedMeanwhile>((await hub.Get<RescheduleRun>().RunAsync(stage.Leader, run.Id, hub.At("14:00", hub.Today.AddDays(4)), run.PlanVersion)).Refusal);
    }

    [Fact]
    public async Task A_run_of_two_shifts_keeps_the_distance_between_them()
    {
        await using var stage = await StageAsync();
        var hub = stage.Hub;
        var plan = stage.Run.AsPlan().WithShift(new TimeSlot(stage.Run.EndsAt.AddHours(1), stage.Run.EndsAt.AddHours(3)), A.Post("收尾"));
        Assert.False((await hub.Get<PlanRun>().RunAsync(stage.Leader, stage.Run.Id, plan, stage.Run.PlanVersion)).Refused);
        var start = hub.At("08:00", hub.Today.AddDays(9));
        Assert.False((await hub.Get<RescheduleRun>().RunAsync(stage.Leader, stage.Run.Id, start, stage.Run.PlanVersion + 1)).Refused);
        Assert.Equal([new(start, start.AddHours(2.5)), new(start.AddHours(3.5), start.AddHours(5.5))], (await hub.LoadAsync(stage.Run.Id)).Shifts.Select(s => s.Slot).OrderBy(s => s.Start));
    }

    private static async Task<Stage> StageAsync()
    {
        var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var (lina, heyun) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("何云", health));
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", lina, heyun)) { Day = hub.Today.AddDays(3) });
        return new Stage(hub, health, leader, lina, heyun, run);
    }

    private sealed record Stage(TestHub Hub, Team Health, Actor Leader, Volunteer Lina, Volunteer Heyun, ServiceRun Run) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
