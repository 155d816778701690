using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>
/// What the eligibility rules need to know of many people over a span of time, gathered in a handful of queries. Duty that is
/// given or taken while the book is open is entered, so that each rule looks at what is true by then.
/// </summary>
internal sealed class CandidateBook
{
    private const int DaysAWeek = 7;

    private readonly Dictionary<VolunteerId, Page> _pages;
    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<TimeSlot, (DateOnly Day, TimeSlot Near)> _times = [];

    private CandidateBook(Dictionary<VolunteerId, Page> pages, TimeZoneInfo zone) => (_pages, _zone) = (pages, zone);

    /// <summary>Everybody in the book.</summary>
    public IEnumerable<VolunteerId> People => _pages.Keys;

    /// <param name="hub">The unit of work.</param>
    /// <param name="who">Which volunteers.</param>
    /// <param name="span">The time of the duties; what people have in its weeks comes along.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<CandidateBook> OpenAsync(HubTransaction hub, IQueryable<Volunteer> who, TimeSlot span, CancellationToken ct)
    {
        var ids = who.Select(v => v.Id);
        var near = Near(span, hub.Zone);
        var people = await who.Include(v => v.Qualifications).AsNoTracking().AsSplitQuery().ToListAsync(ct);
        var (first, last) = (span.DayIn(hub.Zone), DateOnly.FromDateTime(span.On(hub.Zone).End));
        var teams = (await hub.Db.Memberships
            .Where(m => ids.Contains(m.VolunteerId) && m.Since <= last && (m.Until == null || first < m.Until))
            .Select(m => new { m.VolunteerId, m.TeamId, m.Since, m.Until }).ToListAsync(ct)).ToLookup(m => m.VolunteerId, m => new Membered(m.TeamId, m.Since, m.Until));
        var duties = await DutiesAsync(hub, ids, near, ct);
        var lent = (await (from l in hub.Db.Lendings
                           join home in hub.Db.Teams on l.HomeTeamId equals home.Id
                           where ids.Contains(l.VolunteerId) && l.Status == LendingStatus.Granted
                           select new { l.VolunteerId, Lent = new LentTo(l.RunId, l.BorrowerTeamId, home.Name) }).ToListAsync(ct)).ToLookup(l => l.VolunteerId, l => l.Lent);
        var served = await hub.Db.Attendances.Where(a => ids.Contains(a.VolunteerId) && a.Intervals.Any(i => i.AnnulledAt == null))
            .GroupBy(a => a.VolunteerId).Select(g => new { g.Key, Runs = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Runs, ct);
        var pages = people.ToDictionary(person => person.Id, person =>
        {
            var past = duties[person.Id].Where(d => d.Slot.Start < hub.Now).ToList();
            return new Page(
                person, [.. teams[person.Id]], [.. duties[person.Id].Where(d => d.Slot.Overlaps(near))],
                Weeks(past, hub.Now, hub.Community.Duty.FairnessWindow), served.GetValueOrDefault(person.Id), hub.BornOn(person), [.. lent[person.Id]],
                past.GroupBy(d => d.RunTitle).ToDictionary(g => g.Key, g => g.Count()), past.Count);
        });
        return new(pages, hub.Zone);
    }

    /// <summary>One person, as the rules see them at the time of a duty; null for who is not in the book.</summary>
    public Candidate? Of(VolunteerId who, TimeSlot slot) => _pages.TryGetValue(who, out var page) ? At(page, Times(slot)) : null;

    /// <summary>Everybody, as the rules see them at the time of a duty.</summary>
    public IReadOnlyList<Candidate> At(TimeSlot slot)
    {
        var times = Times(slot);
        return [.. _pages.Values.Select(p => At(p, times))];
    }

    /// <summary>Enters duty that the person was given.</summary>
    public void Give(VolunteerId who, Commitment duty) => _pages[who].Duties.Add(duty);

    /// <summary>Strikes duty that was taken from the person.</summary>
    public void Take(VolunteerId who, RunId run, TimeSlot slot)
    {
        if (_pages.TryGetValue(who, out var page)) page.Duties.RemoveAll(d => d.RunId == run && d.Slot == slot);
    }

    /// <summary>All duty of a person that touches the weeks of the book's span.</summary>
    public IReadOnlyList<Commitment> DutiesOf(VolunteerId who) => _pages.TryGetValue(who, out var page) ? page.Duties : [];

    /// <summary>A person's name; empty for who is not in the book.</summary>
    public string NameOf(VolunteerId who) => _pages.TryGetValue(who, out var page) ? page.Person.Name : "";

    /// <summary>Duty of a person in the fairness window before now.</summary>
    public TimeSpan LoadOf(VolunteerId who) => _pages.TryGetValue(who, out var page) ? page.Load.Aggregate(TimeSpan.Zero, (sum, week) => sum + week) : TimeSpan.Zero;

    /// <summary>How many duties a person had in the fairness window before now.</summary>
    public int DutiesBefore(VolunteerId who) => _pages[who].Past;

    /// <summary>How often each person of the book has served.</summary>
    public IReadOnlyDictionary<VolunteerId, int> CompletedRuns => _pages.ToDictionary(p => p.Key, p => p.Value.CompletedRuns);

    /// <summary>The weeks that a span touches, with a day before and after: limits count by the week, rest looks at the day beside.</summary>
    private static TimeSlot Near(TimeSlot span, TimeZoneInfo zone)
    {
        var (start, end) = span.On(zone);
        var monday = Week.MondayOf(DateOnly.FromDateTime(start));
        var nextMonday = Week.MondayOf(DateOnly.FromDateTime(end)).AddDays(DaysAWeek);
        return new(WallClock.Instant(monday.AddDays(-1), TimeOnly.MinValue, zone), WallClock.Instant(nextMonday.AddDays(1), TimeOnly.MinValue, zone));
    }

    private (DateOnly Day, TimeSlot Near) Times(TimeSlot slot)
    {
        if (!_times.TryGetValue(slot, out var times)) _times[slot] = times = (slot.DayIn(_zone), Near(slot, _zone));
        return times;
    }

    private static Candidate At(Page page, (DateOnly Day, TimeSlot Near) at) => new(
        page.Person,
        page.Teams.Where(m => m.Since <= at.Day && (m.Until is not { } until || at.Day < until)).Select(m => m.Team).ToHashSet(),
        page.Duties.Count == 0 ? [] : [.. page.Duties.Where(d => d.Slot.Overlaps(at.Near))],
        page.Load, page.CompletedRuns, page.BornOn, page.Lent) { ServedAt = page.ServedAt };

    private static async Task<ILookup<VolunteerId, Commitment>> DutiesAsync(HubTransaction hub, IQueryable<VolunteerId> ids, TimeSlot near, CancellationToken ct)
    {
        var now = hub.Now;
        var since = now - hub.Community.Duty.FairnessWindow;
        var (start, end) = (near.Start, near.End);
        var held = await (from a in hub.Db.Assignments
                          join run in hub.Db.Runs on a.RunId equals run.Id
                          join team in hub.Db.Teams on run.HostTeamId equals team.Id
                          where ids.Contains(a.VolunteerId)
                              && (a.Status == AssignmentStatus.Proposed || a.Status == AssignmentStatus.Invited
                                  || a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.CoverSought)
                              && ((a.Start < end && a.End > start) || (a.Start >= since && a.Start < now))
                          select new { a.VolunteerId, a.RunId, run.Title, run.SiteId, team.Name, a.Start, a.End }).ToListAsync(ct);
        return held.ToLookup(h => h.VolunteerId, h => new Commitment(h.RunId, h.Title, h.Name, new TimeSlot(h.Start, h.End), h.SiteId));
    }

    private static TimeSpan[] Weeks(IEnumerable<Commitment> past, DateTimeOffset now, TimeSpan window)
    {
        var weeks = new TimeSpan[(int)Math.Ceiling(window.TotalDays / DaysAWeek)];
        foreach (var slot in past.Select(d => d.Slot))
        {
            var ago = (int)((now - slot.Start).TotalDays / DaysAWeek);
            if (ago < weeks.Length) weeks[weeks.Length - 1 - ago] += slot.Duration;
        }

        return weeks;
    }

    private sealed record Membered(TeamId Team, DateOnly Since, DateOnly? Until);

    private sealed record Page(
        Volunteer Person, IReadOnlyList<Membered> Teams, List<Commitment> Duties, IReadOnlyList<TimeSpan> Load, int CompletedRuns, DateOnly? BornOn,
        IReadOnlyList<LentTo> Lent, IReadOnlyDictionary<string, int> ServedAt, int Past);
}
