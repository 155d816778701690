using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Data;

/// <summary>Opens <see cref="HubTransaction"/>s and plain reads for jobs and views.</summary>
public sealed class Hub(IDbContextFactory<HubDbContext> contexts, TimeProvider clock, LiveBus live)
{
    /// <summary>
    /// A context inside a transaction that holds the write lock from its start: what a job reads stays true until
    /// it has saved, so rules across runs (nobody in two places at once) hold however many leaders work.
    /// </summary>
    public async Task<HubTransaction> BeginAsync(Actor actor, CancellationToken ct)
    {
        var db = await contexts.CreateDbContextAsync(ct);
        db.Actor = actor;
        try
        {
            var transaction = await db.Database.BeginTransactionAsync(ct);
            return await HubTransaction.OpenAsync(db, transaction, actor, clock.GetUtcNow(), live, ct);
        }
        catch
        {
            // A request that is given up while it begins must not keep the write lock.
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>A context for looking only; nothing it loads is tracked.</summary>
    public async Task<HubTransaction> ReadAsync(Actor actor, CancellationToken ct)
    {
        var db = await contexts.CreateDbContextAsync(ct);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTrackingWithIdentityResolution;
        try
        {
            return await HubTransaction.OpenAsync(db, null, actor, clock.GetUtcNow(), live, ct);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}

/// <summary>One unit of work: the records, who acts and what they may do, the community's policies, and now.</summary>
public sealed class HubTransaction : IAsyncDisposable
{
    private readonly IDbContextTransaction? _transaction;
    private readonly LiveBus _live;

    private HubTransaction(HubDbContext db, IDbContextTransaction? transaction, Actor actor, DateTimeOffset now, LiveBus live, Community community, Authority authority)
    {
        (Db, _transaction, Actor, Now, _live, Community, Authority) = (db, transaction, actor, now, live, community, authority);
    }

    public HubDbContext Db { get; }

    public Actor Actor { get; }

    public Authority Authority { get; }

    public Community Community { get; }

    public DateTimeOffset Now { get; }

    public TimeZoneInfo Zone => Community.Zone;

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);

    internal static async Task<HubTransaction> OpenAsync(
        HubDbContext db, IDbContextTransaction? transaction, Actor actor, DateTimeOffset now, LiveBus live, CancellationToken ct)
    {
        var community = await db.Communities.SingleAsync(ct);
        return new(db, transaction, actor, now, live, community, await Authority.OfAsync(db, actor, community, now, ct));
    }

    /// <summary>The run with shifts, posts and roster, or null.</summary>
    public Task<ServiceRun?> RunAsync(RunId id, CancellationToken ct) => RunWhereAsync(r => r.Id == id, ct);

    public Task<ServiceRun?> RunWhereAsync(System.Linq.Expressions.Expression<Func<ServiceRun, bool>> which, CancellationToken ct) =>
        WholeRuns.FirstOrDefaultAsync(which, ct);

    /// <summary>Runs with shifts, posts and roster.</summary>
    public IQueryable<ServiceRun> WholeRuns => Db.Runs
        .Include(r => r.Shifts.OrderBy(s => s.Start)).ThenInclude(s => s.Posts.OrderBy(p => p.Order))
        .Include(r => r.Assignments)
        .AsSplitQuery();

    /// <summary>Commits, and tells open screens of the run.</summary>
    public async Task<Outcome> SaveAsync(RunId? touched, CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        await _transaction!.CommitAsync(ct);
        if (touched is { } run) _live.Announce(new RunTouched(run));
        return Outcome.Done;
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null) await _transaction.DisposeAsync();
        await Db.DisposeAsync();
    }
}
