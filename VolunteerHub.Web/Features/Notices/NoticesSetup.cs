using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Notifications;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>What writes, gathers and sends notices.</summary>
public static class NoticesSetup
{
    /// <summary>A group's robot answers at once or not at all.</summary>
    private static readonly TimeSpan RobotPatience = TimeSpan.FromSeconds(10);

    public static void AddHubNotices(this IServiceCollection services)
    {
        services.AddSingleton<NoticeTexts>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<RobotSender>();
        // The address of a robot is a secret: nothing logs it, and nobody leads it elsewhere.
        services.AddHttpClient(RobotSender.Client, client => client.Timeout = RobotPatience)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddBackgroundJob<StaffingWatch>();
        services.AddBackgroundJob<GatherNotices>();
        services.AddBackgroundJob<DropStaleTexts>();
        services.AddBackgroundJob<SendMessages>();
    }
}
