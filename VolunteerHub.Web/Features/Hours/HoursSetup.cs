using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Platform.Background;

namespace VolunteerHub.Web.Features.Hours;

public static class HoursSetup
{
    public static void AddHubHours(this IServiceCollection services)
    {
        services.AddSingleton<ObjectionTries>();
        services.AddBackgroundJob<MoveHoursOn>();
        services.AddBackgroundJob<TallyRuns>();
    }
}
