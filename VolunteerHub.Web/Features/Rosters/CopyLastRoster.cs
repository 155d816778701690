using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>What came of copying: who is on the drafts now, who could not come along, with why, and which runs had no earlier one.</summary>
public sealed record CopiedRoster(int Copied, IReadOnlyList<NotCopied> Left, IReadOnlyList<RunId> WithoutEarlier);

/// <summary>Someone who was there last time and is not put on this time.</summary>
public sealed record NotCopied(RunId Run, string Name, string Post, Refusal Why);

/// <summary>Which earlier run people are copied from.</summary>
public enum CopySource
{
    /// <summary>The last one.</summary>
    Latest,

    /// <summary>The one of the week before; where it had several, the one at the same time of the week.</summary>
    WeekBefore,
}

/// <summary>Puts the people of the earlier run of the same series, or of the same title and team, on the posts of the same name: of one run, or of many at once.</summary>
public sealed class CopyLastRoster(Hub hub)
{
    /// <param name="actor">Who copies.</param>
    /// <param name="runIds">The runs to fill.</param>
    /// <param name="from">From which earlier run of each.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<CopiedRoster>> RunAsync(Actor actor, IReadOnlyCollection<RunId> runIds, CopySource from = CopySource.Latest, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var runs = await work.WholeRuns.Where(r => runIds.Contains(r.Id)).OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct);
        if (runs.Count < runIds.Count) return new RunNotFound();
        if (runs.Find(r => !work.Authority.MayPlan(r.HostTeamId)) is { } foreign) return work.Denied(this, foreign.Id);
        var earlier = await EarlierAsync(work, runs, from, ct);
        if (earlier.Count == 0) return new NothingToCopy();

        var left = new List<NotCopied>();
        var people = earlier.Values.SelectMany(r => r.Assignments).Where(WasThere).Select(a => a.VolunteerId).Distinct().ToList();
        var changes = await RosterChanges.OpenAsync(work, runs, people, ct);
        foreach (var run in runs.Where(r => earlier.ContainsKey(r.Id))) Copy(changes, run, earlier[run.Id], left);
        var copied = changes.Steps.Count;
        await changes.SaveAsync(RosterEditKind.Copy, ct);
        return new CopiedRoster(copied, left, [.. runs.Where(r => !earlier.ContainsKey(r.Id)).Select(r => r.Id)]);
    }

    /// <summary>The earlier run of each that has one.</summary>
    private static async Task<Dictionary<RunId, ServiceRun>> EarlierAsync(HubTransaction work, List<ServiceRun> runs, CopySource from, CancellationToken ct)
    {
        if (runs.Count == 0) return [];
        var (titles, series) = (runs.Select(r => r.Title).Distinct().ToList(), runs.Select(r => r.SeriesId).Distinct().ToList());
        var (since, until) = (runs.Min(r => r.StartsAt).AddDays(-2 * Week.Days.Count), runs.Max(r => r.StartsAt));
        var past = work.Db.Runs.Where(r => (r.Status == RunStatus.Published || r.Status == RunStatus.Completed) && r.StartsAt < until
            && (titles.Contains(r.Title) || r.SeriesId != null && series.Contains(r.SeriesId)));
        if (from == CopySource.WeekBefore) past = past.Where(r => r.StartsAt >= since);
        var known = await past.Select(r => new { r.Id, r.Title, r.HostTeamId, r.SeriesId, r.StartsAt }).ToListAsync(ct);
        var of = new Dictionary<RunId, RunId>();
        foreach (var run in runs)
        {
            var same = known.Where(k => k.StartsAt < run.StartsAt && k.HostTeamId == run.HostTeamId && (k.Title == run.Title || k.SeriesId is not null && k.SeriesId == run.SeriesId));
            if (from == CopySource.WeekBefore)
            {
                var monday = Week.MondayOf(DayOf(run.StartsAt)).AddDays(-Week.Days.Count);
                same = same.Where(k => Week.MondayOf(DayOf(k.StartsAt)) == monday);
            }

            var wanted = from == CopySource.WeekBefore ? run.StartsAt.AddDays(-Week.Days.Count) : run.StartsAt;
            if (same.MinBy(k => (k.StartsAt - wanted).Duration()) is { } last) of[run.Id] = last.Id;
        }

        var ids = of.Values.Distinct().ToList();
        var lasts = await work.WholeRuns.AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        return of.ToDictionary(o => o.Key, o => lasts[o.Value]);

        DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, work.Zone).DateTime);
    }

    /// <summary>Puts the people of one run on another, and notes who could not come along.</summary>
    private static void Copy(RosterChanges changes, ServiceRun run, ServiceRun last, List<NotCopied> left)
    {
        var settled = run.Assignments.Where(a => a.Holds).Select(a => a.VolunteerId).ToHashSet();
        foreach (var (shift, post) in run.Posts)
        {
            foreach (var earlier in PeopleOn(last, run, shift, post).Where(a => !run.Assignments.Any(b => b.ShiftId == shift.Id && b.VolunteerId == a.VolunteerId && b.Holds)).ToList())
            {
                if (run.Heads(post) >= post.Max) break;
                if (changes.Put(run.Id, post.Id, earlier.VolunteerId, AssignmentOrigin.Leader) is { Refused: true } refused) left.Add(new(run.Id, changes.Name(earlier.VolunteerId), post.Name, refused.Refusal));
                settled.Add(earlier.VolunteerId);
            }
        }

        foreach (var earlier in last.Assignments.Where(WasThere).Where(a => !settled.Contains(a.VolunteerId)).DistinctBy(a => a.VolunteerId))
        {
            var post = last.Find(earlier.PostId)?.Post.Name ?? "";
            var full = run.Posts.Select(p => p.Post).FirstOrDefault(p => p.Name == post);
            left.Add(new(run.Id, changes.Name(earlier.VolunteerId), post, full is null ? new PostNotFound() : new PostIsFull(post, full.Max)));
        }
    }

    /// <summary>Who was on the post of that name: of the same shift where both runs have as many, else of any.</summary>
    private static IEnumerable<Assignment> PeopleOn(ServiceRun last, ServiceRun run, Shift shift, Post post)
    {
        var (then, now) = (last.Shifts.OrderBy(s => s.Start).ToList(), run.Shifts.OrderBy(s => s.Start).ToList());
        var same = then.Count == now.Count ? then[now.IndexOf(shift)].Id : (ShiftId?)null;
        return last.Assignments.Where(a => WasThere(a) && last.Find(a.PostId)?.Post.Name == post.Name && (same is null || a.ShiftId == same));
    }

    private static bool WasThere(Assignment a) => a.Status == AssignmentStatus.Accepted && a.Origin != AssignmentOrigin.WalkIn;
}
