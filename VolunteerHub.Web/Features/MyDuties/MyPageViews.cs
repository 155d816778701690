using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Features.Partners;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.MyDuties;

/// <summary>One duty of a person, as the person may see it.</summary>
public sealed record DutyView(
    AssignmentId Id, string Title, TimeSlot Slot, string Site, string Post, AssignmentStatus Status, bool Cancelled, string? Lead, string? MeetAt, string? Bring,
    string? DeclineReason, DateTimeOffset WithdrawalDeadline)
{
    public bool IsOpen => Status == AssignmentStatus.Invited;

    /// <summary>Whether the person said yes, was asked again, and has not answered that.</summary>
    public bool AwaitsConfirmation { get; init; }

    /// <summary>Until when an offer from the wait-list waits for its answer.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    /// <summary>Whether a yes can no longer be taken back by the person alone; a stand-in can still be sought.</summary>
    public bool IsLateForNo { get; init; }

    /// <summary>The time that was told before, while the person has not answered the new one.</summary>
    public TimeSlot? MovedFrom { get; init; }

    /// <summary>Names of the partner units that take part.</summary>
    public IReadOnlyList<string> Partners { get; init; } = [];

    /// <summary>The site whose visits the person may count today, as long as it is on duty there.</summary>
    public SiteId? Counter { get; init; }

    /// <summary>Whether it leads into somebody's home.</summary>
    public bool IsHomeVisit { get; init; }

    /// <summary>Where the home is; only for who said yes, from a day before until the end.</summary>
    public string? VisitAddress { get; init; }
}

/// <summary>Hours of one run.</summary>
public sealed record HourView(string Title, DateTimeOffset StartedAt, TimeSpan Credited, HourStatus Status, EvidenceKind? In, EvidenceKind? Out, DateTimeOffset? InAt, DateTimeOffset? OutAt)
{
    /// <summary>Who checked the person in, where that was somebody beside them.</summary>
    public string? HelpedBy { get; init; }
}

public sealed record MyPageView(
    string Name, string Number, IReadOnlyList<DutyView> Duties, TimeSpan ThisYear, TimeSpan Total, IReadOnlyList<HourView> Hours, bool HasPin, bool IsStaff, bool StatedTime)
{
    /// <summary>Hours that are not final yet, and do not count in the sums.</summary>
    public TimeSpan Pending { get; init; }

    /// <summary>How far it is to the next star.</summary>
    public required StarProgress Stars { get; init; }

    /// <summary>Whose page it is.</summary>
    public required VolunteerId Id { get; init; }

    /// <summary>How many entries wait for the person's word.</summary>
    public int ToAcknowledge { get; init; }

    /// <summary>Own notices that were not read.</summary>
    public int Unread { get; init; }

    /// <summary>Seats that the person is asked to take.</summary>
    public IReadOnlyList<CoverAskView> Asks { get; init; } = [];

    /// <summary>Where somebody else checked the person in, of late.</summary>
    public IReadOnlyList<HelpedView> Helped { get; init; } = [];
}

/// <summary>Somebody beside the person checked them in.</summary>
/// <param name="Contested">Whether the person said that it is wrong, and a leader is to look at it.</param>
public sealed record HelpedView(IntervalId Id, string Title, DateTimeOffset At, string By, string Because, bool Contested);

/// <summary>A person's own page.</summary>
public sealed class MyPageData(Hub hub)
{
    private const int HoursShown = 50;

    public async Task<Outcome<MyPageView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        var me = await read.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct);
        if (me is null) return read.Denied(this);
        var entries = await (from h in read.Db.HourEntries
                             join r in read.Db.Runs on h.RunId equals r.Id
                             where h.VolunteerId == actor.Id && h.CreditedSeconds != 0
                             orderby r.StartsAt descending
                             select new { h.RunId, h.CreditedSeconds, h.Status, r.Title, r.StartsAt }).ToListAsync(ct);
        var shown = entries.Take(HoursShown).Select(e => e.RunId).ToList();
        var intervals = (await read.Db.Attendances.Include(a => a.Intervals).Where(a => a.VolunteerId == actor.Id && shown.Contains(a.RunId)).ToListAsync(ct))
            .ToDictionary(a => a.RunId, a => a.Intervals.Where(i => i.Counts).ToList());
        var helpers = intervals.Values.SelectMany(i => i).Where(i => i.In.Evidence == EvidenceKind.Buddy).Select(i => i.In.By).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => helpers.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var newYear = read.DayStart(new DateOnly(read.Today.Year, 1, 1));
        return new MyPageView(
            me.Name, me.Number, await DutiesOf.LoadAsync(read, actor.Id, ct),
            TimeSpan.FromSeconds(entries.Where(e => e.Status == HourStatus.Final && e.StartsAt >= newYear).Sum(e => e.CreditedSeconds)),
            TimeSpan.FromSeconds(entries.Where(e => e.Status == HourStatus.Final).Sum(e => e.CreditedSeconds)),
            [.. entries.Take(HoursShown).Select(e =>
            {
                var mine = intervals.GetValueOrDefault(e.RunId) ?? [];
                return new HourView(e.Title, e.StartsAt, TimeSpan.FromSeconds(e.CreditedSeconds), e.Status,
                    mine.FirstOrDefault()?.In.Evidence, mine.LastOrDefault()?.Out?.Evidence, mine.FirstOrDefault()?.In.OccurredAt, mine.LastOrDefault()?.Out?.OccurredAt)
                {
                    HelpedBy = mine.FirstOrDefault(i => i.In.Evidence == EvidenceKind.Buddy) is { } by ? names.GetValueOrDefault(by.In.By) : null,
                };
            })],
            me.PinHash is not null, read.Authority.IsStaff, me.Availability.IsStated)
        {
            Id = actor.Id,
            Stars = Domain.Hours.Stars.ProgressOf(TimeSpan.FromSeconds(entries.Where(e => e.Status == HourStatus.Final).Sum(e => e.CreditedSeconds)), read.Community.Recording),
            Pending = TimeSpan.FromSeconds(entries.Where(e => e.Status != HourStatus.Final).Sum(e => e.CreditedSeconds)),
            ToAcknowledge = entries.Count(e => e.Status == HourStatus.Confirmed),
            Unread = await read.Db.Notices.CountAsync(n => n.VolunteerId == actor.Id && n.ReadAt == null, ct),
            Asks = await AsksOf.OpenAsync(read, actor.Id, ct),
            Helped = await HelpedAsync(read, actor.Id, ct),
        };
    }

    private static async Task<IReadOnlyList<HelpedView>> HelpedAsync(HubTransaction read, VolunteerId who, CancellationToken ct)
    {
        var since = read.Now - ContestHelp.Within;
        var helped = (await read.Db.Attendances.Include(a => a.Intervals)
                .Where(a => a.VolunteerId == who && a.Intervals.Any(i => i.AnnulledAt == null && i.In.Evidence == EvidenceKind.Buddy && i.In.ReceivedAt >= since)).ToListAsync(ct))
            .SelectMany(a => a.Intervals.Where(i => i.Counts && i.In.Evidence == EvidenceKind.Buddy && i.In.ReceivedAt >= since).Select(i => (a.RunId, Interval: i))).ToList();
        if (helped.Count == 0) return [];
        var (runs, requests, helpers) = (helped.ConvertAll(h => h.RunId), helped.ConvertAll(h => h.Interval.In.RequestId), helped.ConvertAll(h => h.Interval.In.By));
        var titles = await read.Db.Runs.Where(r => runs.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        var names = await read.Db.Volunteers.Where(v => helpers.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        // What a leader has looked at is over.
        var said = await read.Db.ReviewItems.Where(i => i.Kind == ReviewKind.Contested && requests.Contains(i.RequestId)).ToDictionaryAsync(i => i.RequestId, i => i.IsOpen, ct);
        return [.. helped.Where(h => said.GetValueOrDefault(h.Interval.In.RequestId, true)).OrderByDescending(h => h.Interval.In.OccurredAt)
            .Select(h => new HelpedView(h.Interval.Id, titles[h.RunId], h.Interval.In.OccurredAt, names[h.Interval.In.By], h.Interval.In.Because ?? "", said.ContainsKey(h.Interval.In.RequestId)))];
    }
}

public sealed record InvitationsView(string Name, IReadOnlyList<DutyView> Duties)
{
    /// <summary>Seats that the person is asked to take.</summary>
    public IReadOnlyList<CoverAskView> Asks { get; init; } = [];
}

/// <summary>A person's own open invitations: for a session or a remembered phone.</summary>
public sealed class OwnInvitations(Hub hub)
{
    public async Task<Outcome<InvitationsView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via is not (Via.Session or Via.RememberedPhone)) return read.Denied(this);
        var name = await read.Db.Volunteers.Where(v => v.Id == actor.Id).Select(v => v.Name).FirstOrDefaultAsync(ct);
        return name is null
            ? read.Denied(this)
            : new InvitationsView(name, await DutiesOf.LoadAsync(read, actor.Id, ct)) { Asks = await AsksOf.OpenAsync(read, actor.Id, ct) };
    }
}

/// <summary>What a personal link opens: a duty, or an asking for a seat.</summary>
public sealed record InvitationView(string Name, DutyView? Duty, CoverAskView? Ask = null);

/// <summary>What a personal link opens: that one invitation, or that one asking.</summary>
public sealed class InvitationByLink(Hub hub)
{
    public async Task<Outcome<InvitationView>> LoadAsync(string token, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        if (await InvitationLinks.AskOfAsync(read, token, ct) is var (ask, _))
            return await AsksOf.LoadAsync(read, ask, ct) is { } asked ? new InvitationView(asked.Name, null, asked.Ask) : new InvitationOver();
        if (await InvitationLinks.AssignmentOfAsync(read, token, ct) is not { } assignment) return new InvitationOver();
        var duties = await DutiesOf.LoadAsync(read, assignment.VolunteerId, ct, assignment.Id);
        if (duties.FirstOrDefault(d => d.Id == assignment.Id) is not { } duty) return new InvitationOver();
        var name = await read.Db.Volunteers.Where(v => v.Id == assignment.VolunteerId).Select(v => v.Name).SingleAsync(ct);
        return new InvitationView(name, duty);
    }
}

/// <summary>The duties ahead of one person: of the published roster only, drafts are the leaders'.</summary>
internal static class DutiesOf
{
    /// <param name="read">The unit of work.</param>
    /// <param name="who">Whose.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="linked">A seat that is told of even where somebody else has taken it over.</param>
    public static async Task<List<DutyView>> LoadAsync(HubTransaction read, VolunteerId who, CancellationToken ct, AssignmentId? linked = null)
    {
        var now = read.Now;
        var runs = await read.WholeRuns
            .Where(r => r.EndsAt > now && r.Status != RunStatus.Draft && r.Assignments.Any(a => a.VolunteerId == who && a.End > now))
            .OrderBy(r => r.StartsAt).ToListAsync(ct);
        var sites = await read.Db.Sites.Select(s => new { s.Id, s.Name, s.CountsVisits }).ToDictionaryAsync(s => s.Id, ct);
        var leads = runs.Select(LeadOf).OfType<VolunteerId>().ToList();
        var names = await read.Db.Volunteers.Where(v => leads.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var partners = await read.PartnersOfAsync(runs, ct);
        return [.. from run in runs
                   from assignment in run.Assignments
                   where assignment.VolunteerId == who && assignment.End > now
                   where assignment.IsPublished || assignment.Status == AssignmentStatus.Declined && assignment.Start > now && !ServesAfterAll(run, assignment)
                       || CalledOff(run, assignment) || assignment.Id == linked && assignment.Status == AssignmentStatus.Replaced
                   orderby assignment.Start
                   select new DutyView(
                       assignment.Id, run.Title, assignment.Slot, sites[run.SiteId].Name, run.Find(assignment.PostId)?.Post.Name ?? "", assignment.Status,
                       run.Status == RunStatus.Cancelled, LeadOf(run) is { } lead ? names[lead] : null, run.MeetAt, run.Bring,
                       assignment.DeclineReason, assignment.Start - read.Community.Duty.WithdrawalUntil)
                   {
                       MovedFrom = assignment.MovedFrom,
                       AwaitsConfirmation = assignment.AwaitsConfirmation,
                       AnswerBy = assignment.Status == AssignmentStatus.Invited ? assignment.AnswerBy : null,
                       IsLateForNo = assignment.Status is AssignmentStatus.Accepted or AssignmentStatus.CoverSought && now >= assignment.Start - read.Community.Duty.WithdrawalUntil,
                       Partners = [.. run.PartnerIds.Where(partners.ContainsKey).Select(p => partners[p])],
                       Counter = sites[run.SiteId].CountsVisits && assignment.Status == AssignmentStatus.Accepted && run.Status == RunStatus.Published && assignment.Slot.DayIn(read.Zone) == read.Today ? run.SiteId : null,
                       IsHomeVisit = run.IsHomeVisit,
                       VisitAddress = run.ShowsAddressTo(assignment, now) ? read.Reveal(run.VisitAddress) : null,
                   }];
    }

    /// <summary>Said no to the shift, and came to it by another seat later.</summary>
    private static bool ServesAfterAll(ServiceRun run, Assignment no) =>
        run.Assignments.Any(a => a.IsPublished && a.ShiftId == no.ShiftId && a.VolunteerId == no.VolunteerId);

    private static bool CalledOff(ServiceRun run, Assignment assignment) =>
        run.Status == RunStatus.Cancelled && assignment.Status == AssignmentStatus.Cancelled;

    private static VolunteerId? LeadOf(ServiceRun run) =>
        run.Assignments.FirstOrDefault(a => a.IsPublished && run.Find(a.PostId)?.Post.IsLead == true)?.VolunteerId;
}
