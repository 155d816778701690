namespace VolunteerHub.Web.Platform;

/// <summary>
/// Finds the jobs (<c>RunAsync</c>) and views (<c>LoadAsync</c>) of the features. They keep nothing between calls,
/// so one of each serves all.
/// </summary>
public static class JobsSetup
{
    /// <summary>All jobs and views: what the access matrix must classify.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(JobsSetup).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsSealed: true, IsAbstract: false }
                && t.Namespace?.StartsWith("VolunteerHub.Web.Features.", StringComparison.Ordinal) == true
                && (t.GetMethod("RunAsync") ?? t.GetMethod("LoadAsync")) is { IsStatic: false })
            .OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    public static void AddJobs(this IServiceCollection services)
    {
        foreach (var job in All) services.AddSingleton(job);
    }
}
