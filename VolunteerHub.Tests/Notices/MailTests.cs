using System.Text.RegularExpressions;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Platform.Notifications;

namespace VolunteerHub.Tests.Notices;

/// <summary>A real mail server receives what was sent, once in effect, whatever happens to the process.</summary>
public sealed partial class MailTests
{
    private const string Address = "lina@example.com";

    private static readonly TestHubOptions Reachable = new() { PublicAddress = "https://hub.example" };

    [Fact]
    public async Task A_mail_arrives_once_with_a_link_that_answers()
    {
        await using var post = new MailPost();
        await using var hub = await TestHub.CreateAsync(Reachable);
        var (run, who) = await InvitedByMailAsync(hub, post);
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        await hub.WorkAsync<SendMessages>();
        var mail = Assert.Single(post.Mails);
        Assert.Equal(Address, mail.To.Mailboxes.Single().Address);
        Assert.Equal("李娜", mail.To.Mailboxes.Single().Name);
        Assert.Equal("hello@shiliu.example", mail.From.Mailboxes.Single().Address);
        Assert.Equal("排班邀请：健康义诊", mail.Subject);
        Assert.Equal((await hub.MessagesAsync(MessageStatus.Sent)).Single().Id + "@shiliu.example", mail.MessageId);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        foreach (var words in new[] { "李娜您好！", "「健康义诊」", "12月1日 周二 09:00–11:30", "红石榴驿站", "引导" })
        {
            Assert.Contains(words, mail.TextBody, StringComparison.Ordinal);
            Assert.Contains(words, mail.HtmlBody, StringComparison.Ordinal);
        }

        var token = Links().Match(mail.TextBody!).Groups[1].Value;
        Assert.Contains($"<a href=\"https://hub.example/a/{token}\">", mail.HtmlBody, StringComparison.Ordinal);
        Assert.False((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refused);
        Assert.Equal(AssignmentStatus.Accepted, (await hub.LoadAsync(run.Id)).SeatOf(who).Status);
        // Neither the address nor the token stands anywhere in clear.
        Assert.DoesNotContain(hub.Log.All, l => l.Contains(Address, StringComparison.Ordinal) || l.Contains(token, StringComparison.Ordinal));
        Assert.Equal(0, await hub.CountAsync($"InvitationLinks WHERE TokenHash = '{token}'"));
        Assert.Equal(0, await hub.CountAsync($"NoticeChoices WHERE Email LIKE '%{Address}%'"));
        Assert.Equal(0, await hub.CountAsync($"AuditLines WHERE Changes LIKE '%{Address}%'"));
    }

    [Fact]
    public async Task Killed_between_the_commit_and_the_sending_it_is_sent_by_the_next_process()
    {
        await using var post = new MailPost();
        var place = NoticeWorld.Place();
        try
        {
            DateTimeOffset now;
            await using (var first = await OpenedAsync(place))
            {
                await InvitedByMailAsync(first, post);
                await first.GatherAsync();
                now = first.Now;
            }

            Assert.Empty(post.Mails);
            await using var second = await TestHub.CreateAsync(Reachable with { Directory = place, Now = now });
            await second.WorkAsync<GatherNotices>();
            await second.WorkAsync<SendMessages>();
            await second.WorkAsync<SendMessages>();
            Assert.Single(post.Mails);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public async Task A_process_that_is_killed_between_commit_and_sending_loses_nothing()
    {
        await using var post = new MailPost { IsSilent = true };
        var place = NoticeWorld.Place();
        var now = TimeProvider.System.GetUtcNow();
        try
        {
            await using (var first = await TestHub.CreateAsync())
            await using (var hub = await TestHub.CreateAsync(Reachable with { CopyOf = first, Directory = place, Now = now.AddMinutes(-10) }))
            {
                // At whatever hour the test runs.
                await hub.ChangeAsync(db => db.Communities.Single().Adopt(NoticePolicy.Default with { QuietFrom = default, QuietUntil = default }));
                await InvitedByMailAsync(hub, post);
            }

            // By itself the process gathers what is due, commits that it takes the message, and calls the server.
            using (var process = OwnProcess.Start(place))
            {
                await post.Called.WaitAsync(Patience.Guard);
                await process.KillAsync();
            }

            post.IsSilent = false;
            await using var again = await TestHub.CreateAsync(Reachable with { Directory = place, Now = TimeProvider.System.GetUtcNow() + SendMessages.Lease });
            Assert.Equal("ok", await again.AskAsync("PRAGMA integrity_check"));
            var taken = (await again.MessagesAsync(MessageStatus.Waiting)).Single(m => m.Channel == Channel.Email);
            Assert.NotNull(taken.LeasedUntil);
            Assert.Empty(post.Mails);
            await again.WorkAsync<GatherNotices>();
            await again.WorkAsync<SendMessages>();
            await again.WorkAsync<SendMessages>();
            Assert.StartsWith(taken.Id.ToString(), Assert.Single(post.Mails).MessageId, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public async Task Killed_after_the_server_took_it_it_comes_again_under_the_same_number_and_is_shown_once()
    {
        await using var post = new MailPost();
        var place = NoticeWorld.Place();
        try
        {
            DateTimeOffset now;
            await using (var first = await OpenedAsync(place))
            {
                await InvitedByMailAsync(first, post);
                await first.GatherAsync();
                using var killed = new CancellationTokenSource();
                post.Taken = killed.Cancel;
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WorkAsync<SendMessages>(killed.Token));
                now = first.Now;
            }

            post.Taken = null;
            Assert.Single(post.Mails);
            // The next process leaves it to whoever has it, until the lease is over.
            await using var second = await TestHub.CreateAsync(Reachable with { Directory = place, Now = now });
            await second.WorkAsync<SendMessages>();
            Assert.Single(post.Mails);
            second.Clock.Advance(SendMessages.Lease);
            await second.WorkAsync<SendMessages>();
            await second.WorkAsync<SendMessages>();
            Assert.Equal(2, post.Mails.Count);
            Assert.Single(post.Shown);
            Assert.Single(await second.MessagesAsync(MessageStatus.Sent));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public async Task What_does_not_work_is_tried_after_longer_and_longer_pauses_and_in_the_end_left_to_a_person()
    {
        await using var post = new MailPost { Unknown = { Address } };
        await using var hub = await TestHub.CreateAsync(Reachable);
        await InvitedByMailAsync(hub, post);
        await hub.GatherAsync();
        var pauses = new List<double>();
        for (var tries = 1; tries < Message.MostTries; tries++)
        {
            await hub.WorkAsync<SendMessages>();
            var message = (await hub.MessagesAsync(MessageStatus.Waiting)).Single(m => m.Channel == Channel.Email);
            Assert.Equal((tries, "MailAddress"), (message.Tries, message.Failure));
            pauses.Add((message.NextTryAt - hub.Now).TotalMinutes);
            // Before the pause is over nothing is tried.
            await hub.WorkAsync<SendMessages>();
            Assert.Equal(tries, (await hub.MessagesAsync(MessageStatus.Waiting)).Single(m => m.Channel == Channel.Email).Tries);
            hub.GoTo(message.NextTryAt);
        }

        await hub.WorkAsync<SendMessages>();
        Assert.Equal([1, 2, 4, 8, 16], pauses);
        Assert.Equal("MailAddress", (await hub.MessagesAsync(MessageStatus.Failed)).Single().Failure);
        hub.Clock.Advance(TimeSpan.FromHours(1));
        await hub.WorkAsync<SendMessages>();
        Assert.Empty(post.Mails);
        Assert.DoesNotContain(hub.Log.All, l => l.Contains(Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_has_no_time_gets_it_later()
    {
        await using var post = new MailPost { IsBusy = true };
        await using var hub = await TestHub.CreateAsync(Reachable);
        await InvitedByMailAsync(hub, post);
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        Assert.Equal("MailRefused", (await hub.MessagesAsync(MessageStatus.Waiting)).Single(m => m.Channel == Channel.Email).Failure);
        post.IsBusy = false;
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await hub.WorkAsync<SendMessages>();
        Assert.Single(post.Mails);
        Assert.Null((await hub.MessagesAsync(MessageStatus.Sent)).Single().Failure);
    }

    [Fact]
    public async Task One_whose_address_cannot_be_opened_keeps_nobody_elses_mail()
    {
        await using var post = new MailPost();
        await using var hub = await TestHub.CreateAsync(Reachable);
        await hub.MailsByAsync(post);
        var team = await hub.TeamAsync("health");
        var (broken, whole) = (await hub.VolunteerAsync("李娜", team), await hub.VolunteerAsync("何云", team));
        await hub.ChoosesAsync(broken, Address);
        await hub.ChoosesAsync(whole, "he@example.com");
        await hub.AskAsync($"UPDATE NoticeChoices SET Email = 'damaged' WHERE VolunteerId = '{broken.Id.ToString().ToUpperInvariant()}'");
        await hub.InvitingAsync(team, "健康义诊", broken, whole);
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        Assert.Equal("he@example.com", Assert.Single(post.Mails).To.Mailboxes.Single().Address);
        var left = (await hub.MessagesAsync(MessageStatus.Waiting)).Single(m => m.Channel == Channel.Email);
        Assert.Equal((broken.Id, 1, "Unexpected", null), (left.VolunteerId!.Value, left.Tries, left.Failure, left.LeasedUntil));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_waited_for_with_each_mail()
    {
        var post = new MailPost();
        await using var hub = await TestHub.CreateAsync(Reachable);
        await hub.MailsByAsync(post);
        await post.DisposeAsync();
        var team = await hub.TeamAsync("health");
        var people = await hub.VolunteersAsync(3, team);
        foreach (var (n, who) in people.Index()) await hub.ChoosesAsync(who, $"p{n}@example.com");
        await hub.InvitingAsync(team, "健康义诊", [.. people]);
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        Assert.Equal([0, 0, 1], (await hub.MessagesAsync(MessageStatus.Waiting)).Where(m => m.Channel == Channel.Email).Select(m => m.Tries).Order());
    }

    [Fact]
    public async Task Where_encryption_is_asked_for_and_the_server_has_none_nothing_is_sent()
    {
        await using var post = new MailPost();
        await using var hub = await TestHub.CreateAsync(Reachable);
        await InvitedByMailAsync(hub, post);
        await hub.ChangeAsync(db => db.MailServers.Single().Revise("127.0.0.1", post.Port, MailSecurity.StartTls, null, null, "hello@shiliu.example", true));
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        Assert.Empty(post.Mails);
        Assert.Equal("MailNotSecure", (await hub.MessagesAsync(MessageStatus.Waiting)).Single(m => m.Channel == Channel.Email).Failure);
    }

    [Fact]
    public async Task What_two_teams_tell_are_two_mails()
    {
        await using var post = new MailPost();
        await using var hub = await TestHub.CreateAsync(Reachable);
        await hub.MailsByAsync(post);
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var who = await hub.VolunteerAsync("李娜", health);
        await hub.MembershipAsync(who, law);
        await hub.ChoosesAsync(who, Address);
        await hub.InvitingAsync(health, "健康义诊", who);
        await hub.RunAsync(new RunSketch(law, new PostSketch("代书", who)) { Title = "法律咨询", Day = hub.Today.AddDays(4), Answered = false });
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        Assert.Equal(2, post.Mails.Count);
        Assert.DoesNotContain(post.Mails, m => m.TextBody!.Contains("健康义诊", StringComparison.Ordinal) && m.TextBody.Contains("法律咨询", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("secret-1", null, 1)]
    [InlineData("wrong", "MailSignIn", 0)]
    public async Task The_server_asks_who_sends(string password, string? failure, int mails)
    {
        await using var post = new MailPost { Account = ("hub", "secret-1") };
        await using var hub = await TestHub.CreateAsync(Reachable);
        await InvitedByMailAsync(hub, post, "hub", password);
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        Assert.Equal(mails, post.Mails.Count);
        Assert.Equal(failure, (await hub.MessagesAsync()).Single(m => m.Channel == Channel.Email).Failure);
        Assert.DoesNotContain(hub.Log.All, l => l.Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_answered_meanwhile_is_not_mailed()
    {
        await using var post = new MailPost();
        await using var hub = await TestHub.CreateAsync(Reachable);
        var (run, who) = await InvitedByMailAsync(hub, post);
        await hub.GatherAsync();
        Assert.False((await hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(who), run.SeatOf(who).Id, true, null)).Refused);
        await hub.WorkAsync<SendMessages>();
        Assert.Empty(post.Mails);
        Assert.Single(await hub.MessagesAsync(MessageStatus.Dropped), m => m.Channel == Channel.Email);
    }

    [Fact]
    public async Task Without_an_address_of_the_site_a_mail_says_where_to_answer()
    {
        await using var post = new MailPost();
        await using var hub = await TestHub.CreateAsync();
        await InvitedByMailAsync(hub, post);
        await hub.GatherAsync();
        await hub.WorkAsync<SendMessages>();
        Assert.Contains("在“我的”页面答复", post.Mails.Single().TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("【", post.Mails.Single().TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("点开回复", post.Mails.Single().TextBody, StringComparison.Ordinal);
    }

    private static async Task<TestHub> OpenedAsync(string place)
    {
        await using var whole = await TestHub.CreateAsync();
        return await TestHub.CreateAsync(Reachable with { CopyOf = whole, Directory = place });
    }

    private static async Task<(ServiceRun Run, Volunteer Who)> InvitedByMailAsync(TestHub hub, MailPost post, string? user = null, string? password = null)
    {
        await hub.MailsByAsync(post, user, password);
        var team = await hub.TeamAsync("health");
        var who = await hub.VolunteerAsync("李娜", team);
        await hub.ChoosesAsync(who, Address);
        return (await hub.InvitingAsync(team, "健康义诊", who), who);
    }

    [GeneratedRegex("https://hub\\.example/a/([A-Za-z0-9_-]{22})")]
    private static partial Regex Links();
}
