using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Data;

/// <summary>Opens <see cref="HubTransaction"/>s and plain reads for jobs and views.</summary>
public sealed class Hub(IDbContextFactory<HubDbContext> contexts, TimeProvider clock, LiveBus live, FieldProtector fields, AttendanceWriter writer)
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
            return await HubTransaction.OpenAsync(db, transaction, actor, clock.GetUtcNow(), live, fields, writer, ct);
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
            return await HubTransaction.OpenAsync(db, null, actor, clock.GetUtcNow(), live, fields, writer, ct);
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
    private readonly FieldProtector _fields;
    private readonly AttendanceWriter _writer;
    private readonly HashSet<(RunId Run, VolunteerId Who)> _reseated = [];
    private bool _phonesChange;
    private AuditLine? _denied;

    private HubTransaction(HubDbContext db, IDbContextTransaction? transaction, Actor actor, DateTimeOffset now, LiveBus live, FieldProtector fields, AttendanceWriter writer, Community community, Authority authority)
    {
        (Db, _transaction, Actor, Now, _live, _fields, _writer, Community, Authority) = (db, transaction, actor, now, live, fields, writer, community, authority);
        if (transaction is not null) db.SavingChanges += (_, _) => NoteWhatFollows();
    }

    public HubDbContext Db { get; }

    public Actor Actor { get; }

    public Authority Authority { get; }

    public Community Community { get; }

    public DateTimeOffset Now { get; }

    public TimeZoneInfo Zone => Community.Zone;

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);

    internal static async Task<HubTransaction> OpenAsync(
        HubDbContext db, IDbContextTransaction? transaction, Actor actor, DateTimeOffset now, LiveBus live, FieldProtector fields, AttendanceWriter writer, CancellationToken ct)
    {
        var community = await db.Communities.SingleAsync(ct);
        return new(db, transaction, actor, now, live, fields, writer, community, await Authority.OfAsync(db, actor, community, now, ct));
    }

    /// <summary>
    /// From here until the answer is disposed this shows the records of one moment. It only looks, and so takes no lock from anybody: what is saved
    /// meanwhile is not seen.
    /// </summary>
    public async Task<IAsyncDisposable> AtOneMomentAsync(CancellationToken ct)
    {
        await _writer.CaughtUpAsync();
        await Db.Database.OpenConnectionAsync(ct);
        Db.ShowsOneMoment = true;
        var moment = ((SqliteConnection)Db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await Db.Database.UseTransactionAsync(moment, ct);
        return moment;
    }

    /// <summary>The date of birth of a person, opened for the rules; null where it is not on record.</summary>
    public DateOnly? BornOn(Volunteer who) => _fields.RevealDay(who.BornOn);

    /// <summary>A sealed text, opened for whoever was found to have a right to it.</summary>
    public string? Reveal(ProtectedText? text) => _fields.Reveal(text);

    /// <summary>The run with shifts, posts and roster, or null.</summary>
    public Task<ServiceRun?> RunAsync(RunId id, CancellationToken ct) => RunWhereAsync(r => r.Id == id, ct);

    public Task<ServiceRun?> RunWhereAsync(System.Linq.Expressions.Expression<Func<ServiceRun, bool>> which, CancellationToken ct) =>
        WholeRuns.FirstOrDefaultAsync(which, ct);

    /// <summary>Runs with shifts, posts and roster.</summary>
    public IQueryable<ServiceRun> WholeRuns => Db.Runs
        .Include(r => r.Shifts.OrderBy(s => s.Start)).ThenInclude(s => s.Posts.OrderBy(p => p.Order))
        .Include(r => r.Assignments)
        .AsSplitQuery();

    /// <summary>The answer to who may not; the attempt stands in the audit once this unit of work is closed.</summary>
    /// <param name="job">The job or view that was asked.</param>
    /// <param name="on">Id of what it was asked for, where it is about one thing.</param>
    public NotAllowed Denied(object job, object? on = null)
    {
        _denied = new AuditLine(Now, Actor.Id.Value, Actor.Via.ToString(), AuditActions.Denied, job.GetType().Name, on?.ToString() ?? "", "{}", (on as VolunteerId?)?.Value);
        return new NotAllowed();
    }

    /// <summary>Adds a line to the audit that no change of a record would write.</summary>
    public void Note(string action, string subject, string subjectId, string changes = "{}", VolunteerId? about = null) =>
        Db.AuditLines.Add(new AuditLine(Now, Actor.Id.Value, Actor.Via.ToString(), action, subject, subjectId, changes, about?.Value));

    /// <summary>Notes that somebody looked at a protected field in clear: which, never what it said.</summary>
    public void NoteRevealed(string subject, string subjectId, PrivateField field, VolunteerId? about = null) =>
        Note(AuditActions.Revealed, subject, subjectId, JsonSerializer.Serialize(new Dictionary<string, string?[]> { ["Field"] = [null, field.ToString()] }), about);

    /// <summary>Commits a change of people or teams, and tells open screens of it.</summary>
    public Task<Outcome> SavePeopleAsync(CancellationToken ct) => SavePeopleAsync([], ct);

    /// <summary>Commits a change of people or teams that changed rosters too, and tells open screens of both.</summary>
    public async Task<Outcome> SavePeopleAsync(IReadOnlyCollection<RunId> touched, CancellationToken ct)
    {
        await SaveRunsAsync(touched, ct);
        _live.Announce(new PeopleTouched());
        return Outcome.Done;
    }

    /// <summary>Commits a change of a request, and of a run where one came of it, and tells open screens.</summary>
    public async Task<Outcome> SaveRequestAsync(RunId? touched, CancellationToken ct)
    {
        await SaveAsync(touched, ct);
        _live.Announce(new RequestsTouched());
        return Outcome.Done;
    }

    /// <summary>Commits, and tells open screens of the run.</summary>
    public async Task<Outcome> SaveAsync(RunId? touched, CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        var recounts = await RecountsAsync(ct);
        await _transaction!.CommitAsync(ct);
        foreach (var recount in recounts) await _writer.TellInTurnAsync(recount);
        if (_phonesChange) _live.Announce(new PhonesTouched());
        if (touched is { } run) _live.Announce(new RunTouched(run));
        return Outcome.Done;
    }

    /// <summary>Commits, and tells open screens of the runs.</summary>
    public async Task<Outcome> SaveRunsAsync(IReadOnlyCollection<RunId> touched, CancellationToken ct)
    {
        await SaveAsync(null, ct);
        foreach (var run in touched) _live.Announce(new RunTouched(run));
        return Outcome.Done;
    }

    /// <summary>
    /// Time is credited within the own slots: whose seats change, and who was there already, is counted anew. A run that is called off takes
    /// all seats away, and nothing of what was earned there until then.
    /// </summary>
    private async Task<IReadOnlyList<RecountHours>> RecountsAsync(CancellationToken ct)
    {
        if (_reseated.Count == 0) return [];
        var reseated = _reseated.Select(r => r.Run).Distinct().ToList();
        var runs = await Db.Runs.Where(r => reseated.Contains(r.Id) && r.Status != RunStatus.Cancelled).Select(r => r.Id).ToListAsync(ct);
        var attended = await Db.Attendances.AsNoTracking().Where(a => runs.Contains(a.RunId) && a.Intervals.Any()).Select(a => new { a.RunId, a.VolunteerId }).ToListAsync(ct);
        return [.. attended.Where(a => _reseated.Contains((a.RunId, a.VolunteerId))).Select(a => new RecountHours(a.RunId, a.VolunteerId, Now, Actor.Id) { Via = Actor.Via })];
    }

    private void NoteWhatFollows()
    {
        _phonesChange |= Db.ChangeTracker.Entries<RememberedPhone>().Any(e => e.State is EntityState.Modified or EntityState.Deleted)
            || Db.ChangeTracker.Entries<Volunteer>().Any(e => e.State is EntityState.Modified && e.Property(v => v.Status).IsModified);
        foreach (var seat in Db.ChangeTracker.Entries<Assignment>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
            _reseated.Add((seat.Entity.RunId, seat.Entity.VolunteerId));
    }

    public async ValueTask DisposeAsync()
    {
        // What a refused job had begun is rolled back before its attempt is noted.
        if (_transaction is not null) await _transaction.DisposeAsync();
        if (_denied is not null) await NoteDenialAsync(_denied);
        await Db.DisposeAsync();
    }

    private async Task NoteDenialAsync(AuditLine denied)
    {
        Db.ChangeTracker.Clear();
        Db.AuditLines.Add(denied);
        await Db.SaveChangesAsync(CancellationToken.None);
    }
}
