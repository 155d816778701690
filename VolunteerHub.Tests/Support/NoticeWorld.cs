using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Notifications;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>Short ways to notices, messages, and who receives them.</summary>
public static class NoticeWorld
{
    /// <summary>Lets a background job work now.</summary>
    public static Task<int> WorkAsync<TJob>(this TestHub hub, CancellationToken ct = default) where TJob : IBackgroundJob =>
        hub.Get<TJob>().WorkAsync(ct);

    /// <summary>The minutes in which changes are gathered pass, and notices are put on their way.</summary>
    public static async Task GatherAsync(this TestHub hub)
    {
        hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await hub.WorkAsync<GatherNotices>();
    }

    /// <summary>A run in three days with these people invited, who have not answered.</summary>
    public static Task<ServiceRun> InvitingAsync(this TestHub hub, Team team, string title, params Volunteer[] people) =>
        hub.RunAsync(new RunSketch(team, new PostSketch("引导", people)) { Title = title, Day = hub.Today.AddDays(3), Answered = false });

    public static async Task<IReadOnlyList<Message>> MessagesAsync(this TestHub hub, MessageStatus? only = null) =>
        await hub.LookAsync(db => db.Messages.AsNoTracking().Where(m => only == null || m.Status == only).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync());

    /// <summary>What the messages that wait tell, one line each.</summary>
    public static async Task<IReadOnlyList<string>> WaitingAsync(this TestHub hub, Channel channel = Channel.WeChat)
    {
        var messages = (await hub.MessagesAsync(MessageStatus.Waiting)).Where(m => m.Channel == channel).ToList();
        var kinds = await hub.LookAsync(db => db.Notices.ToDictionaryAsync(n => n.Id, n => n.Kind));
        return [.. messages.Select(m => string.Join(' ', m.Notices.Select(n => kinds[n])))];
    }

    public static Task ChoosesAsync(this TestHub hub, Volunteer who, string? email = null, bool weChat = true, bool reminders = true, QuietHours? quiet = null) => hub.ChangeAsync(db =>
    {
        var choice = new NoticeChoice(who.Id);
        choice.Choose(hub.Get<FieldProtector>().Protect(email), email is not null, weChat, reminders, quiet);
        db.NoticeChoices.Add(choice);
    });

    /// <summary>The community sends by this server.</summary>
    public static Task MailsByAsync(this TestHub hub, MailPost post, string? user = null, string? password = null) => hub.ChangeAsync(db =>
    {
        var server = new MailServer();
        server.Revise("127.0.0.1", post.Port, MailSecurity.None, user, hub.Get<FieldProtector>().Protect(password), "hello@shiliu.example", true);
        db.MailServers.Add(server);
    });

    /// <summary>A team's group has a robot.</summary>
    public static Task HasRobotAsync(this TestHub hub, Team team, GroupRobot robot) => hub.ChangeAsync(db =>
    {
        var own = new TeamRobot(team.Id);
        own.Revise(hub.Get<FieldProtector>().Protect(robot.Webhook), true);
        db.TeamRobots.Add(own);
    });

    /// <summary>Writes notices past what causes them.</summary>
    public static Task NotifyAsync(this TestHub hub, params Notice[] notices) => hub.ChangeAsync(db => db.Notices.AddRange(notices));

    /// <summary>A directory for an installation that is closed and opened again.</summary>
    public static string Place() => TestHub.NewDirectory();
}
