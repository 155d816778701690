using FluentValidation;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Administration.Settings;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours.Policy;

/// <summary>The rules of hours, and whether the viewer may change them.</summary>
public sealed record CreditSettingsView(CreditForm Form, bool MayChange);

/// <summary>The rules of hours: the coordinator's, and the auditor reads them.</summary>
public sealed class CreditSettings(Hub hub)
{
    public async Task<Outcome<CreditSettingsView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        return read.Authority.ReadsAll ? new CreditSettingsView(CreditForm.Of(read.Community.Credit, read.Community.Recording), read.Authority.MayAdminister) : read.Denied(this);
    }
}

/// <summary>An entry that waits to be confirmed and would say something else.</summary>
public sealed record CreditChange(string Name, string Run, DateTimeOffset StartsAt, TimeSpan Before, TimeSpan After);

/// <summary>What other rules would do to hours that nobody has confirmed yet; all others stand.</summary>
/// <param name="Open">How many wait to be confirmed.</param>
/// <param name="Changes">Those that would change, the greatest change first.</param>
/// <param name="More">How many of them are not listed.</param>
/// <param name="StarsMore">People who would have a higher star.</param>
/// <param name="StarsLess">People who would have a lower one.</param>
public sealed record CreditPreviewView(int Open, int Changed, TimeSpan More, TimeSpan Less, IReadOnlyList<CreditChange> Changes, int StarsMore, int StarsLess);

/// <summary>Looks at what other rules would do.</summary>
public sealed class CreditPreview(Hub hub)
{
    private const int Shown = 50;

    public async Task<Outcome<CreditPreviewView>> LoadAsync(Actor actor, CreditPolicy policy, HourPolicy recording, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var open = await read.OpenHoursAsync(policy, ct);
        var sums = await read.Db.HourEntries.Where(h => h.Status == HourStatus.Final).GroupBy(h => h.VolunteerId).Select(g => g.Sum(h => h.CreditedSeconds)).ToListAsync(ct);
        var stars = sums.ConvertAll(s => Stars.LevelOf(TimeSpan.FromSeconds(s), recording) - Stars.LevelOf(TimeSpan.FromSeconds(s), read.Community.Recording));
        var changed = open.FindAll(o => o.After != o.Before);
        var (people, runs) = (changed.Select(c => c.Who).Distinct().ToList(), changed.Select(c => c.RunId).Distinct().ToList());
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var titles = await read.Db.Runs.Where(r => runs.Contains(r.Id)).Select(r => new { r.Id, r.Title, r.StartsAt }).ToDictionaryAsync(r => r.Id, ct);
        return new CreditPreviewView(
            open.Count(o => o.Entry is not null), changed.Count, new(changed.Sum(c => Math.Max(0, (c.After - c.Before).Ticks))), new(changed.Sum(c => Math.Max(0, (c.Before - c.After).Ticks))),
            [.. changed.OrderByDescending(c => (c.After - c.Before).Duration()).Take(Shown).Select(c => new CreditChange(names[c.Who], titles[c.RunId].Title, titles[c.RunId].StartsAt, c.Before, c.After))],
            stars.Count(s => s > 0), stars.Count(s => s < 0));
    }
}

/// <summary>The coordinator changes the rules of hours. Hours that nobody has confirmed follow at once; what is confirmed stands.</summary>
public sealed class ChangeCreditPolicy(Hub hub, CurrentCommunity current, IValidator<CreditForm> validator)
{
    /// <param name="actor">Who changes them.</param>
    /// <param name="form">All of them, as they shall be.</param>
    /// <param name="seen">All of them, as they were when they were opened.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, CreditForm form, CreditForm seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        if (!(await validator.ValidateAsync(form, ct)).IsValid) return new SettingsInvalid();
        if (CreditForm.Of(work.Community.Credit, work.Community.Recording) != seen) return new SettingsChangedMeanwhile();
        var open = await work.OpenHoursAsync(form.Credit, ct);
        work.Community.Adopt(form.Credit);
        work.Community.Adopt(form.Recording);
        foreach (var one in open)
        {
            if (one.Entry is { } entry) entry.Follow(one.After);
            else work.Db.HourEntries.Add(new HourEntry(one.RunId, one.Who, one.After, work.Now));
        }

        await work.SaveRunsAsync([.. open.Where(o => o.After != o.Before).Select(o => o.RunId).Distinct()], ct);
        current.Use(work.Community);
        return Outcome.Done;
    }
}

/// <summary>Hours that nobody has confirmed, as they are and as they would be; without an entry where the present rules credit nothing.</summary>
internal sealed record OpenHours(HourEntry? Entry, RunId RunId, VolunteerId Who, TimeSpan Before, TimeSpan After);

internal static class OpenHoursOf
{
    /// <summary>How long ago a run may be of which people are credited nothing and would be something.</summary>
    private const int DaysBack = 60;

    public static async Task<List<OpenHours>> OpenHoursAsync(this HubTransaction read, CreditPolicy policy, CancellationToken ct)
    {
        var entries = await read.Db.HourEntries.Where(h => h.Status == HourStatus.Proposed && h.Corrects == null).ToListAsync(ct);
        var since = read.Now.AddDays(-DaysBack);
        var recent = read.Db.Runs.Where(r => r.EndsAt > since && r.StartsAt < read.Now).Select(r => r.Id);
        var without = await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking()
            .Where(a => recent.Contains(a.RunId) && a.Intervals.Any(i => i.AnnulledAt == null && i.Out != null) && !read.Db.HourEntries.Any(h => h.RunId == a.RunId && h.VolunteerId == a.VolunteerId)).ToListAsync(ct);
        var runs = entries.Select(h => h.RunId).Concat(without.Select(a => a.RunId)).Distinct().ToList();
        var (attendances, slots) = (new List<Domain.Attendances.Attendance>(without), new List<Assignment>());
        foreach (var some in runs.Chunk(200))
        {
            attendances.AddRange(await read.Db.Attendances.Include(a => a.Intervals).AsNoTracking().Where(a => some.Contains(a.RunId)).ToListAsync(ct));
            slots.AddRange(await read.Db.Assignments.AsNoTracking().Where(a => some.Contains(a.RunId) && Assignment.Published.Contains(a.Status)).ToListAsync(ct));
        }

        var there = attendances.DistinctBy(a => a.Id).ToDictionary(a => (a.RunId, a.VolunteerId));
        var seats = slots.ToLookup(a => (a.RunId, a.VolunteerId), a => a.Slot);
        return
        [
            .. entries.Select(h => new OpenHours(h, h.RunId, h.VolunteerId, h.Credited, CreditOf(h.RunId, h.VolunteerId))),
            .. without.Select(a => new OpenHours(null, a.RunId, a.VolunteerId, TimeSpan.Zero, CreditOf(a.RunId, a.VolunteerId))).Where(o => o.After > TimeSpan.Zero),
        ];

        TimeSpan CreditOf(RunId run, VolunteerId who) => there.TryGetValue((run, who), out var attendance)
            ? TimeSpan.FromSeconds((long)CreditRule.Credit(seats[(run, who)], attendance.Intervals, policy).TotalSeconds)
            : TimeSpan.Zero;
    }
}
