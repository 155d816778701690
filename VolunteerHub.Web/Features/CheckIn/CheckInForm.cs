using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>What the page after the scan shows of the run, and of the person where one is known.</summary>
/// <param name="Person">Null where nobody is known yet.</param>
public sealed record CheckInView(
    RunId RunId, string Title, ServiceLine? Line, string Site, TimeSlot Slot, string? Lead, string? MeetAt, string? Bring, PersonAtDoor? Person)
{
    /// <summary>Which kind of code led here.</summary>
    public EvidenceKind Evidence { get; init; } = EvidenceKind.RotatingQr;
}

/// <param name="Since">When the open interval began; null where none is open.</param>
/// <param name="Elsewhere">Where the person is expected now, if not here but at another run.</param>
public sealed record PersonAtDoor(VolunteerId Id, string Name, string? Post, DateTimeOffset? Since, WrongRun? Elsewhere = null)
{
    /// <summary>Whom the person, who is in, may still check in: the names of the published roster that are missing. Empty where nobody may be.</summary>
    public IReadOnlyList<(VolunteerId Id, string Name)> Beside { get; init; } = [];
}

/// <summary>The page after the scan: for anybody with a fresh code, or with a form that such a code opened.</summary>
public sealed class CheckInForm(Hub hub, DoorCodes codes)
{
    /// <param name="person">Who is known by session or remembered phone, if anybody.</param>
    /// <param name="code">From the address.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<CheckInView>> LoadAsync(Actor? person, string code, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(person ?? Actor.System, ct);
        var place = await codes.ReadAsync(code, ct);
        if (place.Refused) return place.Refusal;
        if (await read.RunAsync(place.Value.RunId, ct) is not { } run) return new CodeUnknown();
        var view = await ViewAsync(read, run, person, ct);
        return view.Refused ? view.Refusal : view.Value with { Evidence = place.Value.Evidence };
    }

    /// <summary>The same page again, for a form that is being filled in.</summary>
    public async Task<Outcome<CheckInView>> LoadAgainAsync(Actor? person, FormTicket ticket, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(person ?? Actor.System, ct);
        return await read.RunAsync(ticket.RunId, ct) is { } run ? await ViewAsync(read, run, person, ct) : new CodeUnknown();
    }

    private static async Task<Outcome<CheckInView>> ViewAsync(HubTransaction read, ServiceRun run, Actor? person, CancellationToken ct)
    {
        if (run.Status == RunStatus.Cancelled) return new RunIsCancelled(run.CancelledBecause ?? "");
        if (run.Status == RunStatus.Draft) return new CodeUnknown();
        var lead = run.Assignments.FirstOrDefault(a => a.IsPublished && run.Find(a.PostId)?.Post.IsLead == true)?.VolunteerId;
        var leadName = lead is { } id ? await read.Db.Volunteers.Where(v => v.Id == id).Select(v => v.Name).FirstOrDefaultAsync(ct) : null;
        var site = await read.Db.Sites.Where(s => s.Id == run.SiteId).Select(s => s.Name).SingleAsync(ct);
        return new CheckInView(
            run.Id, run.Title, run.Line, site, new TimeSlot(run.StartsAt, run.EndsAt), leadName, run.MeetAt, run.Bring,
            person is null ? null : await PersonAsync(read, run, person.Id, ct));
    }

    private static async Task<PersonAtDoor?> PersonAsync(HubTransaction read, ServiceRun run, VolunteerId id, CancellationToken ct)
    {
        var name = await read.Db.Volunteers.Where(v => v.Id == id).Select(v => v.Name).FirstOrDefaultAsync(ct);
        if (name is null) return null;
        var posts = run.Assignments.Where(a => a.IsPublished && a.VolunteerId == id).Select(a => run.Find(a.PostId)?.Post.Name).Distinct();
        var attendance = await read.Db.Attendances.Include(a => a.Intervals).FirstOrDefaultAsync(a => a.RunId == run.Id && a.VolunteerId == id, ct);
        var text = string.Join(' ', posts);
        return new(id, name, text.Length > 0 ? text : null, attendance?.Open?.In.OccurredAt, text.Length > 0 ? null : await ExpectedElsewhere.LookAsync(read, run.Id, id, ct))
        {
            Beside = attendance?.Open is null ? [] : await BesideAsync(read, run, id, ct),
        };
    }

    /// <summary>Whom somebody who is in may still check in; nobody once it were too many.</summary>
    internal static async Task<IReadOnlyList<(VolunteerId Id, string Name)>> BesideAsync(HubTransaction read, ServiceRun run, VolunteerId helper, CancellationToken ct)
    {
        var all = await read.Db.Attendances.Include(a => a.Intervals).Where(a => a.RunId == run.Id).ToListAsync(ct);
        var helped = all.Count(a => a.VolunteerId != helper && a.Intervals.Any(i => i.Counts && i.In.Evidence == EvidenceKind.Buddy && i.In.By == helper));
        if (helped >= BuddyRule.Most) return [];
        var came = all.Where(a => a.HasArrived).Select(a => a.VolunteerId).ToHashSet();
        var missing = run.Assignments.Where(a => a.IsPublished && !came.Contains(a.VolunteerId) && CheckInWindow.Admit([a.Slot], read.Now, read.Community.CheckIn) is null).Select(a => a.VolunteerId).Distinct().ToList();
        return [.. (await read.Db.Volunteers.Where(v => missing.Contains(v.Id)).Select(v => new { v.Id, v.Name }).ToListAsync(ct)).OrderBy(v => PersonNames.SortKeyOf(v.Name), StringComparer.Ordinal).Select(v => (v.Id, v.Name))];
    }
}

/// <summary>Somebody scanned the code of one run, and has a seat at another that is going on.</summary>
internal static class ExpectedElsewhere
{
    public static async Task<WrongRun?> LookAsync(HubTransaction read, RunId scanned, VolunteerId who, CancellationToken ct)
    {
        var (opens, closed) = (read.Now + read.Community.CheckIn.OpensBefore, read.Now - read.Community.CheckIn.ClosesAfter);
        var published = Assignment.Published;
        var there = await read.Db.Runs
            .Where(r => r.Id != scanned && r.Status == RunStatus.Published && r.Assignments.Any(a => a.VolunteerId == who && published.Contains(a.Status) && a.Start <= opens && closed < a.End))
            .OrderBy(r => r.StartsAt).Select(r => r.Title).FirstOrDefaultAsync(ct);
        return there is null ? null : new WrongRun(await read.Db.Runs.Where(r => r.Id == scanned).Select(r => r.Title).FirstAsync(ct), there);
    }
}

/// <summary>The receipt of a check-in or sign-out.</summary>
public sealed record ReceiptView(
    string Name, string Title, string? Post, EvidenceKind Evidence, DateTimeOffset At, bool Arrived, TimeSpan ThisYear, TimeSpan Credited, bool TakenBack, bool MayTakeBack)
{
    /// <summary>Who checked the person in, where that was somebody beside them, and why.</summary>
    public (string Name, string Because)? Helped { get; init; }

    /// <summary>Whom the person may check in with this receipt.</summary>
    public IReadOnlyList<(VolunteerId Id, string Name)> Beside { get; init; } = [];

    /// <summary>Whom the person has checked in.</summary>
    public IReadOnlyList<string> HasHelped { get; init; } = [];
}

/// <summary>Shows what was recorded to who holds the receipt's address.</summary>
public sealed class CheckInReceipt(Hub hub)
{
    public async Task<Outcome<ReceiptView>> LoadAsync(IntervalId intervalId, bool arrived, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var attendance = await read.Db.Attendances.Include(a => a.Intervals).FirstOrDefaultAsync(a => a.Intervals.Any(i => i.Id == intervalId), ct);
        var interval = attendance?.Intervals.FirstOrDefault(i => i.Id == intervalId);
        if (attendance is null || (arrived ? interval?.In : interval?.Out) is not { } moment) return new CodeUnknown();
        var run = (await read.RunAsync(attendance.RunId, ct))!;
        var name = await read.Db.Volunteers.Where(v => v.Id == attendance.VolunteerId).Select(v => v.Name).SingleAsync(ct);
        var post = run.Assignments.FirstOrDefault(a => a.VolunteerId == attendance.VolunteerId && a.IsPublished) is { } seat ? run.Find(seat.PostId)?.Post.Name : null;
        var newYear = Planner.RunSummaries.DayStart(read, new DateOnly(read.Today.Year, 1, 1));
        var thisYear = await (from h in read.Db.HourEntries join r in read.Db.Runs on h.RunId equals r.Id where h.VolunteerId == attendance.VolunteerId && r.StartsAt >= newYear select h.CreditedSeconds).SumAsync(ct);
        var credited = await read.Db.HourEntries.Where(h => h.VolunteerId == attendance.VolunteerId && h.RunId == run.Id).SumAsync(h => h.CreditedSeconds, ct);
        return new ReceiptView(
            name, run.Title, post, moment.Evidence, moment.OccurredAt, arrived, TimeSpan.FromSeconds(thisYear), TimeSpan.FromSeconds(credited),
            !interval!.Counts, interval.Counts && (arrived ? interval.Out is null : true) && read.Now - moment.ReceivedAt <= TakeBackOwnCheckIn.Within)
        {
            Helped = moment is { Evidence: EvidenceKind.Buddy, Because: { } because }
                ? (await read.Db.Volunteers.Where(v => v.Id == moment.By).Select(v => v.Name).SingleAsync(ct), because) : null,
            Beside = arrived && HelpFromReceipt.MayHelp(attendance, interval, read.Now) ? await CheckInForm.BesideAsync(read, run, attendance.VolunteerId, ct) : [],
            HasHelped = arrived && moment.By == attendance.VolunteerId ? await HasHelpedAsync(read, run.Id, attendance.VolunteerId, ct) : [],
        };
    }

    private static async Task<IReadOnlyList<string>> HasHelpedAsync(HubTransaction read, RunId run, VolunteerId helper, CancellationToken ct) =>
        await (from a in read.Db.Attendances
               where a.RunId == run && a.VolunteerId != helper && a.Intervals.Any(i => i.AnnulledAt == null && i.In.Evidence == EvidenceKind.Buddy && i.In.By == helper)
               join v in read.Db.Volunteers on a.VolunteerId equals v.Id
               select v.Name).ToListAsync(ct);
}
