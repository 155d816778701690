using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
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
}
