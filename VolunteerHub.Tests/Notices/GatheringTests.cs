using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Tests.Notices;

/// <summary>Notices become messages: together, in time, and by the way that each wants.</summary>
public sealed class GatheringTests
{
    [Fact]
    public async Task Three_changes_within_the_minutes_are_one_message()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var who = await hub.VolunteerAsync("李娜", team);
        await hub.InvitingAsync(team, "健康义诊", who);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.InvitingAsync(team, "测血压", who);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.InvitingAsync(team, "送医上门", who);
        await hub.WorkAsync<GatherNotices>();
        Assert.Empty(await hub.MessagesAsync());
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.WorkAsync<GatherNotices>();
        Assert.Equal(["Invited Invited Invited"], await hub.WaitingAsync());
        await hub.WorkAsync<GatherNotices>();
        Assert.Single(await hub.MessagesAsync());
    }

    [Fact]
    public async Task Nobody_is_told_at_night_unless_the_duty_is_in_the_morning()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { Now = new(2026, 11, 28, 22, 0, 0, TimeSpan.FromHours(8)) });
        var team = await hub.TeamAsync("health");
        var (sleeps, early) = (await hub.VolunteerAsync("李娜", team), await hub.VolunteerAsync("何云", team));
        await hub.InvitingAsync(team, "健康义诊", sleeps);
        await hub.RunAsync(new RunSketch(team, new PostSketch("引导", early)) { Day = hub.Today.AddDays(1), From = "09:00", Answered = false });
        await hub.GatherAsync();
        Assert.Equal([early.Id], (await hub.MessagesAsync()).Select(m => m.VolunteerId!.Value));
        hub.GoTo(hub.At("07:59", hub.Today.AddDays(1)));
        await hub.WorkAsync<GatherNotices>();
        Assert.Single(await hub.MessagesAsync());
        hub.GoTo(hub.At("08:00"));
        await hub.WorkAsync<GatherNotices>();
        Assert.Equal(2, (await hub.MessagesAsync()).Count);
    }

    [Fact]
    public async Task Own_quiet_hours_take_the_place_of_the_communitys()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { Now = new(2026, 11, 28, 12, 30, 0, TimeSpan.FromHours(8)) });
        var team = await hub.TeamAsync("health");
        var (naps, late) = (await hub.VolunteerAsync("李娜", team), await hub.VolunteerAsync("何云", team));
        await hub.ChoosesAsync(naps, quiet: new QuietHours(new(12, 0), new(14, 0)));
        await hub.ChoosesAsync(late, quiet: new QuietHours(new(1, 0), new(9, 0)));
        await hub.InvitingAsync(team, "健康义诊", naps);
        await hub.GatherAsync();
        Assert.Empty(await hub.MessagesAsync());
        hub.GoTo(hub.At("14:00"));
        await hub.WorkAsync<GatherNotices>();
        Assert.Equal([naps.Id], (await hub.MessagesAsync()).Select(m => m.VolunteerId!.Value));
        hub.GoTo(hub.At("22:30"));
        await hub.InvitingAsync(team, "测血压", late);
        await hub.GatherAsync();
        Assert.Equal([naps.Id, late.Id], (await hub.MessagesAsync()).Select(m => m.VolunteerId!.Value));
    }

    [Fact]
    public async Task Who_was_invited_and_taken_off_before_anybody_said_so_hears_the_end_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var (who, coordinator) = (await hub.VolunteerAsync("李娜", team), await hub.CoordinatorAsync());
        var run = await hub.InvitingAsync(team, "健康义诊", who);
        Assert.False((await hub.Get<CancelRun>().RunAsync(coordinator, run.Id, "下雨")).Refused);
        await hub.GatherAsync();
        Assert.Equal(["RunCancelled"], await hub.WaitingAsync());
    }

    [Fact]
    public async Task What_was_not_pasted_yet_is_told_anew_with_what_is_new()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var (who, coordinator) = (await hub.VolunteerAsync("李娜", team), await hub.CoordinatorAsync());
        var run = await hub.InvitingAsync(team, "健康义诊", who);
        await hub.GatherAsync();
        Assert.Equal(["Invited"], await hub.WaitingAsync());
        // Moved: the invitation still waits to be pasted, and tells the new time.
        var moved = await hub.Get<RescheduleRun>().RunAsync(coordinator, run.Id, run.StartsAt.AddHours(4), run.PlanVersion);
        Assert.False(moved.Refused, $"{moved.Refusal}");
        await hub.GatherAsync();
        Assert.Equal(["Invited"], await hub.WaitingAsync());
        Assert.False((await hub.Get<CancelRun>().RunAsync(coordinator, run.Id, "下雨")).Refused);
        await hub.GatherAsync();
        Assert.Equal(["RunCancelled"], await hub.WaitingAsync());
    }

    [Fact]
    public void What_presumes_that_somebody_knows_waits_until_they_do()
    {
        var seat = AssignmentId.New();
        Notice Of(NoticeKind kind, string? once = null) => new(kind, VolunteerId.New(), TestHub.Morning, TestHub.Morning) { AssignmentId = seat, OnceKey = once };
        NoticeKind Told(params Notice[] untold) => Assert.Single(NoticeStory.Shortest(untold)).Kind;
        Assert.Equal(NoticeKind.Moved, Told(Of(NoticeKind.Moved), Of(NoticeKind.Reminder, "a")));
        Assert.Equal(NoticeKind.Moved, Told(Of(NoticeKind.Moved), Of(NoticeKind.Invited, "b")));
        Assert.Equal(NoticeKind.Invited, Told(Of(NoticeKind.Invited), Of(NoticeKind.Reminder, "c")));
        Assert.Equal(NoticeKind.PutOn, Told(Of(NoticeKind.PutOn), Of(NoticeKind.Moved), Of(NoticeKind.Reconfirm, "d")));
        Assert.Equal(NoticeKind.Reminder, Told(Of(NoticeKind.Reconfirm, "e"), Of(NoticeKind.Reminder, "f")));
        Assert.Equal(NoticeKind.TakenOff, Told(Of(NoticeKind.Moved), Of(NoticeKind.TakenOff)));
    }

    [Fact]
    public async Task Who_wants_mails_only_gets_a_text_to_paste_while_no_mail_goes_out()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var who = await hub.VolunteerAsync("李娜", team);
        await hub.ChoosesAsync(who, "li@example.com", weChat: false);
        await hub.InvitingAsync(team, "健康义诊", who);
        await hub.GatherAsync();
        Assert.Equal(["Invited"], await hub.WaitingAsync());
    }

    [Fact]
    public void Of_an_asking_that_was_over_before_anybody_heard_of_it_nothing_is_told()
    {
        var (ask, other) = (CoverAskId.New(), CoverAskId.New());
        Notice Of(NoticeKind kind, CoverAskId id) => new(kind, VolunteerId.New(), TestHub.Morning, TestHub.Morning) { AskId = id };
        Assert.Empty(NoticeStory.Shortest([Of(NoticeKind.CoverAsked, ask), Of(NoticeKind.CoverThanks, ask)]));
        Assert.Equal([NoticeKind.CoverThanks, NoticeKind.CoverAsked], NoticeStory.Shortest([Of(NoticeKind.CoverThanks, ask), Of(NoticeKind.CoverAsked, other)]).Select(n => n.Kind));
    }

    [Fact]
    public void The_same_said_twice_of_a_seat_is_told_once_and_other_seats_are_told_too()
    {
        var (seat, other) = (AssignmentId.New(), AssignmentId.New());
        Notice Of(NoticeKind kind, AssignmentId id) => new(kind, VolunteerId.New(), TestHub.Morning, TestHub.Morning) { AssignmentId = id };
        Notice[] all = [Of(NoticeKind.Moved, seat), Of(NoticeKind.Invited, other), Of(NoticeKind.Moved, seat), Of(NoticeKind.SaidNo, seat)];
        Assert.Equal([all[1], all[2], all[3]], NoticeStory.Shortest(all));
    }

    [Fact]
    public async Task Each_is_told_by_the_way_that_they_chose()
    {
        await using var post = new MailPost();
        await using var hub = await TestHub.CreateAsync();
        await hub.MailsByAsync(post);
        var team = await hub.TeamAsync("health");
        var (usual, mails, both, none) = (await hub.VolunteerAsync("李娜", team), await hub.VolunteerAsync("何云", team), await hub.VolunteerAsync("马远", team), await hub.VolunteerAsync("周律", team));
        await hub.ChoosesAsync(mails, "heyun@example.com", weChat: false);
        await hub.ChoosesAsync(both, "mayuan@example.com");
        await hub.ChoosesAsync(none, weChat: false);
        await hub.InvitingAsync(team, "健康义诊", usual, mails, both, none);
        await hub.GatherAsync();
        var ways = (await hub.MessagesAsync()).Select(m => (m.VolunteerId!.Value, m.Channel)).ToHashSet();
        Assert.Equal(new HashSet<(VolunteerId, Channel)> { (usual.Id, Channel.WeChat), (mails.Id, Channel.Email), (both.Id, Channel.WeChat), (both.Id, Channel.Email) }, ways);
        // Who wants neither finds it in the inbox.
        Assert.Equal(0, await hub.CountAsync("Notices WHERE GatheredAt IS NULL AND VolunteerId IS NOT NULL"));
    }

    [Fact]
    public async Task What_those_who_lead_are_told_nobody_pastes()
    {
        await using var post = new MailPost();
        await using var hub = await TestHub.CreateAsync();
        await hub.MailsByAsync(post);
        var team = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("王芳", team, TeamRole.Leader);
        await hub.ChoosesAsync(leader, "wangfang@example.com");
        var who = await hub.VolunteerAsync("李娜", team);
        var run = await hub.InvitingAsync(team, "健康义诊", who);
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(who), run.SeatOf(who).Id, false, "出门在外")).Refused);
        await hub.GatherAsync();
        Assert.DoesNotContain(await hub.MessagesAsync(MessageStatus.Waiting), m => m.Channel == Channel.WeChat && m.VolunteerId == leader.Id);
        Assert.Equal(["SaidNo"], await hub.WaitingAsync(Channel.Email));
    }

    [Fact]
    public async Task A_text_whose_matter_is_over_needs_not_be_pasted()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var (answers, silent) = (await hub.VolunteerAsync("李娜", team), await hub.VolunteerAsync("何云", team));
        var run = await hub.InvitingAsync(team, "健康义诊", answers, silent);
        await hub.GatherAsync();
        Assert.Equal(2, (await hub.WaitingAsync()).Count);
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(answers), run.SeatOf(answers).Id, true, null)).Refused);
        await hub.WorkAsync<DropStaleTexts>();
        Assert.Equal([silent.Id], (await hub.MessagesAsync(MessageStatus.Waiting)).Select(m => m.VolunteerId!.Value));
        hub.GoTo(run.StartsAt);
        await hub.WorkAsync<DropStaleTexts>();
        Assert.Empty(await hub.MessagesAsync(MessageStatus.Waiting));
    }

    [Fact]
    public async Task Who_wants_no_reminders_is_reminded_by_the_inbox_only()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var (wants, not) = (await hub.VolunteerAsync("李娜", team), await hub.VolunteerAsync("何云", team));
        await hub.ChoosesAsync(not, reminders: false);
        var run = await hub.RunAsync(new RunSketch(team, new PostSketch("引导", wants, not)) { Day = hub.Today.AddDays(1) });
        await hub.NotifyAsync([.. new[] { wants, not }.Select(who => new Notice(NoticeKind.Reminder, who.Id, hub.Now, hub.Now) { RunId = run.Id, PostId = run.SeatOf(who).PostId, AssignmentId = run.SeatOf(who).Id, TeamId = team.Id })]);
        await hub.GatherAsync();
        Assert.Equal([wants.Id], (await hub.MessagesAsync()).Select(m => m.VolunteerId!.Value));
        Assert.Equal(0, await hub.CountAsync("Notices WHERE GatheredAt IS NULL AND VolunteerId IS NOT NULL"));
    }
}
