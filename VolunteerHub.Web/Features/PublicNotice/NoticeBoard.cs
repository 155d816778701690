using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Feeds;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.PublicNotice;

/// <summary>A run that everybody may know of.</summary>
public sealed record NoticeRun(string Title, ServiceLine? Line, TimeSlot Slot, string Site, bool Cancelled);

/// <summary>A site that people may come to.</summary>
public sealed record NoticeSite(string Name, string? Address, IReadOnlyList<string> Menu, IReadOnlyList<WeeklyHours> Opening);

/// <param name="Runs">Of the coming weeks, in order of time; people are not named.</param>
/// <param name="More">How many further ones there are.</param>
/// <param name="Month">The first day of this month.</param>
/// <param name="Theme">Of this month.</param>
/// <param name="NextTheme">Of the next one.</param>
/// <param name="Sites">Those that have opening hours or a menu.</param>
/// <param name="MayJoin">Whether the public form takes applications.</param>
public sealed record NoticeView(
    IReadOnlyList<NoticeRun> Runs, int More, DateOnly Month, string? Theme, string? NextTheme, IReadOnlyList<NoticeSite> Sites, bool MayJoin);

/// <summary>What hangs at the community's door: for everybody, so nothing here says who serves or whom.</summary>
public sealed class NoticeBoard(Hub hub)
{
    private const int Days = 28;

    /// <summary>A page that is printed and hung up stays short.</summary>
    private const int Most = 60;

    public async Task<Outcome<NoticeView>> LoadAsync(CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var (now, to) = (read.Now, read.DayStart(read.Today.AddDays(Days)));
        // A visit goes to somebody's home: it is nobody else's affair.
        var runs = await (from run in read.Announced()
                          join site in read.Db.Sites on run.SiteId equals site.Id
                          where run.EndsAt > now && run.StartsAt < to && !run.IsHomeVisit
                          orderby run.StartsAt, run.Id
                          select new { run.Title, run.Line, run.StartsAt, run.EndsAt, Site = site.Name, run.Status }).ToListAsync(ct);
        var month = MonthlyTheme.FirstOf(read.Today);
        var next = month.AddMonths(1);
        var themes = await read.Db.MonthlyThemes.Where(t => t.Month == month || t.Month == next).ToDictionaryAsync(t => t.Month, t => t.Text, ct);
        var sites = await read.Db.Sites.Where(s => !s.IsArchived).OrderBy(s => s.Id).ToListAsync(ct);
        return new NoticeView(
            [.. runs.Take(Most).Select(r => new NoticeRun(r.Title, r.Line, new TimeSlot(r.StartsAt, r.EndsAt), r.Site, r.Status == RunStatus.Cancelled))],
            Math.Max(0, runs.Count - Most), month, themes.GetValueOrDefault(month), themes.GetValueOrDefault(next),
            [.. sites.Where(s => s.Menu.Count > 0 || s.Opening.Count > 0).Select(s => new NoticeSite(s.Name, s.Address, s.Menu, s.Opening))],
            read.Community.Joining.OpenApplications);
    }
}
