using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Who is in checks in somebody who stands beside without a phone.</summary>
public sealed class BuddyTests
{
    [Fact]
    public async Task Three_are_helped_the_fourth_is_not_and_whoever_is_not_here_or_not_expected_neither()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(6, health);
        var stranger = await hub.VolunteerAsync("马远", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", [.. people])));
        var (helper, job, ticket) = (new Actor(people[0].Id, null, Via.RememberedPhone), hub.Get<CheckInBuddy>(), FormTicket.For(run.Id));
        Assert.IsType<HelperNotHere>((await HelpAsync(people[1].Id)).Refusal);
        await hub.ArriveAsync(run, people[0]);

        var first = await HelpAsync(people[1].Id);
        Assert.Equal(first, await HelpAsync(people[1].Id));
        Assert.IsType<NotOnRoster>((await HelpAsync(stranger.Id)).Refusal);
        var seen = (await hub.Get<CheckInForm>().LoadAgainAsync(helper, ticket)).Value!.Person!;
        Assert.Equal(people.Skip(2).Select(p => p.Name).Order(), seen.Beside.Select(b => b.Name).Order());
        Assert.False((await HelpAsync(people[2].Id)).Refused);
        Assert.False((await HelpAsync(people[3].Id)).Refused);
        Assert.Equal(new TooManyHelped(3), (await HelpAsync(people[4].Id)).Refusal);
        Assert.Empty((await hub.Get<CheckInForm>().LoadAgainAsync(helper, ticket)).Value!.Person!.Beside);

        var moment = Assert.Single((await hub.AttendanceOfAsync(run, people[1]))!.Intervals).In;
        Assert.Equal((EvidenceKind.Buddy, people[0].Id, nameof(BuddyReason.NoPhone)), (moment.Evidence, moment.By, moment.Because));
        var receipt = (await hub.Get<CheckInReceipt>().LoadAsync(first.Value!.IntervalId, true)).Value!;
        Assert.Equal((people[0].Name, nameof(BuddyReason.NoPhone)), receipt.Helped);

        Task<Outcome<AttendanceReceipt>> HelpAsync(VolunteerId who) => job.RunAsync(helper, ticket, who, BuddyReason.NoPhone, null);
    }

    [Fact]
    public async Task The_receipt_of_an_own_check_in_helps_for_ten_minutes_and_that_of_a_helped_one_never()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(4, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", [.. people])));
        var mine = await hub.ArriveAsync(run, people[0]);
        var (job, receipts) = (hub.Get<HelpFromReceipt>(), hub.Get<CheckInReceipt>());
        Assert.Equal(people.Skip(1).Select(p => p.Name).Order(), (await ShownAsync(mine)).Beside.Select(b => b.Name).Order());
        var helped = (await job.RunAsync(mine.IntervalId, people[1].Id, BuddyReason.EmptyBattery, null)).Value!;
        Assert.Equal(helped, (await job.RunAsync(mine.IntervalId, people[1].Id, BuddyReason.EmptyBattery, null)).Value);
        Assert.Equal([people[1].Name], (await ShownAsync(mine)).HasHelped);
        // Whoever holds the other's receipt is still the one who helped.
        Assert.Empty((await ShownAsync(helped)).Beside);
        Assert.IsType<FormExpired>((await job.RunAsync(helped.IntervalId, people[2].Id, BuddyReason.NoPhone, null)).Refusal);
        hub.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Empty((await ShownAsync(mine)).Beside);
        Assert.IsType<FormExpired>((await job.RunAsync(mine.IntervalId, people[2].Id, BuddyReason.NoPhone, null)).Refusal);
        // The board tells who did it and why.
        var board = (await hub.Get<AttendanceBoard>().LoadAsync(hub.ActorOf(await hub.VolunteerAsync("王芳", health, VolunteerHub.Domain.Teams.TeamRole.Leader)), run.Id)).Value!;
        Assert.Equal(new HelpedIn(people[0].Name, nameof(BuddyReason.EmptyBattery)), board.People.Single(p => p.Id == people[1].Id).Helped);
        Assert.Contains(board.Recent, m => m.By == people[0].Name && m.Because == nameof(BuddyReason.EmptyBattery));

        async Task<ReceiptView> ShownAsync(AttendanceReceipt receipt) => (await receipts.LoadAsync(receipt.IntervalId, true)).Value!;
    }

    [Fact]
    public async Task Who_was_helped_sees_it_at_once_and_says_that_it_is_wrong_and_the_leader_takes_it_back()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, VolunteerHub.Domain.Teams.TeamRole.Leader));
        var people = await hub.VolunteersAsync(3, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", [.. people])));
        var mine = await hub.ArriveAsync(run, people[0]);
        var helped = (await hub.Get<HelpFromReceipt>().RunAsync(mine.IntervalId, people[1].Id, BuddyReason.NoPhone, null)).Value!;
        var told = Assert.Single(await HelpedAsync(people[1]));
        Assert.Equal((people[0].Name, run.Title, false), (told.By, told.Title, told.Contested));
        Assert.IsType<NothingToTakeBack>((await hub.Get<ContestHelp>().RunAsync(hub.ActorOf(people[2]), helped.IntervalId)).Refusal);
        Assert.IsType<NothingToTakeBack>((await hub.Get<ContestHelp>().RunAsync(hub.ActorOf(people[0]), mine.IntervalId)).Refusal);
        for (var twice = 0; twice < 2; twice++) Assert.False((await hub.Get<ContestHelp>().RunAsync(hub.ActorOf(people[1]), told.Id)).Refused);
        Assert.True(Assert.Single(await HelpedAsync(people[1])).Contested);
        hub.GoTo(hub.At("10:00"));
        await hub.LeaveAsync(run, people[1]);
        var item = Assert.Single((await hub.Get<ReviewList>().LoadAsync(leader, run.Id)).Value!.Open);
        Assert.Equal((ReviewKind.Contested, people[1].Id, people[0].Name), (item.Kind, item.Person, item.Helped!.By));
        Assert.False((await hub.Get<TakeBackContested>().RunAsync(leader, run.Id, item.Id)).Refused);
        Assert.DoesNotContain((await hub.AttendanceOfAsync(run, people[1]))!.Intervals, i => i.Counts);
        Assert.Empty(await HelpedAsync(people[1]));
        Assert.Equal(0, await hub.CountAsync("HourEntries WHERE CreditedSeconds>0"));

        async Task<IReadOnlyList<HelpedView>> HelpedAsync(Volunteer who) => (await hub.Get<MyPageData>().LoadAsync(hub.ActorOf(who))).Value!.Helped;
    }
}
