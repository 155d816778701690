using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Who may take attendance of a run, asked on the loaded run before anything is told to the writer.</summary>
internal static class AttendanceRights
{
    public static async Task<Outcome<ServiceRun>> AttendanceRunAsync(this HubTransaction read, object job, RunId runId, CancellationToken ct)
    {
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        return read.Authority.MayTakeAttendance(run) ? run : read.Denied(job, runId);
    }

    /// <summary>Puts somebody who came without being on the roster on a post, and commits.</summary>
    /// <param name="work">Of whom takes attendance.</param>
    /// <param name="job">The job that was asked.</param>
    /// <param name="runId">The run.</param>
    /// <param name="postId">The post.</param>
    /// <param name="volunteerId">Who came.</param>
    /// <param name="later">Whether it is told later, from paper: then it does not matter whether check-in is open now.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public static async Task<Outcome> WalkInAsync(this HubTransaction work, object job, RunId runId, PostId postId, VolunteerId volunteerId, bool later, CancellationToken ct)
    {
        var allowed = await work.AttendanceRunAsync(job, runId, ct);
        if (allowed.Refused) return allowed.Refusal;
        var run = allowed.Value;
        if (run.Find(postId) is not var (shift, _)) return new PostNotFound();
        if (!later && CheckInWindow.Admit([shift.Slot], work.Now, work.Community.CheckIn) is { } closed) return closed;
        if (await work.CandidateAsync(volunteerId, shift.Slot, ct) is not { } who) return new AssignmentNotFound();
        var joined = run.WalkIn(postId, who, work.Actor.Id, work.Now, work.Community);
        return joined.Refused ? joined.Refusal : await work.SaveAsync(runId, ct);
    }
}

/// <summary>A leader taps a name: in, or out.</summary>
public sealed class AttestAttendance(Hub hub, AttendanceWriter writer)
{
    /// <param name="actor">The leader.</param>
    /// <param name="runId">The run.</param>
    /// <param name="volunteerId">Whose name was tapped.</param>
    /// <param name="arriving">In, or out.</param>
    /// <param name="requestId">Of this tap: a second delivery changes nothing.</param>
    /// <param name="ct">Cancels before the command is handed over.</param>
    public async Task<Outcome<AttendanceReceipt>> RunAsync(
        Actor actor, RunId runId, VolunteerId volunteerId, bool arriving, Guid requestId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        var moment = new AttendanceMoment(read.Now, read.Now, requestId, EvidenceKind.LeaderAttested, actor.Id);
        AttendanceCommand command = arriving ? new TellArrival(runId, volunteerId, moment, ByLeader: true) { Via = actor.Via } : new TellLeaving(runId, volunteerId, moment) { Via = actor.Via };
        var answer = await writer.TellAsync(command, ct);
        return answer.Refusal is { } refused ? refused : answer.Receipt!;
    }
}

/// <summary>A leader takes a way in or out back.</summary>
public sealed class TakeBackAttendance(Hub hub, AttendanceWriter writer)
{
    public async Task<Outcome> RunAsync(
        Actor actor, RunId runId, VolunteerId volunteerId, IntervalId intervalId, bool leaving, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        return (await writer.TellAsync(new TakeBackMoment(runId, volunteerId, intervalId, leaving, read.Now, actor.Id) { Via = actor.Via }, ct)).Outcome;
    }
}

/// <summary>A leader notes that someone did not come, excused or not, or takes the note back.</summary>
public sealed class NoteAbsence(Hub hub, AttendanceWriter writer)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, VolunteerId volunteerId, AbsenceMark? mark, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = await read.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        if (!run.Value.Assignments.Any(a => a.VolunteerId == volunteerId && a.IsPublished)) return new NotOnRoster();
        return (await writer.TellAsync(new MarkAbsence(runId, volunteerId, mark, read.Now, actor.Id) { Via = actor.Via }, ct)).Outcome;
    }
}

/// <summary>「全部签退」: everybody who is in signs out now.</summary>
public sealed class SignOutAll(Hub hub, AttendanceWriter writer)
{
    /// <returns>How many were signed out.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        var present = await read.Db.Attendances.Where(a => a.RunId == runId && a.Intervals.Any(i => i.Out == null && i.AnnulledAt == null)).Select(a => a.VolunteerId).ToListAsync(ct);
        var answers = await Task.WhenAll(present.Select(who => writer.TellAsync(
            new TellLeaving(runId, who, new AttendanceMoment(read.Now, read.Now, Guid.CreateVersion7(), EvidenceKind.LeaderAttested, actor.Id)) { Via = actor.Via }, ct)));
        return answers.Count(a => a.Refusal is null) + await SignOutWalkInsAsync(actor, runId, ct);
    }

    private async Task<int> SignOutWalkInsAsync(Actor actor, RunId runId, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var here = await work.Db.UnknownWalkIns.Where(w => w.RunId == runId && w.SettledAt == null && w.Out == null).ToListAsync(ct);
        foreach (var walkIn in here) walkIn.Leave(new AttendanceMoment(work.Now, work.Now, Guid.CreateVersion7(), EvidenceKind.LeaderAttested, actor.Id));
        if (here.Count > 0) await work.SaveAsync(runId, ct);
        return here.Count;
    }
}

/// <summary>「现场加入」: someone who came without being on the roster is put on a post and checked in.</summary>
public sealed class AddWalkIn(Hub hub, AttendanceWriter writer)
{
    public async Task<Outcome<AttendanceReceipt>> RunAsync(Actor actor, RunId runId, PostId postId, VolunteerId volunteerId, CancellationToken ct = default)
    {
        DateTimeOffset now;
        await using (var work = await hub.BeginAsync(actor, ct))
        {
            now = work.Now;
            var joined = await work.WalkInAsync(this, runId, postId, volunteerId, later: false, ct);
            if (joined.Refused) return joined.Refusal;
        }

        var moment = new AttendanceMoment(now, now, Guid.CreateVersion7(), EvidenceKind.LeaderAttested, actor.Id);
        var answer = await writer.TellAsync(new TellArrival(runId, volunteerId, moment, ByLeader: true) { Via = actor.Via }, ct);
        return answer.Refusal is { } refusal ? refusal : answer.Receipt!;
    }
}

/// <summary>A new check-in PIN for one person.</summary>
public sealed record IssuedPin(VolunteerId VolunteerId, string Name, string Number, string Pin);

/// <summary>A leader issues check-in PINs to people on the run's roster, to be printed or told. Older ones stop working.</summary>
public sealed class IssuePins(Hub hub, CheckInPin pins)
{
    /// <param name="actor">The leader.</param>
    /// <param name="runId">The run whose people are meant.</param>
    /// <param name="only">For whom; people who are not on the roster are passed over.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<IReadOnlyList<IssuedPin>>> RunAsync(Actor actor, RunId runId, IReadOnlySet<VolunteerId> only, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = await work.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        var people = run.Value.Assignments.Where(a => a.IsPublished && only.Contains(a.VolunteerId)).Select(a => a.VolunteerId).Distinct().ToList();
        var issued = new List<IssuedPin>();
        foreach (var who in await work.Db.Volunteers.Where(v => people.Contains(v.Id)).OrderBy(v => v.Number).ToListAsync(ct))
        {
            var pin = CheckInPin.New();
            who.SetPin(pins.Hash(who.Id, pin));
            issued.Add(new(who.Id, who.Name, who.Number, pin));
        }

        // A new PIN opens a lock that wrong tries of the old one closed.
        var locks = await work.Db.PinFailures.Where(f => f.RunId == runId && people.Contains(f.VolunteerId)).ToListAsync(ct);
        locks.ForEach(f => f.Clear());
        await work.SaveAsync(null, ct);
        return issued;
    }
}
