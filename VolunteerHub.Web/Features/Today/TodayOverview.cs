using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Hours;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Features.Planner.Reports;
using VolunteerHub.Web.Features.Requests;
using VolunteerHub.Web.Features.Teams;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Today;

/// <summary>A run of today with how many came.</summary>
public sealed record TodayRun(RunSummary Run, string? Lead, int Arrived, int Expected, int Late, int WalkIns, bool MayTakeAttendance);

/// <summary>A seat that someone gave back and nobody took.</summary>
public sealed record DeclinedSeat(RunId RunId, PostId PostId, string Name, string Post, string RunTitle, TimeSlot Slot, string Reason);

/// <summary>Seats that were offered, are near, and are still unanswered.</summary>
public sealed record UnansweredSeats(RunSummary Run, IReadOnlyList<string> Names);

/// <summary>A week and how many runs it has.</summary>
public sealed record WeekCount(DateOnly Monday, int Runs);

/// <summary>Reports that are late.</summary>
/// <param name="Reports">How many.</param>
/// <param name="Teams">Of how many teams.</param>
public sealed record OverdueReports(int Reports, int Teams);

/// <summary>Hours of runs that wait to be confirmed.</summary>
/// <param name="Late">Runs of which it is too late to be in time.</param>
/// <param name="Due">Other runs.</param>
/// <param name="Next">The next of their last days.</param>
public sealed record HourDuties(int Late, int Due, DateOnly? Next)
{
    /// <summary>Entries that somebody says are not right.</summary>
    public int Disputed { get; init; }

    /// <summary>Objections of the public, for the coordinator.</summary>
    public int Objections { get; init; }

    /// <summary>Certificates that somebody asked for, for the coordinator.</summary>
    public int Certificates { get; init; }

    public int Decisions => (Late > 0 ? 1 : 0) + (Due > 0 ? 1 : 0) + (Disputed > 0 ? 1 : 0) + (Objections > 0 ? 1 : 0) + (Certificates > 0 ? 1 : 0);
}

/// <summary>Who applied to join and waits for the viewer's word.</summary>
/// <param name="Oldest">When the first of them arrived; null where nobody waits.</param>
public sealed record WaitingApplications(int Count, DateTimeOffset? Oldest);

/// <summary>Requests of residents that wait for the viewer.</summary>
/// <param name="ToDispatch">For the coordinator to send to a team.</param>
/// <param name="ToAccept">For a team of the viewer to accept.</param>
/// <param name="Overdue">Those, and what is in hand, that wait longer than was promised.</param>
public sealed record WaitingRequests(int ToDispatch, int ToAccept, int Overdue)
{
    /// <summary>How many things there are to decide about them.</summary>
    public int Decisions => (ToDispatch > 0 ? 1 : 0) + (ToAccept > 0 ? 1 : 0) + (Overdue > 0 ? 1 : 0);
}

public sealed record TodayView(
    DateOnly Day, IReadOnlyList<string> Teams, bool ReadsAll, IReadOnlyList<TodayRun> Runs, IReadOnlyList<DeclinedSeat> Declined,
    IReadOnlyList<UnansweredSeats> Unanswered, IReadOnlyList<RunSummary> Drafts, IReadOnlyList<RunSummary> Gaps, IReadOnlyList<WeekCount> Weeks, bool MayPlan)
{
    /// <summary>Who wants to join and waits for the viewer's word.</summary>
    public WaitingApplications Applications { get; init; } = new(0, null);

    /// <summary>What residents ask for and waits for the viewer.</summary>
    public WaitingRequests Requests { get; init; } = new(0, 0, 0);

    /// <summary>Whether the viewer has a first set-up to go on with.</summary>
    public bool NeedsSetUp { get; init; }

    /// <summary>Other teams that ask for people of own teams.</summary>
    public IReadOnlyList<LendingView> Questions { get; init; } = [];

    /// <summary>People whom another team lends and who have no seat yet.</summary>
    public IReadOnlyList<LendingView> Lent { get; init; } = [];

    /// <summary>Reports that own teams owe.</summary>
    public IReadOnlyList<ReportRow> Reports { get; init; } = [];

    /// <summary>Hours that the viewer's teams owe; of all teams only what is late, for the coordinator.</summary>
    public HourDuties Hours { get; init; } = new(0, 0, null);

    /// <summary>Overdue reports of all teams, for who looks after all.</summary>
    public OverdueReports Overdue { get; init; } = new(0, 0);

    public int Decisions => Declined.Count + Unanswered.Count + Drafts.Count + Questions.Count + Lent.Count + Requests.Decisions + (Applications.Count > 0 ? 1 : 0) + Reports.Count + (Overdue.Reports > 0 ? 1 : 0) + Hours.Decisions;
}

/// <summary>What needs the viewer today: runs with arrivals, seats to fill, answers that are due, the weeks ahead.</summary>
public sealed class TodayOverview(Hub hub)
{
    private const int GapDays = 14;
    private const int UnansweredDays = 3;
    private const int Weeks = 8;

    /// <summary>The rest stands in the list of reports.</summary>
    private const int ReportsShown = 4;

    public async Task<Outcome<TodayView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var today = read.Today;
        var monday = Week.MondayOf(today);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var sites = await read.Db.Sites.ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var runs = await read.VisibleRunsAsync(read.DayStart(monday), read.DayStart(monday.AddDays(Weeks * 7)), null, ct);
        if (runs.Count == 0 && !read.Authority.IsStaff) return read.Denied(this);
        var people = runs.SelectMany(r => r.Assignments).Select(a => a.VolunteerId).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var (dayStart, dayEnd) = (read.DayStart(today), read.DayStart(today.AddDays(1)));
        var todays = runs.FindAll(r => r.StartsAt >= dayStart && r.StartsAt < dayEnd && r.Status != RunStatus.Cancelled);
        var todayIds = todays.ConvertAll(r => r.Id);
        var attendances = (await read.Db.Attendances.Include(a => a.Intervals).Where(a => todayIds.Contains(a.RunId)).ToListAsync(ct)).ToLookup(a => a.RunId);
        var ahead = runs.FindAll(r => r.EndsAt > read.Now && r.Status != RunStatus.Cancelled);
        var lendings = await LendingsAsync(read, ct);
        var owed = (await read.ReportsAsync(ct)).FindAll(r => r.State != ReportState.Filed);
        var overdue = owed.FindAll(r => r.State == ReportState.Overdue && read.Authority.IsCoordinator);
        return new TodayView(
            today,
            [.. teams.Values.Where(t => read.Authority.Leads.Contains(t.Id)).OrderBy(t => t.Order).Select(t => t.Name)],
            read.Authority.ReadsAll,
            [.. todays.Select(r => TodayOf(r, [.. attendances[r.Id]]))],
            [.. ahead.Where(r => r.StartsAt > read.Now && read.Authority.MayStaff(r)).SelectMany(Declined)],
            [.. ahead.Where(r => r.StartsAt > read.Now && r.StartsAt < read.DayStart(today.AddDays(UnansweredDays + 1)) && read.Authority.MayStaff(r)).Select(Unanswered).Where(u => u.Names.Count > 0)],
            [.. ahead.Where(r => read.Authority.MayPlan(r.HostTeamId) && r.StartsAt < read.DayStart(today.AddDays(GapDays)) && (r.Status == RunStatus.Draft || !r.Draft.IsEmpty)).Select(Summary)],
            [.. ahead.Where(r => r.StartsAt >= dayStart && r.StartsAt < read.DayStart(today.AddDays(GapDays))).Select(Summary).Where(r => r.Missing > 0)],
            [.. Enumerable.Range(0, Weeks).Select(w => monday.AddDays(w * 7)).Select(m => new WeekCount(m, runs.Count(r => r.Status != RunStatus.Cancelled && r.StartsAt >= read.DayStart(m) && r.StartsAt < read.DayStart(m.AddDays(7)))))],
            read.Authority.IsCoordinator || read.Authority.Leads.Count > 0)
        {
            Applications = await ApplicationsAsync(read, ct),
            Requests = await RequestsAsync(read, ct),
            NeedsSetUp = read.Authority.IsCoordinator && read.Community.SetUpAt is null,
            Reports = [.. owed.Where(r => read.Authority.Leads.Contains(r.Team.Id)).Take(ReportsShown)],
            Hours = await HoursAsync(read, ct),
            Overdue = new(overdue.Count, overdue.DistinctBy(r => r.Team.Id).Count()),
            Questions = lendings.FindAll(l => l.MayAnswer),
            Lent = lendings.FindAll(l => l is { Status: LendingStatus.Granted, OnRoster: false, Post: not null } && read.Authority.MayLead(l.Borrower.Id)),
        };

        RunSummary Summary(ServiceRun run) => RunSummary.Of(run, teams, sites[run.SiteId], read.Now, read.Community.CheckIn);

        TodayRun TodayOf(ServiceRun run, IReadOnlyList<Attendance> present)
        {
            var expected = run.Assignments.Where(a => a.IsPublished).ToList();
            var here = expected.DistinctBy(a => a.VolunteerId).ToList();
            var states = here.ConvertAll(a => PresenceOf.At(a.Slot, present.FirstOrDefault(p => p.VolunteerId == a.VolunteerId), read.Now, read.Community.CheckIn));
            var lead = expected.FirstOrDefault(a => run.Find(a.PostId)?.Post.IsLead == true);
            return new(
                Summary(run), lead is null ? null : names[lead.VolunteerId],
                states.Count(s => s is Presence.Present or Presence.Completed), here.Count(a => a.Origin != AssignmentOrigin.WalkIn), states.Count(s => s is Presence.Missing),
                here.Count(a => a.Origin == AssignmentOrigin.WalkIn), read.Authority.MaySeeAttendance(run));
        }

        IEnumerable<DeclinedSeat> Declined(ServiceRun run) =>
            from assignment in run.Assignments
            where assignment.Status == AssignmentStatus.Declined
            let place = run.Find(assignment.PostId)
            where place is not null && run.Heads(place.Value.Post) < place.Value.Post.Min && read.Authority.MayStaff(run, place.Value.Post)
            where !run.Assignments.Any(a => a.Holds && a.ShiftId == assignment.ShiftId && a.VolunteerId == assignment.VolunteerId)
            select new DeclinedSeat(run.Id, assignment.PostId, names[assignment.VolunteerId], place.Value.Post.Name, run.Title, assignment.Slot, assignment.DeclineReason ?? "");

        UnansweredSeats Unanswered(ServiceRun run) => new(
            Summary(run), [.. run.Assignments.Where(a => a.Status == AssignmentStatus.Invited).Select(a => names[a.VolunteerId])]);
    }

    /// <summary>Lendings for runs ahead that concern a team of the viewer.</summary>
    private static async Task<List<LendingView>> LendingsAsync(HubTransaction read, CancellationToken ct)
    {
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return [];
        var ahead = read.Db.Runs.Where(r => r.EndsAt > read.Now && r.Status != RunStatus.Cancelled).Select(r => r.Id);
        var open = read.Db.Lendings.Where(l => (l.Status == LendingStatus.Asked || l.Status == LendingStatus.Granted) && ahead.Contains(l.RunId));
        var own = read.Authority.Leads.ToList();
        return await read.LendingsAsync(read.Authority.IsCoordinator ? open : open.Where(l => own.Contains(l.HomeTeamId) || own.Contains(l.BorrowerTeamId)), ct);
    }

    /// <summary>Hours of runs that are over and that nobody has confirmed.</summary>
    private static async Task<HourDuties> HoursAsync(HubTransaction read, CancellationToken ct)
    {
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return new(0, 0, null);
        var calendar = await read.WorkCalendarAsync(ct);
        var waiting = (await read.Db.WaitingRunsAsync(ct)).FindAll(r => r.EndsAt <= read.Now && (read.Authority.IsCoordinator || read.Authority.Leads.Contains(r.HostTeamId)));
        var days = waiting.ConvertAll(r => (r.HostTeamId, By: read.ConfirmBy(r.Since, calendar)));
        var own = days.FindAll(d => d.By >= read.Today && read.Authority.Leads.Contains(d.HostTeamId));
        var (all, leads) = (read.Authority.IsCoordinator, read.Authority.Leads);
        var disputed = await (from h in read.Db.HourEntries join r in read.Db.Runs on h.RunId equals r.Id where h.Status == HourStatus.Disputed && h.VolunteerId != read.Actor.Id && (all || leads.Contains(r.HostTeamId)) select h.Id).CountAsync(ct);
        return new(days.Count(d => d.By < read.Today), own.Count, own.Count == 0 ? null : own.Min(d => d.By))
        {
            Disputed = disputed,
            Objections = all ? await read.Db.HourObjections.CountAsync(o => o.SettledAt == null, ct) : 0,
            Certificates = all ? await read.Db.Certificates.CountAsync(c => c.Status == CertificateStatus.Asked, ct) : 0,
        };
    }

    /// <summary>Requests that wait for the coordinator, or for a team of the viewer.</summary>
    private static async Task<WaitingRequests> RequestsAsync(HubTransaction read, CancellationToken ct)
    {
        if (!read.MayEnter()) return new(0, 0, 0);
        var own = read.Authority.Leads.Select(t => (TeamId?)t).ToList();
        var mine = read.Authority.IsCoordinator ? read.Db.Requests : read.Db.Requests.Where(r => own.Contains(r.TeamId));
        return new(
            read.Authority.IsCoordinator ? await mine.CountAsync(r => r.Status == RequestStatus.New || r.Status == RequestStatus.HandedBack, ct) : 0,
            await mine.CountAsync(r => r.Status == RequestStatus.Dispatched, ct), await RequestFilter.OverdueOf(mine, read.Today).CountAsync(ct));
    }

    /// <summary>Applications that the viewer may decide; who only reads has nothing to do with them today.</summary>
    private static async Task<WaitingApplications> ApplicationsAsync(HubTransaction read, CancellationToken ct)
    {
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return new(0, null);
        var waiting = read.WaitingApplications();
        return new(await waiting.CountAsync(ct), await waiting.OrderBy(a => a.SentAt).Select(a => (DateTimeOffset?)a.SentAt).FirstOrDefaultAsync(ct));
    }
}
