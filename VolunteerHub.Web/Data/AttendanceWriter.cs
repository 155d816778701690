using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Data;

/// <summary>
/// The single writer of attendance. Commands that arrive while a commit is on its way to the disk share the next one:
/// forty people at a door cost a few commits, and each is answered only when its own is on disk (synchronous=FULL).
/// It applies the domain's verbs, keeps the proposed hours in step, and writes the audit lines of the same transaction.
/// </summary>
public sealed class AttendanceWriter : BackgroundService
{
    private const int MostPerCommit = 256;
    private const int MostWaiting = 4096;

    /// <summary>So many carry on one after the other on one thread: to wake a thread for each costs more than what it then does.</summary>
    private const int AnsweredTogether = 8;

    /// <summary>So many pages of the journal are carried out before it is looked again whether somebody waits at a door.</summary>
    private const int PagesAtATime = 2;

    /// <summary>From here on the journal is worked off also while people wait at doors: they wait longer instead of it growing.</summary>
    private const int MostPagesBehind = 1024;

    /// <summary>Tells nothing but that somebody wants to read, or that nobody came for a while.</summary>
    private static readonly Pending Wake = new(null!);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly DataDirectory _directory;
    private readonly LiveBus _live;
    private readonly ILogger<AttendanceWriter> _log;

    private readonly Channel<Pending> _waiting = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly List<(long UpTo, TaskCompletionSource Caught)> _readers = [];

    private readonly Timer _quiet;
    private TimeSpan _pause;
    private long _lastPage;
    private long _carriedOut;
    private volatile bool _stopping;

    public AttendanceWriter(DataDirectory directory, LiveBus live, ILogger<AttendanceWriter> log)
    {
        (_directory, _live, _log) = (directory, live, log);
        _quiet = new Timer(_ => _waiting.Writer.TryWrite(Wake));
    }

    /// <summary>Nobody comes any more, for now: a crowd whose answers are on their way sends its next within less.</summary>
    internal TimeSpan Quiet { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Answers when the command is on disk, or was refused; at once with <see cref="TooBusy"/> where too many are waiting already.</summary>
    /// <param name="command">What is told.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    /// <exception cref="SqliteException">The disk refused; nothing of the command was kept.</exception>
    /// <exception cref="ChannelClosedException">The program is being stopped.</exception>
    public Task<AttendanceAnswer> TellAsync(AttendanceCommand command, CancellationToken ct = default)
    {
        if (ct.IsCancellationRequested) return Task.FromCanceled<AttendanceAnswer>(ct);
        var pending = new Pending(command);
        if (_waiting.Writer.TryWrite(pending)) return pending.Task;
        return _stopping ? Task.FromException<AttendanceAnswer>(new ChannelClosedException()) : Task.FromResult(new AttendanceAnswer(new TooBusy(), null));
    }

    /// <summary>As <see cref="TellAsync"/>, for what must not be turned away: it waits until there is room.</summary>
    /// <exception cref="ChannelClosedException">The program is being stopped.</exception>
    public async Task<AttendanceAnswer> TellInTurnAsync(AttendanceCommand command)
    {
        var pending = new Pending(command);
        await _waiting.Writer.WriteAsync(pending);
        return await pending.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } running) await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _quiet.Dispose();
        base.Dispose();
    }

    /// <summary>Whether what was acknowledged here may stand in the journal only.</summary>
    public bool IsBehind => Volatile.Read(ref _lastPage) > Volatile.Read(ref _carriedOut);

    /// <summary>
    /// Answers when everything that was acknowledged until now stands in the tables: at once where the journal is empty, as it is whenever
    /// nobody waits at a door.
    /// </summary>
    public Task CaughtUpAsync()
    {
        if (!IsBehind) return Task.CompletedTask;
        lock (_readers)
        {
            if (!IsBehind) return Task.CompletedTask;
            var caught = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _readers.Add((_lastPage, caught));
            // Where there is no room the writer is awake.
            _waiting.Writer.TryWrite(Wake);
            return caught.Task;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the caller's thread: what follows blocks on the disk, by design of the embedded database.
        await Task.Yield();
        AttendanceStore? store = null;
        _pause = Quiet;
        try
        {
            var batch = new List<Pending>(MostPerCommit);
            while (await MoreAsync(store))
            {
                batch.Clear();
                while (batch.Count < MostPerCommit && _waiting.Reader.TryRead(out var pending))
                    if (pending != Wake) batch.Add(pending);
                if (batch.Count > 0) store ??= Open(batch);
                if (store is null) continue;
                if (batch.Count > 0) Commit(store, batch);
                var fine = true;
                if (store.IsBehind && (batch.Count == 0 || IsRead || store.PagesBehind > MostPagesBehind)) fine = Try(store, CatchUp);
                else if (batch.Count == 0 && store.MayRest) fine = Try(store, Rest);
                Release(store.CarriedOut, all: !fine);
                _pause = fine ? Quiet : AfterFailure;
                // What is in the journal is safe there, also for the next start.
                if (!fine && _stopping && _waiting.Reader.Count == 0) break;
            }
        }
        finally
        {
            store?.Dispose();
            Release(long.MaxValue, all: true);
        }
    }

    private bool IsRead
    {
        get
        {
            lock (_readers) return _readers.Count > 0;
        }
    }

    /// <summary>
    /// Waits until there is something to do: a command, or, while the journal or the write-ahead log hold something, a moment in which nobody comes.
    /// </summary>
    /// <returns>Whether there is; otherwise everything is written and the program is being stopped.</returns>
    private async Task<bool> MoreAsync(AttendanceStore? store)
    {
        if (_waiting.Reader.Count > 0) return true;
        if (store is { IsBehind: true } or { MayRest: true }) _quiet.Change(_pause, Timeout.InfiniteTimeSpan);
        var more = await _waiting.Reader.WaitToReadAsync(CancellationToken.None);
        _quiet.Change(Timeout.Infinite, Timeout.Infinite);
        return more || store is { IsBehind: true };
    }

    /// <summary>Carries out what the journal holds: all of it while nobody waits at a door, else a little.</summary>
    private void CatchUp(AttendanceStore store)
    {
        var pages = 0;
        store.CatchUp(() => ++pages >= PagesAtATime && _waiting.Reader.Count > 0);
    }

    /// <summary>
    /// Clears away what a crowd left while nobody waits at a door, instead of amid the next crowd: the write-ahead log, and the garbage of the answers,
    /// for whose collection everybody stands still for some milliseconds.
    /// </summary>
    private static void Rest(AttendanceStore store)
    {
        store.Rest();
        GC.Collect(1);
    }

    /// <returns>Whether the disk let it.</returns>
    private bool Try(AttendanceStore store, Action<AttendanceStore> work)
    {
        try
        {
            work(store);
            return true;
        }
#pragma warning disable CA1031 // Nothing that was acknowledged depends on it, and it is tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _log.LogError(failure, "The attendance journal could not be carried out");
            store.GiveUp();
            return false;
        }
    }

    /// <summary>Lets those read who waited for what the tables hold by now; all, where the disk does not let them hold it.</summary>
    private void Release(long carriedOut, bool all)
    {
        lock (_readers)
        {
            Volatile.Write(ref _carriedOut, carriedOut);
            foreach (var (_, caught) in _readers.Where(Served)) caught.TrySetResult();
            _readers.RemoveAll(Served);
        }

        bool Served((long UpTo, TaskCompletionSource Caught) reader) => all || reader.UpTo <= carriedOut;
    }

    /// <summary>The store, or null where the database cannot be opened now: who waits is told, the next are tried again.</summary>
    private AttendanceStore? Open(List<Pending> batch)
    {
        try
        {
            var store = new AttendanceStore(_directory.Database, _log);
            lock (_readers) (_lastPage, _carriedOut) = (0, 0);
            return store;
        }
        catch (SqliteException failure)
        {
            _log.LogError(failure, "The database could not be opened for {Count} attendance commands", batch.Count);
            CarryOn(batch, failure);
            return null;
        }
    }

    private void Commit(AttendanceStore store, List<Pending> batch)
    {
        try
        {
            Write(store, batch);
            CarryOn(batch);
            foreach (var run in batch.Select(p => p.Command.RunId).Distinct()) _live.Announce(new RunTouched(run, ByAttendance: true));
        }
#pragma warning disable CA1031 // Whatever went wrong goes to those who wait for an answer; the writer lives on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _log.LogError(failure, "A commit of {Count} attendance commands failed", batch.Count);
            // One bad command must not take its neighbours down: each gets a transaction of its own.
            if (batch.Count > 1) foreach (var single in batch) Commit(store, [single]);
            else CarryOn(batch, failure);
        }
    }

    /// <summary>Lets those carry on who waited for an answer, on other threads: the writer has the next commit to do.</summary>
    private static void CarryOn(List<Pending> batch, Exception? failure = null)
    {
        for (var from = 0; from < batch.Count; from += AnsweredTogether)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                some => some.ForEach(pending => _ = failure is null ? pending.TrySetResult(pending.Answer!) : pending.TrySetException(failure)),
                batch.GetRange(from, Math.Min(AnsweredTogether, batch.Count - from)),
                preferLocal: false);
        }
    }

    private void Write(AttendanceStore store, List<Pending> batch)
    {
        try
        {
            store.Begin();
            foreach (var pending in batch) pending.Answer = Apply(store, pending.Command);
            store.Commit(batch.Count, page => Volatile.Write(ref _lastPage, page));
        }
        catch
        {
            store.GiveUp();
            throw;
        }
    }

    private static AttendanceAnswer Apply(AttendanceStore store, AttendanceCommand command)
    {
        var run = store.Run(command.RunId);
        var known = run.Attendances.TryGetValue(command.VolunteerId, out var attendance);
        attendance ??= new Attendance(command.RunId, command.VolunteerId);
        if (command is not (TellArrival or TellLeaving or TellFact)) store.AtOnce();
        if (command is RecountHours)
        {
            FollowHours(store, run, attendance, command);
            return new(null, null);
        }

        var (before, request) = (AttendanceStore.StateOf(attendance), RequestOf(command));
        if (request is { } told && attendance.Answered(told) is null && store.KnowsRequest(told))
            return Kept(store, command, new(new RequestIdReused(), null));
        var answer = Kept(store, command, command switch
        {
            TellArrival c => Arrive(store, run, attendance, c),
            TellLeaving c => Told(attendance.Leave(c.Moment)),
            TellFact c => Record(store, run, attendance, c),
            CorrectTimes c => Told(attendance.Correct(c.IntervalId, c.In, c.Out, c.In.ReceivedAt)),
            CloseByPolicy c => Told(attendance.Leave(c.Moment)),
            TakeBackMoment c => new(attendance.TakeBack(c.IntervalId, c.Leaving, c.At).Refusal, null),
            MarkAbsence c => new(attendance.Mark(c.Mark).Refusal, null),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        });
        if (answer.Refusal is not null || !store.Save(attendance, known, before, command, request)) return answer;
        // An arrival earns nothing yet.
        if (command is not TellArrival) FollowHours(store, run, attendance, command);
        return answer;
    }

    private static AttendanceAnswer Arrive(AttendanceStore store, RunAtDoor run, Attendance attendance, TellArrival command)
    {
        // A repeated request is answered as before, whatever became of the run since.
        if (attendance.Answered(command.Moment.RequestId) is { } before) return new(null, before);
        if (!run.IsAnnounced) return new(new RunNotPublished(), null);
        if (command.Moment.Evidence == EvidenceKind.Buddy
            && BuddyRule.Judge(run.Attendances.GetValueOrDefault(command.By), run.HelpedBy(command.By)) is { } notHelped) return new(notHelped, null);
        return Told(attendance.Arrive(command.Moment, run.SlotsOf(command.VolunteerId), store.Policy, command.ByLeader));
    }

    private static AttendanceAnswer Record(AttendanceStore store, RunAtDoor run, Attendance attendance, TellFact command)
    {
        // A repeated request is answered as before, whatever became of the run since.
        if (!run.IsAnnounced && attendance.Answered(command.Moment.RequestId) is null) return new(new RunNotPublished(), null);
        var recorded = attendance.Record(command.Moment, command.Arriving, run.SlotsOf(command.VolunteerId), store.Policy);
        return recorded.Refused ? new(recorded.Refusal, null) : new(null, recorded.Value.Receipt, recorded.Value.Doubts | command.Doubts);
    }

    /// <summary>Keeps for review, in the same transaction, what a person has to look at.</summary>
    private static AttendanceAnswer Kept(AttendanceStore store, AttendanceCommand command, AttendanceAnswer answer)
    {
        switch (command)
        {
            case TellFact { KioskId: not null } fact when answer.Refusal is { } refusal:
                Keep(ReviewKind.NotAccepted, fact.Moment, fact.Arriving, fact.KioskId, refusal.GetType().Name);
                break;
            case TellFact fact:
                if (answer.Doubts.HasFlag(Doubts.ClockOff)) Keep(ReviewKind.ClockOff, fact.Moment, fact.Arriving, fact.KioskId);
                if (answer.Doubts.HasFlag(Doubts.OutsideWindow)) Keep(ReviewKind.OutsideWindow, fact.Moment, fact.Arriving, fact.KioskId);
                if (answer.Doubts.HasFlag(Doubts.NotOnRoster)) Keep(ReviewKind.NotOnRoster, fact.Moment, fact.Arriving, fact.KioskId);
                break;
            case CloseByPolicy close when answer.Refusal is null:
                Keep(ReviewKind.ForgottenSignOut, close.Moment, arriving: false, null);
                break;
        }

        return answer;

        void Keep(ReviewKind kind, AttendanceMoment moment, bool arriving, KioskId? kiosk, string? refusal = null) => store.Add(
            new ReviewItem(command.RunId, kind, moment.RequestId, command.VolunteerId, moment.OccurredAt, moment.ReceivedAt, arriving)
            {
                Evidence = moment.Evidence,
                KioskId = kiosk,
                Refusal = refusal,
            });
    }

    private static AttendanceAnswer Told(Outcome<AttendanceReceipt> outcome) => new(outcome.Refusal, outcome.Value);

    private static void FollowHours(AttendanceStore store, RunAtDoor run, Attendance attendance, AttendanceCommand command)
    {
        var credited = CreditRule.Credit(run.SlotsOf(command.VolunteerId), attendance.Intervals, store.Credit);
        if (!run.Hours.TryGetValue(command.VolunteerId, out var entry))
        {
            if (credited > TimeSpan.Zero) store.Add(new HourEntry(command.RunId, command.VolunteerId, credited, AttendanceStore.ReceivedAt(command)), command);
        }
        else if (entry.Credited is var old && entry.Follow(credited))
        {
            store.Save(entry, old, command);
        }
    }

    private static Guid? RequestOf(AttendanceCommand command) => command switch
    {
        TellArrival c => c.Moment.RequestId,
        TellLeaving c => c.Moment.RequestId,
        TellFact c => c.Moment.RequestId,
        CloseByPolicy c => c.Moment.RequestId,
        CorrectTimes c => c.In.RequestId,
        _ => null,
    };

    /// <summary>A command on its way. Whoever waits for it carries on where its task is completed, see <see cref="CarryOn"/>.</summary>
    private sealed class Pending(AttendanceCommand command) : TaskCompletionSource<AttendanceAnswer>
    {
        public AttendanceCommand Command => command;

        /// <summary>Given once it is on disk.</summary>
        public AttendanceAnswer? Answer { get; set; }
    }
}
