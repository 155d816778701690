using VolunteerHub.Domain.Common;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters.Fairness;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.GroupLists;

/// <summary>How duty is spread.</summary>
public sealed class FairnessTests
{
    [Fact]
    public async Task Hours_are_the_sum_of_the_seats_held_in_the_window_in_all_teams()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", cast.Free)) { Day = hub.Today.AddDays(-3) });
        await hub.RunAsync(new RunSketch(cast.Care, new PostSketch("陪伴", cast.Free)) { Day = hub.Today.AddDays(-30), From = "14:00", To = "15:00" });
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", cast.Free)) { Day = hub.Today.AddDays(-91) });
        var view = await LoadAsync(hub, cast.LeaderOfHealth);
        var free = view.People.Single(p => p.Id == cast.Free.Id);

        Assert.Equal((2, TimeSpan.FromHours(3.5)), (free.Duties, free.Total));
        Assert.Equal(TimeSpan.FromHours(2.5), free.Weeks[^1]);
        Assert.Equal(hub.Today.AddDays(-3), free.LastDuty);
        Assert.NotNull(free.LastAsked);
        var held = await hub.LookAsync(db => Task.FromResult(db.Assignments.ToList().Where(a => a.Holds && a.Start < hub.Now && a.Start >= hub.Now.AddDays(-90)).ToList()));
        Assert.Equal(held.Count, (await LoadAsync(hub, cast.Coordinator)).Teams.Sum(t => t.Duties));
        Assert.Equal(held.Sum(a => (a.End - a.Start).TotalHours), (await LoadAsync(hub, cast.Coordinator)).Teams.Sum(t => t.Total.TotalHours));
    }

    [Fact]
    public async Task The_busiest_tenth_and_those_who_had_nothing_are_told()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", cast.Free)) { Day = hub.Today.AddDays(-3), To = "12:00" });
        await hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", cast.Second)) { Day = hub.Today.AddDays(-5), To = "10:00" });
        var view = await LoadAsync(hub, cast.LeaderOfHealth);

        Assert.Equal((1, 75), (view.Busiest, view.BusiestShare));
        Assert.Equal(view.People.Count - 2, view.Idle);
    }

    [Fact]
    public async Task A_leader_sees_own_teams_and_no_other()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);

        Assert.DoesNotContain((await LoadAsync(hub, cast.LeaderOfHealth)).People, p => p.Id == cast.Stranger.Id);
        Assert.IsType<NotAllowed>((await hub.Get<LoadOverview>().LoadAsync(cast.LeaderOfHealth, "care")).Refusal);
        Assert.Equal(["care"], (await hub.Get<LoadOverview>().LoadAsync(cast.LeaderOfCare, "care")).Value!.Teams.Select(t => t.Team.Code));
        Assert.Contains((await LoadAsync(hub, cast.Auditor)).People, p => p.Id == cast.Stranger.Id);
    }

    private static async Task<LoadOverviewView> LoadAsync(TestHub hub, Actor actor) => (await hub.Get<LoadOverview>().LoadAsync(actor, null)).Value!;
}
