using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours.Evaluations;

/// <summary>What an evaluation said since some moment.</summary>
public sealed record EvaluationStepView(DateTimeOffset At, string By, EvaluationGrade Grade, string? Remark);

/// <summary>Somebody who was at a run, and how the person is evaluated.</summary>
/// <param name="Grade">Null while nobody has said anything.</param>
/// <param name="IsOwn">Whether it is the viewer.</param>
public sealed record EvaluatedRow(VolunteerId Person, string Name, string Number, EvaluationGrade? Grade, string? Remark, bool IsOwn, IReadOnlyList<EvaluationStepView> Steps);

/// <param name="DueBy">The last day on which it is in time (民政部令第67号 §11).</param>
/// <param name="MayEvaluate">Whether the viewer evaluates here, and the run is over.</param>
/// <param name="Helped">How those who were helped rated it.</param>
public sealed record RunEvaluationsView(RunId Run, DateOnly DueBy, IReadOnlyList<EvaluatedRow> People, IReadOnlyList<HelpedRating> Helped, bool MayEvaluate)
{
    public int Missing => People.Count(p => p.Grade is null);

    public bool IsLate(DateOnly today) => Missing > 0 && DueBy < today;
}

/// <summary>The people of one run and how they are evaluated, for who sees the hours there.</summary>
public sealed class RunEvaluations(Hub hub)
{
    public async Task<Outcome<RunEvaluationsView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MaySeeHours(run)) return read.Denied(this, runId);
        var evaluations = await read.Db.Evaluations.Where(e => e.RunId == runId).ToDictionaryAsync(e => e.VolunteerId, ct);
        var there = (await read.WereThereAsync(runId, ct)).Union(evaluations.Keys).ToList();
        var by = evaluations.Values.SelectMany(e => e.Steps.Select(s => s.By)).ToList();
        var who = await read.Db.Volunteers.Where(v => there.Contains(v.Id) || by.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Number }).ToDictionaryAsync(v => v.Id, ct);
        return new RunEvaluationsView(
            runId, read.ConfirmBy(run.EndsAt, await read.WorkCalendarAsync(ct)),
            [.. there.Select(id => (Who: who[id], Said: evaluations.GetValueOrDefault(id))).OrderBy(p => p.Who.Number, StringComparer.Ordinal).Select(p => new EvaluatedRow(
                p.Who.Id, p.Who.Name, p.Who.Number, p.Said?.Grade, p.Said?.Remark, p.Who.Id == actor.Id,
                [.. (p.Said?.Steps ?? []).OrderBy(s => s.At).Select(s => new EvaluationStepView(s.At, who.GetValueOrDefault(s.By)?.Name ?? "", s.Grade, s.Remark))]))],
            [.. (await read.HelpedRatingsAsync([runId], ct))[runId]], read.Authority.MayEvaluate(run) && run.EndsAt <= read.Now);
    }
}
