using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Administration.Settings;
using VolunteerHub.Web.Features.Hours;
using VolunteerHub.Web.Features.Hours.Honours;
using VolunteerHub.Web.Features.Hours.Policy;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Hours;

/// <summary>What the rules say, what changing them does, and what is honoured.</summary>
public sealed class PolicyTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");

    [Fact]
    public void Time_before_and_after_the_slot_counts_as_far_as_the_rules_let_it()
    {
        var policy = CreditPolicy.Default with { BeforeMinutes = 10 };
        var count = Count(policy, "08:45", "11:50", afterToo: true);
        Assert.Equal(TimeSpan.FromMinutes(160), count.Credited);
        Assert.Equal([new(CreditNote.BeforeCounted, TimeSpan.FromMinutes(10)), new(CreditNote.BeforeLeftOut, TimeSpan.FromMinutes(5)), new(CreditNote.AfterCounted, TimeSpan.FromMinutes(30)), new CreditPart(CreditNote.AfterLeftOut, TimeSpan.FromMinutes(20))], count.Parts);
        Assert.Equal(TimeSpan.FromMinutes(130), Count(policy, "08:45", "11:50").Credited);
    }

    [Fact]
    public void Breaks_the_least_share_and_a_forgotten_sign_out_take_their_part()
    {
        Assert.Equal(TimeSpan.FromMinutes(100), Count(CreditPolicy.Default with { BreakAfterMinutes = 60, BreakMinutes = 20 }, "09:00", "11:00").Credited);
        Assert.Equal(TimeSpan.FromMinutes(110), Count(CreditPolicy.Default with { BreakAfterMinutes = 110, BreakMinutes = 20 }, "09:00", "11:00").Credited);
        Assert.Equal(TimeSpan.Zero, Count(CreditPolicy.Default with { LeastSharePercent = 60 }, "09:00", "10:00").Credited);
        Assert.Equal(TimeSpan.FromMinutes(60), Count(CreditPolicy.Default with { LeastSharePercent = 50 }, "09:00", "10:00").Credited);
        Assert.Equal(TimeSpan.FromMinutes(60), Count(CreditPolicy.Default with { Forgotten = ForgottenSignOut.HalfOfIt }, "09:00", "11:00", EvidenceKind.PolicyClosed).Credited);
        Assert.Equal(TimeSpan.Zero, Count(CreditPolicy.Default with { Forgotten = ForgottenSignOut.Nothing }, "09:00", "11:00", EvidenceKind.PolicyClosed).Credited);
    }

    [Fact]
    public void What_is_credited_elsewhere_is_not_credited_again()
    {
        var count = CreditRule.Count([Morning], [Stay("09:00", "12:00")], CreditPolicy.Default, true, new CreditElsewhere([Saturday.From("11:10", "12:00")], [Saturday.From("09:00", "09:15")]));
        Assert.Equal(TimeSpan.FromMinutes(115), count.Credited);
        Assert.Contains(new CreditPart(CreditNote.ElsewhereLeftOut, TimeSpan.FromMinutes(15)), count.Parts);
    }

    [Theory]
    [InlineData(CreditNote.BeforeLeftOut, 17, 20, 18)]
    [InlineData(CreditNote.AfterOpen, 7, 50, 7)]
    [InlineData(CreditNote.BreakLeftOut, 29, 40, 30)]
    public void Minutes_agree_with_the_clock_times_beside_them_which_are_cut_to_the_minute(CreditNote note, int minutes, int seconds, int shown) =>
        Assert.Equal(shown, CreditWords.Minutes(new CreditPart(note, new TimeSpan(0, minutes, seconds))));

    [Fact]
    public async Task Other_rules_are_shown_first_and_change_only_what_nobody_has_confirmed()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var (leader, coordinator) = (hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader)), await hub.CoordinatorAsync());
        var people = await hub.VolunteersAsync(2, health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", [.. people])));
        foreach (var who in people) await hub.ArriveAsync(run, who);
        hub.GoTo(run.EndsAt);
        foreach (var who in people) await hub.LeaveAsync(run, who);
        var entries = await hub.LookAsync(db => db.HourEntries.ToListAsync());
        Assert.Equal(1, (await hub.Get<ConfirmHours>().RunAsync(leader, run.Id, [new(entries[0].Id)])).Value!.Confirmed);

        var form = CreditForm.Defaults with { BeforeMinutes = 10 };
        var preview = (await hub.Get<CreditPreview>().LoadAsync(coordinator, form.Credit, form.Recording)).Value!;
        Assert.Equal((1, 1, TimeSpan.FromMinutes(10), TimeSpan.Zero), (preview.Open, preview.Changed, preview.More, preview.Less));
        Assert.Equal((0, 0), (preview.StarsMore, preview.StarsLess));
        await hub.ServedAsync(health, people[0], TimeSpan.FromHours(20), daysAgo: 200);
        preview = (await hub.Get<CreditPreview>().LoadAsync(coordinator, form.Credit, (form with { Star1 = 10 }).Recording)).Value!;
        Assert.Equal((1, 0), (preview.StarsMore, preview.StarsLess));
        Assert.IsType<SettingsInvalid>((await hub.Get<ChangeCreditPolicy>().RunAsync(coordinator, form with { Star2 = 1 }, CreditForm.Defaults)).Refusal);
        Assert.IsType<SettingsChangedMeanwhile>((await hub.Get<ChangeCreditPolicy>().RunAsync(coordinator, form, form)).Refusal);
        Assert.Null((await hub.Get<ChangeCreditPolicy>().RunAsync(coordinator, form, CreditForm.Defaults)).Refusal);
        var after = await hub.LookAsync(db => db.HourEntries.ToDictionaryAsync(h => h.Id, h => h.Credited));
        Assert.Equal((entries[0].Credited, entries[1].Credited + TimeSpan.FromMinutes(10)), (after[entries[0].Id], after[entries[1].Id]));
        // The attendance writer counts by the new rules too.
        var stay = (await hub.AttendanceOfAsync(run, people.Single(p => p.Id == entries[1].VolunteerId)))!.Intervals.Single();
        Assert.False((await hub.Get<VolunteerHub.Web.Features.CheckIn.Review.PutTimesRight>().RunAsync(leader, run.Id, entries[1].VolunteerId, stay.Id, run.StartsAt, run.EndsAt, "核实", Guid.CreateVersion7())).Refused);
        Assert.Equal(run.EndsAt - run.StartsAt, await hub.LookAsync(db => db.HourEntries.Where(h => h.Id == entries[1].Id).Select(h => h.Credited).SingleAsync()));
    }

    [Fact]
    public void Stars_are_reached_by_all_hours_together()
    {
        Assert.Equal((0, 100, 99), (Stars.LevelOf(TimeSpan.FromHours(99.9), HourPolicy.Default), Stars.ProgressOf(TimeSpan.FromHours(99.9), HourPolicy.Default).Next, Stars.ProgressOf(TimeSpan.FromHours(99.9), HourPolicy.Default).Percent));
        Assert.Equal((2, 600, 50), (Stars.LevelOf(TimeSpan.FromHours(450), HourPolicy.Default), Stars.ProgressOf(TimeSpan.FromHours(450), HourPolicy.Default).Next, Stars.ProgressOf(TimeSpan.FromHours(450), HourPolicy.Default).Percent));
        Assert.Equal((5, (int?)null), (Stars.LevelOf(TimeSpan.FromHours(1500), HourPolicy.Default), Stars.ProgressOf(TimeSpan.FromHours(2000), HourPolicy.Default).Next));
    }

    [Fact]
    public async Task Who_reached_a_star_in_a_period_is_listed_with_the_day_and_gets_a_certificate_of_honour()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var who = await hub.VolunteerAsync("李娜", health);
        foreach (var (day, hours) in new[] { (-40, 60), (-20, 45), (-5, 10) }) await FinalAsync(day, hours);
        var rows = (await hub.Get<StarList>().LoadAsync(leader, hub.Today.AddDays(-30), null)).Value!.Rows;
        var row = Assert.Single(rows);
        Assert.Equal((1, TimeSpan.FromHours(115), hub.Today.AddDays(-20)), (row.Level, row.Total, row.On));
        Assert.Empty((await hub.Get<StarList>().LoadAsync(leader, hub.Today.AddDays(-10), null)).Value!.Rows);
        Assert.Empty((await hub.Get<StarList>().LoadAsync(leader, null, hub.Today.AddDays(-21))).Value!.Rows);
        var honour = (await hub.Get<Honour>().LoadAsync(hub.ActorOf(who), who.Id, 1)).Value!;
        Assert.Equal(("李娜", 100), (honour.Name, honour.Hours));
        Assert.IsType<StarNotReached>((await hub.Get<Honour>().LoadAsync(leader, who.Id, 2)).Refusal);

        async Task FinalAsync(int day, int hours)
        {
            var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Day = hub.Today.AddDays(day) });
            var entry = new HourEntry(run.Id, who.Id, TimeSpan.FromHours(hours), run.EndsAt);
            entry.Confirm(leader.Id, new HourFacts(new CreditCount(TimeSpan.FromHours(hours), TimeSpan.FromHours(hours), [], TimeSpan.Zero, []), TimeSpan.Zero, null), CreditPolicy.Default with { SecondApprovalHours = 999, MostHoursADay = 999 }, HourPolicy.Default, run.EndsAt);
            entry.Accept(run.EndsAt);
            entry.HangOut(HourPolicy.Default, hub.Today.AddDays(day), new WorkCalendar([]), run.EndsAt);
            entry.Finish(hub.Today.AddYears(1), false, run.EndsAt);
            await hub.ChangeAsync(db => db.HourEntries.Add(entry));
        }
    }

    private static CreditCount Count(CreditPolicy policy, string from, string to, EvidenceKind way = EvidenceKind.RotatingQr, bool afterToo = false) =>
        CreditRule.Count([Morning], [Stay(from, to, way)], policy, afterToo, CreditElsewhere.None);

    private static AttendanceInterval Stay(string from, string to, EvidenceKind way = EvidenceKind.RotatingQr) =>
        new(IntervalId.New(), Moment(Saturday.At(from), EvidenceKind.RotatingQr), Moment(Saturday.At(to), way));

    private static AttendanceMoment Moment(DateTimeOffset at, EvidenceKind evidence) => new(at, at, Guid.CreateVersion7(), evidence, The.Leader);
}
