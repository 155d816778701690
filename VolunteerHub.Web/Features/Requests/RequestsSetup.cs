namespace VolunteerHub.Web.Features.Requests;

/// <summary>What guards the public page for requests.</summary>
public static class RequestsSetup
{
    public static void AddHubRequests(this IServiceCollection services) 
    {
        services.AddSingleton<RequestTries>();
        services.AddScoped<RequestMoves>();
    }
}
