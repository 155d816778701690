using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.OwnRecord;

namespace VolunteerHub.Tests.OwnRecord;

/// <summary>A person says on a phone when they may be asked.</summary>
public sealed class OwnAvailabilityTests
{
    private const string Password = "shiliu-2026";
    private const string Page = "/me/availability";

    [Fact]
    public async Task Ticks_become_spans_that_join_where_they_touch()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site);
        using var mine = caller;
        var saved = await caller.FillAsync(Page, Page, ("when", "week"), ("t-Saturday-Morning", "yes"), ("t-Saturday-Afternoon", "yes"), ("action", "save"));
        Assert.Equal(Page, saved.LocationPath);
        Assert.Contains("已保存", (await caller.GetAsync(saved.Location)).Text, StringComparison.Ordinal);
        var stated = await StatedAsync(site, who);
        Assert.Equal([new(DayOfWeek.Saturday, new(6, 0), new(12, 0)), new(DayOfWeek.Saturday, new(12, 0), new(18, 0))], stated.Weekly);
        Assert.True(stated.Covers(Weekend.Saturday.From("11:00", "13:00"), TestHub.Zone));
        Assert.False(stated.Covers(Weekend.Saturday.From("17:00", "19:00"), TestHub.Zone));

        // The page shows what was said.
        var page = await caller.GetAsync(Page);
        Assert.Matches("name=\"t-Saturday-Morning\"[^>]* checked", page.Body);
        Assert.DoesNotMatch("name=\"t-Sunday-Morning\"[^>]* checked", page.Body);
        Assert.Matches("value=\"week\" checked", page.Body);
    }

    [Fact]
    public async Task Any_time_takes_the_week_back()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site, v => v.FreeOn(DayOfWeek.Saturday, "06:00", "12:00"));
        using var mine = caller;
        await caller.FillAsync(Page, Page, ("when", "any"), ("t-Saturday-Morning", "yes"), ("action", "save"));
        Assert.False((await StatedAsync(site, who)).IsStated);
    }

    [Fact]
    public async Task Exact_hours_stand_beside_the_ticks_and_wrong_ones_are_said()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site, v => v.FreeOn(DayOfWeek.Sunday, "09:30", "11:30").FreeOn(DayOfWeek.Monday, "06:00", "18:00"));
        using var mine = caller;
        var page = await caller.GetAsync(Page);
        // What covers parts of a day exactly is ticked, the rest stands as it was said.
        Assert.Matches("name=\"t-Monday-Morning\"[^>]* checked", page.Body);
        Assert.Matches("name=\"t-Monday-Afternoon\"[^>]* checked", page.Body);
        Assert.Equal(("09:30", "11:30"), (page.Field("f0"), page.Field("e0")));
        Assert.Equal("", page.Field("f1"));
        Assert.False(page.HasField("f2"));

        var wrong = await caller.SubmitAsync(page, Page, ("when", "week"), ("d0", "Sunday"), ("f0", "09:30"), ("e0", "11:30"), ("d1", "Friday"), ("f1", "20:00"), ("e1", "19:00"), ("action", "save"));
        Assert.Equal(200, wrong.Status);
        Assert.Contains("结束要晚于开始", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(("20:00", "19:00"), (wrong.Field("f1"), wrong.Field("e1")));
        Assert.Equal(2, (await StatedAsync(site, who)).Weekly.Count);

        await caller.SubmitAsync(wrong, Page, ("when", "week"), ("d0", ""), ("f0", ""), ("e0", ""), ("d1", "Friday"), ("f1", "20:00"), ("e1", "00:00"), ("action", "save"));
        Assert.Equal([new WeeklyHours(DayOfWeek.Friday, new(20, 0), TimeOnly.MinValue)], (await StatedAsync(site, who)).Weekly);
    }

    [Fact]
    public async Task A_week_without_any_time_is_asked_again()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site);
        using var mine = caller;
        var again = await caller.FillAsync(Page, Page, ("when", "week"), ("action", "save"));
        Assert.Contains("请至少勾一个时段", again.Text, StringComparison.Ordinal);
        Assert.Matches("value=\"week\" checked", again.Body);
        Assert.False((await StatedAsync(site, who)).IsStated);
    }

    [Fact]
    public async Task Days_that_are_different_are_added_and_taken_back_without_losing_ticks()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site, v => v.Except(site.Hub.Today.AddDays(-3), false));
        using var mine = caller;
        await caller.FillAsync(Page, Page, ("when", "week"), ("t-Saturday-Morning", "yes"), ("from", "2026-12-05"), ("to", "2026-12-07"), ("action", "busy"));
        await caller.FillAsync(Page, Page, ("when", "week"), ("t-Saturday-Morning", "yes"), ("from", "2026.12.6"), ("action", "free"));
        var stated = await StatedAsync(site, who);
        Assert.Single(stated.Weekly);
        // What was over is dropped; the last word on a day counts.
        Assert.Equal([new(new DateOnly(2026, 12, 5), false), new(new DateOnly(2026, 12, 6), true), new DatedAvailability(new DateOnly(2026, 12, 7), false)], stated.Exceptions);
        Assert.False(stated.Covers(new DateOnly(2026, 12, 5).From("09:00", "11:00"), TestHub.Zone));

        var page = await caller.GetAsync(Page);
        Assert.Contains("12月5日", page.Text, StringComparison.Ordinal);
        await caller.SubmitAsync(page, Page, ("when", "week"), ("t-Saturday-Morning", "yes"), ("action", "remove:2026-12-05:2026-12-05"));
        await caller.SubmitAsync(page, Page, ("when", "week"), ("t-Saturday-Morning", "yes"), ("action", "remove:nonsense:2026-12-07"));
        Assert.Equal([new DateOnly(2026, 12, 6), new DateOnly(2026, 12, 7)], (await StatedAsync(site, who)).Exceptions.Select(e => e.Day));
    }

    [Theory]
    [InlineData("", "", "请填今天或以后的日期")]
    [InlineData("2026-11-27", "", "请填今天或以后的日期")]
    [InlineData("2026-12-05", "2026-12-04", "不能早于开始日期")]
    [InlineData("2026-12-05", "2027-03-07", "一次最多 92 天")]
    public async Task Days_that_cannot_be_meant_are_said_and_kept_in_the_form(string from, string to, string said)
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var (who, caller) = await SignedInAsync(site);
        using var mine = caller;
        var again = await caller.FillAsync(Page, Page, ("when", "week"), ("t-Sunday-Evening", "yes"), ("from", from), ("to", to), ("action", "busy"));
        Assert.Contains(said, again.Text, StringComparison.Ordinal);
        Assert.Equal((from, to), (again.Field("from") ?? "", again.Field("to") ?? ""));
        Assert.Matches("name=\"t-Sunday-Evening\"[^>]* checked", again.Body);
        Assert.False((await StatedAsync(site, who)).IsStated);
    }

    [Fact]
    public async Task Three_months_at_once_are_the_most()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = await hub.VolunteerAsync("李娜");
        await hub.Get<StateOwnAvailability>().RunAsync(hub.ActorOf(who), [], new ChangedDays(hub.Today, hub.Today.AddYears(50), false));
        Assert.Equal(ChangedDays.Most, (await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == who.Id))).Availability.Exceptions.Count);
    }

    private static Task<Availability> StatedAsync(TestSite site, Volunteer who) =>
        site.Hub.LookAsync(db => db.Volunteers.Where(v => v.Id == who.Id).Select(v => v.Availability).SingleAsync());

    private static async Task<(Volunteer Who, Caller Caller)> SignedInAsync(TestSite site, Action<Volunteer>? also = null)
    {
        var who = await site.Hub.VolunteerAsync("李娜", also: also);
        await site.Hub.AccountAsync(who, Password);
        var caller = new Caller(site);
        Assert.Equal(303, (await caller.SignInAsync(who.Number, Password)).Status);
        return (who, caller);
    }
}
