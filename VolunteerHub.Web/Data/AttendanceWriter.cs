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
public sealed class AttendanceWriter(DataDirectory directory, LiveBus live, ILogger<AttendanceWriter> log) : BackgroundService
{
    private const int MostPerCommit = 256;
    private const int MostWaiting = 4096;

    private readonly Channel<Pending> _waiting = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Answers when the command is on disk, or was refused. Waits where too many are waiting already.</summary>
    /// <exception cref="SqliteException">The disk refused; nothing of the command was kept.</exception>
    public async Task<AttendanceAnswer> TellAsync(AttendanceCommand command, CancellationToken ct = default)
    {
        var pending = new Pending(command);
        await _waiting.Writer.WriteAsync(pending, ct);
        return await pending.Answered.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } running) await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the caller's thread: what follows blocks on the disk, by design of the embedded database.
        await Task.Yield();
        AttendanceStore? store = null;
        try
        {
            var batch = new List<Pending>(MostPerCommit);
            while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
            {
                batch.Clear();
                while (batch.Count < MostPerCommit && _waiting.Reader.TryRead(out var pending)) batch.Add(pending);
                store ??= Open(batch);
                if (store is not null) Commit(store, batch);
            }
        }
        finally
        {
            store?.Dispose();
        }
    }

    /// <summary>The store, or null where the database cannot be opened now: who waits is told, the next are tried again.</summary>
    private AttendanceStore? Open(List<Pending> batch)
    {
        try
        {
            return new AttendanceStore(directory.Database);
        }
        catch (SqliteException failure)
        {
            log.LogError(failure, "The database could not be opened for {Count} attendance commands", batch.Count);
            foreach (var pending in batch) pending.Answered.TrySetException(failure);
            return null;
        }
    }

    private void Commit(AttendanceStore store, List<Pending> batch)
    {
        try
        {
            var answers = Write(store, batch);
            for (var i = 0; i < batch.Count; i++) batch[i].Answered.TrySetResult(answers[i]);
            foreach (var run in batch.Select(p => p.Command.RunId).Distinct()) live.Announce(new RunTouched(run, ByAttendance: true));
        }
#pragma warning disable CA1031 // Whatever went wrong goes to those who wait for an answer; the writer lives on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "A commit of {Count} attendance commands failed", batch.Count);
            // One bad command must not take its neighbours down: each gets a transaction of its own.
            if (batch.Count > 1) foreach (var single in batch) Commit(store, [single]);
            else batch[0].Answered.TrySetException(failure);
        }
    }

    private static List<AttendanceAnswer> Write(AttendanceStore store, List<Pending> batch)
    {
        using var transaction = store.Begin();
        var answers = batch.ConvertAll(p => Apply(store, p.Command));
        transaction.Commit();
        return answers;
    }

    private static AttendanceAnswer Apply(AttendanceStore store, AttendanceCommand command)
    {
        var attendance = store.Load(command.RunId, command.VolunteerId);
        var known = attendance is not null;
        attendance ??= new Attendance(command.RunId, command.VolunteerId);
        var before = AttendanceStore.StateOf(attendance);
        if (RequestOf(command) is { } request && attendance.Answered(request) is null && store.KnowsRequest(request))
            return new(new RequestIdReused(), null);
        var answer = command switch
        {
            TellArrival c => Arrive(store, attendance, c),
            TellLeaving c => Told(attendance.Leave(c.Moment)),
            TakeBackMoment c => new(attendance.TakeBack(c.IntervalId, c.Leaving, c.At).Refusal, null),
            MarkAbsence c => new(attendance.Mark(c.Mark).Refusal, null),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
        if (answer.Refusal is not null || !store.Save(attendance, known, before, command)) return answer;
        // An arrival earns nothing yet.
        if (command is not TellArrival) FollowHours(store, attendance, command);
        return answer;
    }

    private static AttendanceAnswer Arrive(AttendanceStore store, Attendance attendance, TellArrival command)
    {
        // A repeated request is answered as before, whatever became of the run since.
        if (attendance.Answered(command.Moment.RequestId) is { } before) return new(null, before);
        if (store.StatusOf(command.RunId) is not (RunStatus.Published or RunStatus.Completed)) return new(new RunNotPublished(), null);
        return Told(attendance.Arrive(command.Moment, store.SlotsOf(command.RunId, command.VolunteerId), store.Policy, command.ByLeader));
    }

    private static AttendanceAnswer Told(Outcome<AttendanceReceipt> outcome) => new(outcome.Refusal, outcome.Value);

    private static void FollowHours(AttendanceStore store, Attendance attendance, AttendanceCommand command)
    {
        var credited = CreditRule.Credit(store.SlotsOf(command.RunId, command.VolunteerId), attendance.Intervals);
        var entry = store.LoadHours(command.RunId, command.VolunteerId);
        if (entry is null && credited > TimeSpan.Zero)
            store.Add(new HourEntry(command.RunId, command.VolunteerId, credited, AttendanceStore.ReceivedAt(command)), command);
        else if (entry is not null && entry.Credited is var old && entry.Follow(credited))
            store.Save(entry, old, command);
    }

    private static Guid? RequestOf(AttendanceCommand command) => command switch
    {
        TellArrival c => c.Moment.RequestId,
        TellLeaving c => c.Moment.RequestId,
        _ => null,
    };

    private sealed record Pending(AttendanceCommand Command)
    {
        public TaskCompletionSource<AttendanceAnswer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
