using VolunteerHub.Web.Platform.Forms;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>What guards the open form, and what screens need to offer a welcome.</summary>
public static class JoiningSetup
{
    public static void AddHubJoining(this IServiceCollection services)
    {
        services.AddSingleton<OpenFormTickets>();
        services.AddSingleton<JoinTries>();
        services.AddScoped<WelcomeOffer>();
    }
}
