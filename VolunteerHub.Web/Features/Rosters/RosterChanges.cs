using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>
/// Many changes of rosters in one unit of work: each is refused by the rules that hold once those before it are done, and all
/// that were done can be undone as one.
/// </summary>
internal sealed class RosterChanges
{
    private readonly HubTransaction _work;
    private readonly Dictionary<RunId, ServiceRun> _runs;
    private readonly CandidateBook _book;
    private readonly CrewExperience _experience;
    private readonly List<RosterStep> _steps = [];

    private RosterChanges(HubTransaction work, Dictionary<RunId, ServiceRun> runs, CandidateBook book, CrewExperience experience) =>
        (_work, _runs, _book, _experience) = (work, runs, book, experience);

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<RosterStep> Steps => _steps;

    /// <summary>Who gave up a published seat at once.</summary>
    public HashSet<VolunteerId> Released { get; } = [];

    /// <param name="work">The unit of work.</param>
    /// <param name="runs">The runs that may be changed.</param>
    /// <param name="people">Who may be put on them.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<RosterChanges> OpenAsync(HubTransaction work, IReadOnlyCollection<RunId> runs, IReadOnlyCollection<VolunteerId> people, CancellationToken ct)
    {
        var loaded = await work.WholeRuns.Where(r => runs.Contains(r.Id)).ToListAsync(ct);
        return await OpenAsync(work, loaded, people, ct);
    }

    /// <inheritdoc cref="OpenAsync(HubTransaction, IReadOnlyCollection{RunId}, IReadOnlyCollection{VolunteerId}, CancellationToken)"/>
    public static async Task<RosterChanges> OpenAsync(HubTransaction work, IReadOnlyCollection<ServiceRun> runs, IReadOnlyCollection<VolunteerId> people, CancellationToken ct)
    {
        var span = runs.Count == 0 ? new TimeSlot(work.Now, work.Now.AddMinutes(1)) : new TimeSlot(runs.Min(r => r.StartsAt), runs.Max(r => r.EndsAt));
        var everybody = people.Concat(runs.SelectMany(r => r.Assignments).Where(a => a.Holds).Select(a => a.VolunteerId)).Distinct().ToList();
        var book = await CandidateBook.OpenAsync(work, work.Db.Volunteers.Where(v => everybody.Contains(v.Id)), span, ct);
        return new(work, runs.ToDictionary(r => r.Id), book, await work.ExperienceAsync(everybody, ct));
    }

    /// <summary>A run that may be changed; null where there is none.</summary>
    public ServiceRun? Run(RunId id) => _runs.GetValueOrDefault(id);

    /// <summary>The name of somebody who may be put on duty; empty for others.</summary>
    public string Name(VolunteerId who) => _book.NameOf(who);

    /// <summary>Puts a person on a post.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="postId">The post.</param>
    /// <param name="who">Whom.</param>
    /// <param name="origin">How it comes about.</param>
    /// <param name="reason">Why soft rules are set aside; null where they are not.</param>
    public Outcome<Assignment> Put(RunId runId, PostId postId, VolunteerId who, AssignmentOrigin origin, string? reason = null)
    {
        if (Run(runId) is not { } run) return new RunNotFound();
        if (run.Find(postId) is not var (shift, _)) return new PostNotFound();
        if (_book.Of(who, shift.Slot) is not { } facts) return new AssignmentNotFound();
        var put = run.Assign(postId, facts, origin, reason, _work.Actor.Id, _work.Now, _work.Community, _experience);
        if (put.Refused) return put;
        _book.Give(who, new Commitment(run.Id, run.Title, "", shift.Slot, run.SiteId));
        _steps.Add(new(runId, put.Value.Id, postId, who, true, origin));
        return put;
    }

    /// <summary>Takes a person off, as the draft does it.</summary>
    public Outcome TakeOff(RunId runId, AssignmentId id)
    {
        if (Run(runId) is not { } run || run.Assignments.FirstOrDefault(a => a.Id == id) is not { } seat) return new AssignmentNotFound();
        var removed = run.Remove(id, _work.Actor.Id, _work.Now, _work.Community.CheckIn);
        if (removed.Refused) return removed;
        // A published seat keeps the person's time until the difference is published.
        if (!seat.Holds) _book.Take(seat.VolunteerId, runId, seat.Slot);
        _steps.Add(new(runId, id, seat.PostId, seat.VolunteerId, false, seat.Origin));
        return removed;
    }

    /// <summary>
    /// Gives up the seat of somebody who moves elsewhere: out of the draft, or off the published roster at once. With the draft the old
    /// seat would keep the time that the new one needs, and nobody holds both.
    /// </summary>
    public Outcome Release(RunId runId, AssignmentId id)
    {
        if (Run(runId) is not { } run || run.Assignments.FirstOrDefault(a => a.Id == id) is not { } seat) return new AssignmentNotFound();
        if (!seat.IsPublished) return TakeOff(runId, id);
        if (run.NoLongerPlanned(_work.Now) is { } closed) return closed;
        run.GiveUp([seat], null, _work.Actor.Id, _work.Now);
        if (seat.Holds) return new ShiftHasBegun(seat.Start);
        Released.Add(seat.VolunteerId);
        _book.Take(seat.VolunteerId, runId, seat.Slot);
        _steps.Add(new(runId, id, seat.PostId, seat.VolunteerId, false, seat.Origin));
        return Outcome.Done;
    }

    /// <summary>Takes back that a person leaves with the draft.</summary>
    public Outcome Keep(RunId runId, AssignmentId id) => Run(runId)?.Keep(id) ?? new AssignmentNotFound();

    /// <summary>Commits all that was done, as one change that can be undone.</summary>
    /// <returns>The change; null where nothing was done.</returns>
    public async Task<RosterEditId?> SaveAsync(RosterEditKind kind, CancellationToken ct)
    {
        if (_steps.Count == 0) return null;
        var edit = new RosterEdit(kind, [.. _steps], _work.Actor.Id, _work.Now);
        _work.Db.RosterEdits.Add(edit);
        await _work.SaveRunsAsync([.. edit.Runs], ct);
        return edit.Id;
    }
}
