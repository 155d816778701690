using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Data.Interceptors;

/// <summary>
/// Counts the version of every aggregate that is saved, also when only a part of it changed, so that two who
/// change it at once never overwrite each other unseen.
/// </summary>
public sealed class VersionInterceptor : SaveChangesInterceptor
{
    private const string Version = "Version";

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Count(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private static void Count(DbContext context)
    {
        var changed = context.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        var roots = changed.Where(e => e.State != EntityState.Deleted).Concat(changed.Select(e => RootOf(e, context)).OfType<EntityEntry>());
        foreach (var root in roots.DistinctBy(e => e.Entity).ToList())
        {
            if (root.Metadata.FindProperty(Version) is null) continue;
            var version = root.Property(Version);
            version.CurrentValue = (long)version.OriginalValue! + 1;
        }
    }

    private static EntityEntry? RootOf(EntityEntry part, DbContext context) => part.Entity switch
    {
        Shift or Post or Assignment => context.ChangeTracker.Entries<ServiceRun>()
            .FirstOrDefault(run => run.Entity.Assignments.Contains(part.Entity) || run.Entity.Shifts.Any(s => s == part.Entity || s.Posts.Contains(part.Entity))),
        Qualification => context.ChangeTracker.Entries<Volunteer>().FirstOrDefault(v => v.Entity.Qualifications.Contains(part.Entity)),
        ProtectedPhone => context.ChangeTracker.Entries<Volunteer>().FirstOrDefault(v => ReferenceEquals(v.Entity.Phone, part.Entity)),
        _ => null,
    };
}
