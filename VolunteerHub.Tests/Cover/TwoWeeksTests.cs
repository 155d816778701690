using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Cover;

/// <summary>Two weeks in the life of a roster, half an hour at a time: who is told what, and when it goes out.</summary>
public sealed class TwoWeeksTests
{
    private static readonly DateOnly Saturday = new(2026, 11, 28);

    [Fact]
    public async Task Who_is_told_what_and_when()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { Now = TestHub.Morning.AddMinutes(10) });
        var health = await hub.TeamAsync("health");
        var wang = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        var leader = hub.ActorOf(wang);
        var (li, ba, he) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("巴特尔", health), await hub.VolunteerAsync("何云", health));
        // He sleeps longer than the others.
        await hub.ChoosesAsync(ba, quiet: new QuietHours(new TimeOnly(20, 0), new TimeOnly(9, 0)));
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导") { Min = 2, Max = 2 }) { Day = Saturday.AddDays(12), Published = false });
        var post = run.PostNamed("引导").Id;

        // Saturday evening, after nine, the roster is published: nobody is told before the morning.
        await UntilAsync(hub, Saturday, "21:30");
        foreach (var who in new[] { li, ba }) Assert.False((await hub.Get<AssignVolunteer>().RunAsync(leader, run.Id, post, who.Id)).Refused);
        Assert.False((await hub.PublishAsync(leader, run.Id, (await hub.LoadAsync(run.Id)).DraftIds())).Refused);
        // On Sunday she says yes; he does not answer.
        await UntilAsync(hub, Saturday.AddDays(1), "10:00");
        await SayAsync(hub, run, li, true);
        // Two days before, both are asked; she says that it holds, he says no, and the leader is told at once.
        await UntilAsync(hub, Saturday.AddDays(10), "12:00");
        Assert.False((await hub.Get<ConfirmForVolunteer>().RunAsync(leader, run.Id, (await SeatAsync(hub, run, li)).Id)).Refused);
        await SayAsync(hub, run, ba, false);
        // The only one who could stand in is asked, beside the leader; she takes it.
        await UntilAsync(hub, Saturday.AddDays(10), "16:00");
        var ask = await hub.LookAsync(db => db.CoverAsks.AsNoTracking().SingleAsync(a => a.VolunteerId == he.Id));
        Assert.False((await hub.Get<AnswerAskForVolunteer>().RunAsync(leader, ask.Id, true)).Refused);
        // The evening before, too late for anybody's night to wait, it is called off.
        await UntilAsync(hub, Saturday.AddDays(11), "22:00");
        Assert.False((await hub.Get<CancelRun>().RunAsync(leader, run.Id, "暴雪")).Refused);
        await UntilAsync(hub, Saturday.AddDays(14), "09:00");

        Assert.Equal(
            [
                "11-29 08:00 Invited", "12-08 09:30 Reconfirm", "12-09 09:30 Reminder", "12-09 22:30 RunCancelled",
            ], await ToldAsync(hub, li));
        Assert.Equal(
            [
                "11-29 09:00 Invited", "12-08 09:30 Invited",
            ], await ToldAsync(hub, ba));
        Assert.Equal(
            [
                "12-08 13:00 CoverAsked", "12-08 16:30 PutOn", "12-09 09:30 Reminder", "12-09 22:30 RunCancelled",
            ], await ToldAsync(hub, he));
        Assert.Equal(
            [
                "12-08 12:30 SaidNo", "12-08 12:30 CoverAsked", "12-08 16:30 CoverThanks",
            ], await ToldAsync(hub, wang));
        // Nothing waits, nothing is left over, and nothing was told at night but what could not wait.
        Assert.Equal(0, await hub.CountAsync("Notices WHERE GatheredAt IS NULL"));
        Assert.Equal(0, await hub.CountAsync("Messages WHERE Status = 'Waiting'"));
        Assert.Equal(0, await hub.CountAsync("CoverLadders WHERE Status = 'Asking'"));
    }

    /// <summary>Lets the machine look every half an hour until then.</summary>
    private static async Task UntilAsync(TestHub hub, DateOnly day, string time)
    {
        for (var until = hub.At(time, day); hub.Now < until;)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(30));
            await hub.Get<BackgroundJobs>().RunDueAsync(afterNews: true, default);
        }
    }

    private static async Task<Assignment> SeatAsync(TestHub hub, ServiceRun run, Volunteer who) => (await hub.LoadAsync(run.Id)).SeatOf(who);

    private static async Task SayAsync(TestHub hub, ServiceRun run, Volunteer who, bool yes) =>
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(new Actor(who.Id, null, Via.InvitationLink), (await SeatAsync(hub, run, who)).Id, yes, "出差")).Refused);

    /// <summary>What went out to a person, with when, by the community's clock.</summary>
    private static async Task<IReadOnlyList<string>> ToldAsync(TestHub hub, Volunteer who) =>
        [
            .. (await hub.LookAsync(db => db.Notices.AsNoTracking().Where(n => n.VolunteerId == who.Id).ToListAsync()))
                .OrderBy(n => n.GatheredAt).ThenBy(n => n.Kind == NoticeKind.SaidNo ? 0 : 1).ThenBy(n => n.At)
                .Select(n => $"{TimeZoneInfo.ConvertTime(n.GatheredAt!.Value, TestHub.Zone):MM-dd HH:mm} {n.Kind}"),
        ];
}
