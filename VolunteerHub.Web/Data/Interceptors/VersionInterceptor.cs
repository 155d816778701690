using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters.Cover;
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
        var all = context.ChangeTracker.Entries().ToList();
        var changed = all.FindAll(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);
        var owners = Owners(all);
        var roots = changed.Where(e => e.State != EntityState.Deleted).Concat(changed.Select(e => owners.GetValueOrDefault(e.Entity)).OfType<EntityEntry>());
        foreach (var root in roots.DistinctBy(e => e.Entity).ToList())
        {
            if (root.Metadata.FindProperty(Version) is null) continue;
            var version = root.Property(Version);
            version.CurrentValue = (long)version.OriginalValue! + 1;
        }
    }

    /// <summary>Which aggregate each part belongs to. Looked up in one pass: many parts may be saved at once.</summary>
    private static Dictionary<object, EntityEntry> Owners(List<EntityEntry> all)
    {
        var owners = new Dictionary<object, EntityEntry>(ReferenceEqualityComparer.Instance);
        foreach (var root in all)
            foreach (var part in PartsOf(root.Entity))
                owners.TryAdd(part, root);
        return owners;
    }

    private static IEnumerable<object> PartsOf(object root) => root switch
    {
        ServiceRun run => [.. run.Assignments, .. run.Shifts, .. run.Shifts.SelectMany(s => s.Posts)],
        Volunteer who => [.. who.Phone is { } phone ? [phone] : Array.Empty<object>(), .. who.Qualifications, .. who.Trainings, .. who.Awards, .. who.Tags, .. who.Consents],
        CoverLadder ladder => ladder.Asks,
        HourEntry entry => entry.Steps,
        Evaluation evaluation => evaluation.Steps,
        _ => [],
    };
}
