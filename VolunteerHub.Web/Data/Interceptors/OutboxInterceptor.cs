using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;

namespace VolunteerHub.Web.Data.Interceptors;

/// <summary>
/// Writes what people must be told of a change of rosters, in the transaction of the change. It looks at what is saved, so that whatever
/// changes a roster, nobody loses a seat without being told.
/// </summary>
public sealed class OutboxInterceptor(TimeProvider clock) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var context = (HubDbContext)eventData.Context!;
        if (Changed(context) is { Count: > 0 } changed) Write(context, changed, [.. RunsOf(context, changed)], [.. Leaders(context)], context.Set<Community>().AsNoTracking().Single());
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var context = (HubDbContext)eventData.Context!;
        if (Changed(context) is { Count: > 0 } changed)
        {
            var runs = await RunsOf(context, changed).ToListAsync(cancellationToken);
            var leaders = await Leaders(context).ToListAsync(cancellationToken);
            Write(context, changed, runs, leaders, await context.Set<Community>().AsNoTracking().SingleAsync(cancellationToken));
        }

        return result;
    }

    private static List<EntityEntry<Assignment>> Changed(HubDbContext context)
    {
        context.ChangeTracker.DetectChanges();
        return
        [
            .. context.ChangeTracker.Entries<Assignment>().Where(e => e.State == EntityState.Added
                || e.State == EntityState.Modified && (e.Property(a => a.Status).IsModified || e.Property(a => a.Start).IsModified)),
        ];
    }

    /// <summary>Runs that are not at hand; those that were loaded for the change are.</summary>
    private static IQueryable<ServiceRun> RunsOf(HubDbContext context, List<EntityEntry<Assignment>> changed)
    {
        var here = context.ChangeTracker.Entries<ServiceRun>().Select(e => e.Entity.Id).ToHashSet();
        var lacking = changed.Select(e => e.Entity.RunId).Distinct().Where(id => !here.Contains(id)).ToList();
        return context.Set<ServiceRun>().AsNoTracking().Include(r => r.Shifts).ThenInclude(s => s.Posts).AsSplitQuery().Where(r => lacking.Contains(r.Id));
    }

    private static IQueryable<Membership> Leaders(HubDbContext context) => context.Set<Membership>().AsNoTracking().Where(m => m.Role != TeamRole.Member);

    private void Write(HubDbContext context, List<EntityEntry<Assignment>> changed, List<ServiceRun> loaded, List<Membership> leaders, Community community)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, community.Zone).DateTime);
        leaders.RemoveAll(m => !m.LeadsOn(today));
        var runs = context.ChangeTracker.Entries<ServiceRun>().Select(e => e.Entity).Concat(loaded).DistinctBy(r => r.Id).ToDictionary(r => r.Id);
        var published = new HashSet<RunId>();
        foreach (var entry in changed)
        {
            var seat = entry.Entity;
            // What is over is a record that is put right: nobody has to do anything about it.
            if (seat.End <= now || !runs.TryGetValue(seat.RunId, out var run)) continue;
            var isNew = entry.State == EntityState.Added;
            var before = isNew ? (AssignmentStatus?)null : entry.Property(a => a.Status).OriginalValue;
            if (before == AssignmentStatus.Proposed && seat.Status == AssignmentStatus.Invited) published.Add(run.Id);
            foreach (var news in RosterNews.Of(seat, before, isNew ? null : entry.Property(a => a.Start).OriginalValue, run.Status == RunStatus.Cancelled))
                foreach (var to in news.ToLeaders ? LeadersOf(run, seat, leaders, context.Actor.Id) : [seat.VolunteerId])
                    context.Notices.Add(Notice(news, to, run, seat, now, community));
        }

        foreach (var run in published.Select(id => runs[id]))
            context.Notices.Add(new Notice(NoticeKind.RosterPublished, null, now, community.DueAt(now, run.StartsAt)) { TeamId = run.HostTeamId, RunId = run.Id });
    }

    private static Notice Notice(SeatNews news, VolunteerId to, ServiceRun run, Assignment seat, DateTimeOffset now, Community community) =>
        new Notice(news.Kind, to, now, community.DueAt(now, seat.Start))
        {
            RunId = run.Id, PostId = seat.PostId, AssignmentId = seat.Id, Before = news.Before,
            TeamId = run.Find(seat.PostId) is var (_, post) ? run.TeamFor(post) : run.HostTeamId,
        }.Saying(news.Words, news.ToLeaders ? seat.VolunteerId : null);

    /// <summary>Who leads the host team or the one that fills the post, but who did it themselves.</summary>
    private static IEnumerable<VolunteerId> LeadersOf(ServiceRun run, Assignment seat, List<Membership> leaders, VolunteerId but)
    {
        var team = run.Find(seat.PostId) is var (_, post) ? run.TeamFor(post) : run.HostTeamId;
        return leaders.Where(m => m.TeamId == run.HostTeamId || m.TeamId == team).Select(m => m.VolunteerId).Distinct().Where(who => who != but && who != seat.VolunteerId);
    }
}
