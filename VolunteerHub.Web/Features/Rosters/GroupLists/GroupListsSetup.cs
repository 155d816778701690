namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>What the screens for lists of groups need.</summary>
public static class GroupListsSetup
{
    public static void AddHubGroupLists(this IServiceCollection services) => services.AddScoped<PastedText>();
}
