using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>
/// Makes the runs: those of the calendar, the featured one, and one that is under way right now. Each was planned a
/// week before, or a few days ago where that lies ahead, and has come as far as it would have by now.
/// </summary>
internal sealed class DemoRuns(DemoData data, DemoCast cast, Random random)
{
    private const int PlannedDaysAhead = 7;
    private const int GapEvery = 5;
    private const int FarWeek = 3;
    private const int LastWeek = 4;
    private const int Drafts = 2;

    private static readonly TimeOnly PlanningTime = new(19, 30);
    private static readonly TimeSpan Begun = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Left = TimeSpan.FromHours(2);
    private static readonly DemoMood Past = new(0.95, 0.022);
    private static readonly DemoMood Near = new(0.85, 0.04);
    private static readonly DemoMood Far = new(0.55, 0.04);

    private readonly DemoRosters _rosters = new(data, cast, random);

    public List<ServiceRun> Runs { get; } = [];

    public List<Attendance> Attendances { get; } = [];

    public List<HourEntry> Hours { get; } = [];

    public void MakeAll()
    {
        var calendar = new DemoCalendar(data, cast.Today, TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(cast.Now, cast.Zone).DateTime));
        var dates = calendar.Dates().ToList();
        // Those whose people are given come first; the others work round them.
        MakeFeatured(dates, calendar.FeaturedDay);
        MakeUnderWay();
        var drafts = dates.Where(d => d.Week is FarWeek or LastWeek).TakeLast(Drafts + 1).ToList();
        foreach (var (order, date) in dates.Index())
        {
            var slots = SlotsOf(date.Template, date.Day);
            if (drafts.Contains(date)) MakeDraft(date.Template, slots, empty: date == drafts[^1]);
            else MakePublished(date.Template, slots, order);
        }

        foreach (var date in calendar.Former()) MakePublished(date.Template, SlotsOf(date.Template, date.Day), order: 0);
    }

    /// <summary>
    /// Starts a run twenty minutes ago, by the time of day in the health or the care team, with about half of its people
    /// here already.
    /// </summary>
    public void MakeUnderWay()
    {
        var start = cast.Now - Begun;
        start -= TimeSpan.FromTicks(start.Ticks % TimeSpan.FromMinutes(5).Ticks);
        var template = data.UnderWayAt(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, cast.Zone).DateTime));
        var run = _rosters.Plan(template, [new TimeSlot(start, start + Begun + Left)]);
        Runs.Add(run);
        var planned = PlannedAt(run);
        _rosters.Fill(run, template, planned, post => post.Min);
        DemoRosters.Publish(run, cast, planned.AddMinutes(10));
        foreach (var seat in run.Assignments.Where(a => a.Status == AssignmentStatus.Invited).ToList())
            _rosters.Say(run, seat, null, planned.AddMinutes(20 + random.Next(60)));
        Keep(attendances => attendances.RecordHalf(run));
    }

    private void MakeFeatured(List<DemoDate> dates, DateOnly day)
    {
        var date = dates.Single(d => d.Template.Title == data.Featured.Title && d.Day == day);
        dates.Remove(date);
        var run = _rosters.Plan(date.Template, SlotsOf(date.Template, day));
        Runs.Add(run);
        var planned = PlannedAt(run);
        _rosters.Fill(run, data.Featured.Seats, planned);
        DemoRosters.Publish(run, cast, planned.AddMinutes(10));
        foreach (var seat in run.Assignments.ToList())
        {
            var name = cast[seat.VolunteerId].Volunteer.Name;
            if (!data.Featured.Silent.Contains(name))
                _rosters.Say(run, seat, data.Featured.Declines.GetValueOrDefault(name), planned.AddMinutes(20 + random.Next(60)));
        }
    }

    private void MakeDraft(DemoTemplate template, IReadOnlyList<TimeSlot> slots, bool empty)
    {
        var run = _rosters.Plan(template, slots);
        Runs.Add(run);
        if (!empty) _rosters.Fill(run, template, PlannedAt(run), post => post.Min - (post.Min > 1 ? 1 : 0));
    }

    private void MakePublished(DemoTemplate template, IReadOnlyList<TimeSlot> slots, int order)
    {
        var run = _rosters.Plan(template, slots);
        Runs.Add(run);
        var (planned, isAhead) = (PlannedAt(run), run.StartsAt > cast.Now);
        var asked = planned.AddMinutes(10);
        var gap = isAhead && order % GapEvery == 0;
        _rosters.Fill(run, template, planned, post => post.Min + (gap ? 0 : random.Next(post.Max - post.Min + 1)));
        DemoRosters.Publish(run, cast, asked);
        if (gap) _rosters.LoseOne(run, asked);
        _rosters.Answer(run, template, asked, !isAhead ? Past : run.StartsAt < cast.Now.AddDays(PlannedDaysAhead) ? Near : Far);
        Keep(attendances => attendances.Record(run));
    }

    private void Keep(Action<DemoAttendances> record)
    {
        var attendances = new DemoAttendances(data, cast, _rosters, random);
        record(attendances);
        Attendances.AddRange(attendances.Attendances);
        Hours.AddRange(attendances.Hours);
    }

    /// <summary>A week before in the evening, and in any case before today.</summary>
    private DateTimeOffset PlannedAt(ServiceRun run)
    {
        var weekBefore = cast.DayOf(run.StartsAt).AddDays(-PlannedDaysAhead);
        var lately = cast.Today.AddDays(-1 - random.Next(5));
        return cast.At(weekBefore < lately ? weekBefore : lately, PlanningTime);
    }

    private List<TimeSlot> SlotsOf(DemoTemplate template, DateOnly day) =>
        [.. template.Shifts!.Select(s => cast.At(day, s.From)).Zip(template.Shifts!, (start, s) => new TimeSlot(start, start.AddMinutes(s.Minutes)))];
}
