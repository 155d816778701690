using System.Text.RegularExpressions;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Notices;

/// <summary>Who leads pastes what the own teams' people are told, and mends what could not be sent.</summary>
public sealed class DeskTests
{
    private const string Site = "https://hub.example";

    [Fact]
    public async Task A_leader_sees_the_own_teams_texts_only_and_the_coordinator_all()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        await hub.InvitingAsync(health, "健康义诊", await hub.VolunteerAsync("李娜", health, phone: "13804701234"));
        await hub.InvitingAsync(care, "探望老人", await hub.VolunteerAsync("马远", care));
        await hub.GatherAsync();
        var mine = Assert.Single((await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!.Waiting);
        Assert.Equal(("李娜", "138****1234"), (mine.Name, mine.Phone));
        Assert.Contains("「健康义诊」", mine.Text, StringComparison.Ordinal);
        var all = (await hub.Get<NoticeDesk>().LoadAsync(await hub.CoordinatorAsync())).Value!.Waiting;
        Assert.Equal(new HashSet<string> { "李娜", "马远" }, all.Select(m => m.Name).ToHashSet());
        var foreign = all.Single(m => m.Name == "马远").Id;
        Assert.Equal(new NotAllowed(), (await hub.Get<MakePasteTexts>().RunAsync(leader, [mine.Id, foreign], Site)).Refusal);
        Assert.Equal(new NotAllowed(), (await hub.Get<NotePasted>().RunAsync(leader, [foreign], true)).Refusal);
    }

    [Fact]
    public async Task A_copied_text_carries_the_persons_own_link_which_answers()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", team, TeamRole.Leader));
        var who = await hub.VolunteerAsync("李娜", team);
        var run = await hub.InvitingAsync(team, "健康义诊", who);
        await hub.GatherAsync();
        var id = (await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!.Waiting.Single().Id;
        // Looking makes no links.
        Assert.Equal(0, await hub.CountAsync("InvitationLinks"));
        var text = (await hub.Get<MakePasteTexts>().RunAsync(leader, [id], Site)).Value!.Single().Text;
        Assert.StartsWith("李娜您好！", text, StringComparison.Ordinal);
        var token = Regex.Match(text, Site + "/a/([A-Za-z0-9_-]{22})").Groups[1].Value;
        Assert.False((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refused);
        Assert.Equal(AssignmentStatus.Accepted, (await hub.LoadAsync(run.Id)).SeatOf(who).Status);
        // Now its matter is over.
        Assert.Empty((await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!.Waiting);
        Assert.Equal(new MessageGone(), (await hub.Get<MakePasteTexts>().RunAsync(leader, [id], Site)).Refusal);
    }

    [Fact]
    public async Task What_was_pasted_is_marked_and_the_mark_can_be_taken_back()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", team, TeamRole.Leader));
        await hub.InvitingAsync(team, "健康义诊", await hub.VolunteerAsync("李娜", team));
        await hub.GatherAsync();
        var id = (await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!.Waiting.Single().Id;
        Assert.Equal(1, (await hub.Get<NoticeCount>().LoadAsync(leader)).Value!.Paste);
        Assert.False((await hub.Get<NotePasted>().RunAsync(leader, [id], true)).Refused);
        Assert.Equal(new MessageGone(), (await hub.Get<NotePasted>().RunAsync(leader, [id], true)).Refusal);
        var desk = (await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!;
        Assert.Empty(desk.Waiting);
        Assert.Equal(id, desk.Pasted.Single().Id);
        Assert.Equal(0, (await hub.Get<NoticeCount>().LoadAsync(leader)).Value!.Paste);
        Assert.False((await hub.Get<NotePasted>().RunAsync(leader, [id], false)).Refused);
        Assert.Equal(id, (await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!.Waiting.Single().Id);
    }

    [Fact]
    public async Task What_failed_is_shown_with_its_kind_and_tried_again_when_somebody_says_so()
    {
        await using var post = new MailPost { Unknown = { "lina@example.com" } };
        await using var hub = await TestHub.CreateAsync();
        await hub.MailsByAsync(post);
        var team = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", team, TeamRole.Leader));
        var who = await hub.VolunteerAsync("李娜", team);
        await hub.ChoosesAsync(who, "lina@example.com", weChat: false);
        await hub.InvitingAsync(team, "健康义诊", who);
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        var failed = (await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!.Failed.Single();
        Assert.Equal(("李娜", VolunteerHub.Web.Platform.Notifications.DeliveryFailure.MailAddress, false, 1), (failed.To, failed.Failure, failed.IsGivenUp, failed.Tries));
        post.Unknown.Clear();
        Assert.False((await hub.Get<MendMessage>().RunAsync(leader, failed.Id, true)).Refused);
        await hub.WorkAsync<SendMessages>();
        Assert.Single(post.Mails);
        Assert.Empty((await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!.Failed);
        Assert.Equal(new MessageGone(), (await hub.Get<MendMessage>().RunAsync(leader, failed.Id, false)).Refusal);
    }

    [Fact]
    public async Task A_subscription_is_for_who_leads_the_team()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        Assert.False((await hub.Get<SubscribeToStaffing>().RunAsync(leader, health.Id, StaffingNews.Understaffed | StaffingNews.Full)).Refused);
        Assert.Equal(StaffingNews.Understaffed | StaffingNews.Full, (await hub.Get<NoticeDesk>().LoadAsync(leader)).Value!.Subscriptions.Single().Of);
        Assert.Equal(new NotAllowed(), (await hub.Get<SubscribeToStaffing>().RunAsync(leader, care.Id, StaffingNews.Full)).Refusal);
    }

    [Fact]
    public async Task The_own_inbox_tells_everything_in_whole_sentences_and_reading_is_said_not_guessed()
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        var who = await hub.VolunteerAsync("李娜", team);
        await hub.InvitingAsync(team, "健康义诊", who);
        var own = (await hub.Get<OwnNotices>().LoadAsync(hub.ActorOf(who))).Value!;
        var notice = Assert.Single(own.Notices);
        Assert.Equal((false, true, 1), (notice.IsRead, notice.IsOpen, own.Unread));
        foreach (var words in new[] { "「健康义诊」", "12月1日 周二 09:00–11:30", "红石榴驿站", "引导" }) Assert.Contains(words, notice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("点开", notice.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await hub.Get<OwnNotices>().LoadAsync(hub.ActorOf(who))).Value!.Unread);
        Assert.False((await hub.Get<ReadNotices>().RunAsync(hub.ActorOf(who))).Refused);
        Assert.Equal(0, (await hub.Get<OwnNotices>().LoadAsync(hub.ActorOf(who))).Value!.Unread);
    }

    [Fact]
    public async Task How_somebody_wants_to_be_told_is_kept_with_the_address_sealed()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = hub.ActorOf(await hub.VolunteerAsync("李娜"));
        var choice = new NoticeChoiceView("lina@example.com", true, false, false, new QuietHours(new(12, 0), new(14, 0)));
        Assert.False((await hub.Get<ChooseNotices>().RunAsync(who, choice)).Refused);
        Assert.Equal(choice, (await hub.Get<OwnNotices>().LoadAsync(who)).Value!.Choice);
        Assert.Equal(0, await hub.CountAsync("NoticeChoices WHERE Email LIKE '%example%'"));
    }

    [Theory]
    [InlineData("lina@example.com", true)]
    [InlineData("lina", false)]
    [InlineData("lina@localhost", false)]
    [InlineData("Lina <lina@example.com>", false)]
    [InlineData("a@example.com, b@example.com", false)]
    public void An_address_is_one_to_which_mail_can_be_sent(string text, bool good) => Assert.Equal(good, NoticeChoiceFormValidator.IsAddress(text));
}
