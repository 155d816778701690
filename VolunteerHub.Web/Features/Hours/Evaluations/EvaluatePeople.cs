using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours.Evaluations;

/// <summary>How somebody is evaluated.</summary>
/// <param name="Who">Whom it is about.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Remark">Words beside it, which the person reads.</param>
public sealed record GivenGrade(VolunteerId Who, EvaluationGrade Grade, string? Remark = null);

/// <summary>服务评价: a leader evaluates the people of a run that is over, all of them in one step (民政部令第67号 §10).</summary>
public sealed class EvaluatePeople(Hub hub)
{
    /// <param name="actor">A leader of the host team, who is none of the people.</param>
    /// <param name="runId">The run; it is over.</param>
    /// <param name="given">Whom, and how. All are kept or none.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, IReadOnlyCollection<GivenGrade> given, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayEvaluate(run)) return work.Denied(this, runId);
        if (work.Now < run.EndsAt) return new RunNotOver(run.EndsAt);
        var there = await work.WereThereAsync(runId, ct);
        var before = await work.Db.Evaluations.Where(e => e.RunId == runId).ToDictionaryAsync(e => e.VolunteerId, ct);
        foreach (var one in given.DistinctBy(g => g.Who))
        {
            if (!there.Contains(one.Who)) return new WasNotThere(await work.Db.Volunteers.Where(v => v.Id == one.Who).Select(v => v.Name).FirstOrDefaultAsync(ct) ?? "");
            if (before.TryGetValue(one.Who, out var evaluation))
            {
                if (evaluation.Say(one.Grade, one.Remark, actor.Id, work.Now) is { Refused: true } refused) return refused;
                continue;
            }

            var first = Evaluation.Give(runId, one.Who, one.Grade, one.Remark, actor.Id, work.Now);
            if (first.Refused) return first.Refusal;
            work.Db.Evaluations.Add(first.Value);
        }

        return await work.SaveAsync(runId, ct);
    }
}

internal static class EvaluationReading
{
    /// <summary>Who was at a run: those with hours, or with attendance that was not taken back.</summary>
    public static async Task<IReadOnlySet<VolunteerId>> WereThereAsync(this HubTransaction read, RunId runId, CancellationToken ct)
    {
        var hours = await read.Db.HourEntries.Where(h => h.RunId == runId && (h.CreditedSeconds > 0 || h.Status != HourStatus.Proposed)).Select(h => h.VolunteerId).ToListAsync(ct);
        var came = await read.Db.Attendances.Where(a => a.RunId == runId && a.Intervals.Any(i => i.AnnulledAt == null)).Select(a => a.VolunteerId).ToListAsync(ct);
        return hours.Concat(came).ToHashSet();
    }

    /// <summary>How many of those who were at these runs nobody has evaluated yet; runs where all are evaluated are left out.</summary>
    public static async Task<IReadOnlyDictionary<RunId, int>> NotEvaluatedAsync(this HubTransaction read, IQueryable<ServiceRun> runs, CancellationToken ct)
    {
        var hours = from r in runs join h in read.Db.HourEntries on r.Id equals h.RunId where h.CreditedSeconds > 0 || h.Status != HourStatus.Proposed select new { h.RunId, h.VolunteerId };
        var came = from r in runs join a in read.Db.Attendances on r.Id equals a.RunId where a.Intervals.Any(i => i.AnnulledAt == null) select new { a.RunId, a.VolunteerId };
        return await hours.Union(came).Where(x => !read.Db.Evaluations.Any(e => e.RunId == x.RunId && e.VolunteerId == x.VolunteerId))
            .GroupBy(x => x.RunId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <summary>How those who were helped rated it: by run, of requests that were rated.</summary>
    public static async Task<ILookup<RunId, HelpedRating>> HelpedRatingsAsync(this HubTransaction read, IReadOnlyCollection<RunId> runs, CancellationToken ct)
    {
        var wanted = runs.Select(r => (RunId?)r).ToList();
        return (await read.Db.Requests.Where(q => q.Stars != null && wanted.Contains(q.RunId)).OrderBy(q => q.RatedAt).Select(q => new { q.RunId, q.Number, q.Stars, q.RatingWords }).ToListAsync(ct))
            .ToLookup(q => q.RunId!.Value, q => new HelpedRating(q.Number, q.Stars!.Value, q.RatingWords));
    }
}

/// <summary>评单: how a resident who was helped rated it.</summary>
/// <param name="Number">Of the request.</param>
/// <param name="Stars">One to five.</param>
/// <param name="Words">What was said with it.</param>
public sealed record HelpedRating(string Number, int Stars, string? Words);
