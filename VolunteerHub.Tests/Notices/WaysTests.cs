using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Administration.Background;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Notifications;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Tests.Notices;

/// <summary>The coordinator sets up by which ways notices go out, in which words, and sees how the background jobs get on.</summary>
public sealed class WaysTests
{
    [Fact]
    public async Task A_reworded_notice_goes_out_in_the_communitys_own_words_until_it_goes_back()
    {
        await using var hub = await TestHub.CreateAsync();
        var (coordinator, team) = (await hub.CoordinatorAsync(), await hub.TeamAsync("health"));
        var who = await hub.VolunteerAsync("李娜", team);
        Assert.False((await hub.Get<RewordNotice>().RunAsync(coordinator, new WordingForm(NoticeKind.Invited, NoticeTexts.Usual, "【姓名】，来【活动】吗？【链接】"))).Refused);
        await hub.InvitingAsync(team, "【健康】义诊", who);
        await hub.GatherAsync();
        // What stands in brackets in a value is no place.
        Assert.StartsWith("李娜，来【健康】义诊吗？", (await hub.Get<NoticeDesk>().LoadAsync(coordinator)).Value!.Waiting.Single().Text, StringComparison.Ordinal);
        var usual = hub.Get<NoticeTexts>().Usually(NoticeKind.Invited);
        Assert.False((await hub.Get<RewordNotice>().RunAsync(coordinator, new WordingForm(NoticeKind.Invited, NoticeTexts.Usual, usual))).Refused);
        Assert.Equal(0, await hub.CountAsync("NoticeTemplates"));
    }

    [Theory]
    [InlineData(NoticeKind.Invited, "来「【活动】」吗？【链接】", true)]
    [InlineData(NoticeKind.Invited, "来「【活动】」吗？", false)]
    [InlineData(NoticeKind.Invited, "来「【活动】」吗？【链接】【电话】", false)]
    [InlineData(NoticeKind.Invited, " ", false)]
    [InlineData(NoticeKind.TakenOff, "「【活动】」不用来了", true)]
    [InlineData(NoticeKind.TakenOff, "「【活动】」不用来了【链接】", false)]
    public async Task Words_that_name_what_is_not_there_or_lead_to_no_answer_are_refused(NoticeKind kind, string text, bool good)
    {
        await using var hub = await TestHub.CreateAsync();
        var refusal = (await hub.Get<RewordNotice>().RunAsync(await hub.CoordinatorAsync(), new WordingForm(kind, NoticeTexts.Usual, text))).Refusal;
        Assert.Equal(good ? null : new WayInvalid(), refusal);
    }

    [Fact]
    public async Task Every_notice_that_comes_along_could_be_kept_as_it_is()
    {
        await using var hub = await TestHub.CreateAsync();
        var validator = hub.Get<IValidator<WordingForm>>();
        Assert.All(Enum.GetValues<NoticeKind>(), kind => Assert.Empty(validator.Validate(new WordingForm(kind, NoticeTexts.Usual, hub.Get<NoticeTexts>().Usually(kind))).Errors.Select(e => $"{kind}: {e.ErrorMessage}")));
    }

    [Fact]
    public async Task The_mail_server_is_tried_as_it_is_set_up_and_its_password_stays_where_none_is_typed()
    {
        await using var post = new MailPost { Account = ("hub", "secret-1") };
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        Assert.Equal(new TestNotSent(DeliveryFailure.MailOff), (await hub.Get<SendTestMail>().RunAsync(coordinator, "me@example.com")).Refusal);
        var form = new MailForm { Host = "127.0.0.1", Port = post.Port, Security = MailSecurity.None, User = "hub", Password = "secret-1", From = "hello@shiliu.example", IsOn = true };
        Assert.False((await hub.Get<ReviseMailServer>().RunAsync(coordinator, form)).Refused);
        Assert.False((await hub.Get<ReviseMailServer>().RunAsync(coordinator, form with { Password = "" })).Refused);
        Assert.False((await hub.Get<SendTestMail>().RunAsync(coordinator, "me@example.com")).Refused);
        Assert.Equal("me@example.com", post.Mails.Single().To.Mailboxes.Single().Address);
        var view = (await hub.Get<NoticeWays>().LoadAsync(coordinator)).Value!;
        Assert.Equal((true, ""), (view.HasPassword, view.Mail.Password));
        // It does not go along to another server.
        Assert.False((await hub.Get<ReviseMailServer>().RunAsync(coordinator, form with { Password = "", Host = "localhost" })).Refused);
        Assert.False((await hub.Get<NoticeWays>().LoadAsync(coordinator)).Value!.HasPassword);
        Assert.Equal(0, await hub.CountAsync("AuditLines WHERE Changes LIKE '%secret-1%'"));
    }

    [Theory]
    [InlineData("", "hello@shiliu.example")]
    [InlineData("smtp.example.com", "hello")]
    [InlineData("smtp example", "hello@shiliu.example")]
    public async Task A_server_that_sends_needs_a_host_and_an_address(string host, string from)
    {
        await using var hub = await TestHub.CreateAsync();
        Assert.Equal(new WayInvalid(), (await hub.Get<ReviseMailServer>().RunAsync(await hub.CoordinatorAsync(), new MailForm { Host = host, From = from, IsOn = true })).Refusal);
    }

    [Theory]
    [InlineData("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", true)]
    [InlineData("http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", false)]
    [InlineData("https://127.0.0.1/admin", false)]
    [InlineData("https://qyapi.weixin.qq.com@10.0.0.1/", false)]
    [InlineData("not an address", false)]
    public async Task A_robot_is_one_of_WeComs(string webhook, bool good)
    {
        await using var hub = await TestHub.CreateAsync();
        var team = await hub.TeamAsync("health");
        Assert.Equal(good ? null : new WayInvalid(), (await hub.Get<ReviseRobot>().RunAsync(await hub.CoordinatorAsync(), team.Id, new RobotForm { Webhook = webhook, IsOn = true })).Refusal);
    }

    [Fact]
    public async Task A_robot_is_tried_and_stays_secret()
    {
        await using var robot = await GroupRobot.StartAsync();
        await using var hub = await TestHub.CreateAsync();
        var (coordinator, team) = (await hub.CoordinatorAsync(), await hub.TeamAsync("health"));
        await hub.HasRobotAsync(team, robot);
        Assert.False((await hub.Get<TryRobot>().RunAsync(coordinator, team.Id)).Refused);
        Assert.Single(robot.Posts);
        robot.Answers = (System.Net.HttpStatusCode.OK, 93000);
        Assert.Equal(new TestNotSent(DeliveryFailure.RobotRefused), (await hub.Get<TryRobot>().RunAsync(coordinator, team.Id)).Refusal);
        Assert.DoesNotContain(hub.Log.All, l => l.Contains(robot.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_background_job_shows_when_it_ran_and_can_be_run_now()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        Assert.All((await hub.Get<JobBoard>().LoadAsync(coordinator)).Value!.Jobs, j => Assert.Null(j.LastEndedAt));
        await hub.Get<BackgroundJobs>().RunDueAsync(false, CancellationToken.None);
        var jobs = (await hub.Get<JobBoard>().LoadAsync(coordinator)).Value!.Jobs;
        Assert.Subset(jobs.Select(j => j.Name).ToHashSet(), new HashSet<string> { "series", "rosters", "staffing", "notices", "messages" });
        var texts = hub.Get<IStringLocalizer<Texts>>();
        Assert.Empty(jobs.SelectMany(j => new[] { texts["JobBoard.Name." + j.Name], texts["JobBoard.Does." + j.Name] }).Where(t => t.ResourceNotFound).Select(t => t.Name));
        Assert.All(jobs, j => Assert.Equal((hub.Now, null, hub.Now + j.Every), (j.LastEndedAt!.Value, j.Failed, j.NextRunAt!.Value)));
        Assert.False((await hub.Get<HastenJob>().RunAsync(coordinator, "series")).Refused);
        Assert.Equal(hub.Now, (await hub.Get<JobBoard>().LoadAsync(coordinator)).Value!.Jobs.Single(j => j.Name == "series").NextRunAt);
        Assert.Equal(new JobNotFound(), (await hub.Get<HastenJob>().RunAsync(coordinator, "nothing")).Refusal);
    }
}
