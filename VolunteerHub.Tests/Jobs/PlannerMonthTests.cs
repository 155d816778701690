using System.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;

namespace VolunteerHub.Tests.Jobs;

/// <summary>日历: the month of a leader, its theme, and the notices of holidays.</summary>
public sealed class PlannerMonthTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private TestCast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _cast = await TestCast.OnAsync(_hub);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_month_shows_whole_weeks_with_its_runs_holidays_and_festivals()
    {
        var run = await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗") { Min = 3 }) { Day = new DateOnly(2026, 10, 18), Title = "重阳敬老" });
        var month = await MonthAsync(_cast.LeaderOfHealth, new DateOnly(2026, 10, 15));
        Assert.Equal((new DateOnly(2026, 9, 28), new DateOnly(2026, 11, 1), 5), (month.Weeks[0].Days[0].Day, month.Weeks[^1].Days[6].Day, month.Weeks.Count));
        var day = DayOf(month, new DateOnly(2026, 10, 18));
        Assert.Equal((DayKind.Weekend, Festival.DoubleNinth, new LunarDate(2026, 9, 9, false)), (day.Kind, day.Festival, day.Lunar));
        Assert.Equal((run.Id, "重阳敬老", 0), (day.Runs[0].Id, day.Runs[0].Title, day.Runs[0].Missing));
        Assert.Equal((DayKind.Holiday, "国庆节"), (DayOf(month, new DateOnly(2026, 10, 1)).Kind, DayOf(month, new DateOnly(2026, 10, 1)).Holiday));
        Assert.Equal(DayKind.MakeUpDay, DayOf(month, new DateOnly(2026, 10, 10)).Kind);
        Assert.False(DayOf(month, new DateOnly(2026, 11, 1)).InMonth);
        Assert.Empty(month.UnknownYears);
    }

    [Fact]
    public async Task Seats_that_are_missing_are_counted_of_what_is_still_to_come()
    {
        var run = await _hub.RunAsync(new RunSketch(_cast.Health, new PostSketch("服务岗", _cast.OnRoster) { Min = 3 }, new PostSketch("引导") { Min = 1 }) { Day = new DateOnly(2026, 12, 12) });
        Assert.Equal(3, DayOf(await MonthAsync(_cast.LeaderOfHealth, new DateOnly(2026, 12, 1)), new DateOnly(2026, 12, 12)).Runs.Single(r => r.Id == run.Id).Missing);
    }

    [Fact]
    public async Task A_leader_sees_runs_of_own_teams_and_those_in_which_they_take_part()
    {
        var own = await _hub.RunAsync(new RunSketch(_cast.Care, new PostSketch("服务岗")) { Day = new DateOnly(2026, 12, 5) });
        Assert.DoesNotContain(Runs(await MonthAsync(_cast.LeaderOfHealth, new DateOnly(2026, 12, 1))), r => r.Id == own.Id);
        Assert.Contains(Runs(await MonthAsync(_cast.Coordinator, new DateOnly(2026, 12, 1))), r => r.Id == own.Id);
        Assert.DoesNotContain(Runs((await _hub.Get<PlannerMonth>().LoadAsync(_cast.Coordinator, new DateOnly(2026, 12, 1), new PlannerFilter(_cast.Health.Code))).Value!), r => r.Id == own.Id);
        Assert.Contains(Runs(await MonthAsync(_cast.LeaderOfLaw, _hub.Today)), r => r.Id == _cast.Run.Id);
    }

    [Fact]
    public async Task A_week_without_a_run_is_flagged_eight_weeks_ahead_and_a_cancelled_run_fills_none()
    {
        var monday = new DateOnly(2026, 12, 14);
        Assert.Contains(new BareWeek(monday, monday.AddDays(5)), (await MonthAsync(_cast.LeaderOfHealth, _hub.Today)).BareWeeks);
        var run = await _hub.RunAsync(new RunSketch(_cast.Care, new PostSketch("服务岗")) { Day = monday.AddDays(6) });
        // Also where another team plans it: the community has something on in that week.
        var month = await MonthAsync(_cast.LeaderOfHealth, monday);
        Assert.DoesNotContain(month.BareWeeks, w => w.Monday == monday);
        Assert.False(month.Weeks.Single(w => w.Days[0].Day == monday).IsBare);
        await _hub.Get<CancelRun>().RunAsync(_cast.Coordinator, run.Id, "暴雪");
        month = await MonthAsync(_cast.LeaderOfHealth, monday);
        Assert.Contains(month.BareWeeks, w => w.Monday == monday);
        Assert.True(month.Weeks.Single(w => w.Days[0].Day == monday).IsBare);
        var last = Week.MondayOf(_hub.Today).AddDays(7 * (PlannerMonth.WeeksAhead - 1));
        Assert.Equal(last, month.BareWeeks[^1].Monday);
    }

    [Fact]
    public async Task On_a_Sunday_a_bare_week_is_filled_today_and_not_on_the_Saturday_that_is_over()
    {
        _hub.GoTo(_hub.At("09:00", new DateOnly(2026, 12, 20)));
        Assert.Equal(new BareWeek(new DateOnly(2026, 12, 14), new DateOnly(2026, 12, 20)), (await MonthAsync(_cast.Coordinator, _hub.Today)).BareWeeks[0]);
    }

    [Fact]
    public async Task A_team_that_is_not_there_filters_nothing() =>
        Assert.NotEmpty(Runs((await _hub.Get<PlannerMonth>().LoadAsync(_cast.Coordinator, _hub.Today, new PlannerFilter("nowhere"))).Value!));

    [Fact]
    public async Task The_theme_of_a_month_is_set_changed_and_dropped_and_nobody_writes_over_what_was_not_seen()
    {
        var (job, march) = (_hub.Get<SetMonthlyTheme>(), new DateOnly(2027, 3, 15));
        Assert.False((await job.RunAsync(_cast.Coordinator, march, " 学雷锋月 ", "")).Refused);
        Assert.Equal("学雷锋月", (await MonthAsync(_cast.LeaderOfHealth, march.AddDays(3))).Theme);
        Assert.Equal(new ThemeChangedMeanwhile("学雷锋月"), (await job.RunAsync(_cast.Coordinator, march, "植树月", "")).Refusal);
        Assert.Equal(new ThemeTooLong(MonthlyTheme.Longest), (await job.RunAsync(_cast.Coordinator, march, new string('长', MonthlyTheme.Longest + 1), "学雷锋月")).Refusal);
        Assert.False((await job.RunAsync(_cast.Coordinator, march, "植树月", "学雷锋月")).Refused);
        Assert.False((await job.RunAsync(_cast.Coordinator, march, "", "植树月")).Refused);
        Assert.Equal("", (await MonthAsync(_cast.LeaderOfHealth, march)).Theme);
        Assert.Equal(3, await _hub.CountAsync("AuditLines WHERE Subject='MonthlyTheme' AND SubjectId='2027-03-01'"));
    }

    [Fact]
    public async Task A_notice_that_is_uploaded_holds_and_a_newer_one_takes_its_place()
    {
        Assert.Equal([2027], (await MonthAsync(_cast.LeaderOfHealth, new DateOnly(2027, 2, 1))).UnknownYears);
        const string Day = """{ "name": "元旦", "date": "2027-01-01", "isOffDay": true }""";
        Assert.Equal(2027, (await UploadAsync($$"""{ "year": 2027, "source": "国办发明电", "days": [{{Day}}] }""")).Value);
        Assert.Equal(2027, (await UploadAsync($$"""{ "year": 2027, "days": [{{Day}}, { "name": "春节", "date": "2027-02-13", "isOffDay": false }] }""")).Value);
        var month = await MonthAsync(_cast.LeaderOfHealth, new DateOnly(2027, 2, 1));
        Assert.Empty(month.UnknownYears);
        Assert.Equal(DayKind.MakeUpDay, DayOf(month, new DateOnly(2027, 2, 13)).Kind);
        var known = (await _hub.Get<HolidayNotices>().LoadAsync(_cast.Auditor)).Value!;
        Assert.False(known.MayChange);
        Assert.Equal([(2026, true), (2027, false)], known.Years.Select(y => (y.Year, y.Shipped)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "year": 2027, "days": [null] }""")]
    [InlineData("""{ "year": 2027, "days": [{ "date": "2027-01-01", "isOffDay": true }] }""")]
    [InlineData("""{ "year": 2027, "days": [{ "name": "元旦", "date": "2027-13-01", "isOffDay": true }] }""")]
    [InlineData("""{ "year": 20270, "days": [{ "name": "元旦", "date": "2027-01-01", "isOffDay": true }] }""")]
    [InlineData("年,日期\n2027,2027-01-01")]
    public async Task A_file_that_is_no_notice_changes_nothing(string file)
    {
        Assert.Equal(new HolidayFileUnreadable(), (await UploadAsync(file)).Refusal);
        Assert.False(await _hub.LookAsync(db => db.HolidayYears.AnyAsync()));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read() =>
        Assert.IsType<HolidayFileTooLarge>((await UploadAsync(new string(' ', 300 * 1024))).Refusal);

    private Task<Outcome<int>> UploadAsync(string file) => _hub.Get<UploadHolidays>().RunAsync(_cast.Coordinator, Encoding.UTF8.GetBytes(file));

    private async Task<PlannerMonthView> MonthAsync(Web.Platform.Identity.Actor actor, DateOnly day) => (await _hub.Get<PlannerMonth>().LoadAsync(actor, day, PlannerFilter.None)).Value!;

    private static CalendarDay DayOf(PlannerMonthView month, DateOnly day) => month.Weeks.SelectMany(w => w.Days).Single(d => d.Day == day);

    private static IEnumerable<CalendarRun> Runs(PlannerMonthView month) => month.Weeks.SelectMany(w => w.Days).SelectMany(d => d.Runs);
}
