using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Reports;
using VolunteerHub.Web.Features.Today;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Reports of runs: filed, corrected, owed; and their pictures.</summary>
public sealed class RunReportJobsTests
{
    private static readonly RunReportFacts Good = new(32, 40, 20, 19, "量血压 40 人次。");

    [Fact]
    public async Task A_leader_reports_a_run_and_corrects_it_and_the_audit_tells_both()
    {
        await using var hub = await TestHub.CreateAsync();
        var (_, leader, run) = await OverAsync(hub);
        Assert.False((await hub.Get<FileReport>().RunAsync(leader, run.Id, Good)).Refused);
        Assert.False((await hub.Get<FileReport>().RunAsync(leader, run.Id, Good with { People = 33 })).Refused);
        var view = (await hub.Get<RunReportData>().LoadAsync(leader, run.Id)).Value!;
        Assert.Equal((RunPhase.Completed, 33, 40, 95), (view.Run.Phase, view.Report!.Facts.People, view.Report.Facts.Times, view.Report.SatisfiedPercent));
        var changes = await hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == nameof(RunReport) && l.Action == "Modified").Select(l => l.Changes).SingleAsync());
        Assert.Contains("\"People\":[32,33]", changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owed_reports_stand_on_the_page_of_today_with_the_working_days_that_are_left()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, leader, run) = await OverAsync(hub);
        var mine = (await hub.Get<TodayOverview>().LoadAsync(leader)).Value!;
        var owed = Assert.Single(mine.Reports);
        // Friday 11-27 was the day; ten working days on is Friday 12-11, today is Saturday.
        Assert.Equal((run.Id, new DateOnly(2026, 12, 11), 10, ReportState.Due), (owed.RunId, owed.Due, owed.DaysLeft, owed.State));
        hub.GoTo(hub.At("09:00", new DateOnly(2026, 12, 15)));
        var late = Assert.Single((await hub.Get<TodayOverview>().LoadAsync(leader)).Value!.Reports);
        Assert.Equal((-2, ReportState.Overdue), (late.DaysLeft, late.State));
        var coordinator = await hub.CoordinatorAsync();
        Assert.Equal(new OverdueReports(1, 1), (await hub.Get<TodayOverview>().LoadAsync(coordinator)).Value!.Overdue);
        await hub.Get<FileReport>().RunAsync(leader, run.Id, Good);
        Assert.Equal(new OverdueReports(0, 0), (await hub.Get<TodayOverview>().LoadAsync(coordinator)).Value!.Overdue);
        Assert.Equal(ReportState.Filed, Assert.Single((await hub.Get<ReportList>().LoadAsync(coordinator, health.Code)).Value!.Rows).State);
    }

    [Fact]
    public async Task Hours_that_were_earned_stay_when_a_run_is_called_off()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(cast.Run.StartsAt);
        await hub.ArriveAsync(cast.Run, cast.OnRoster);
        hub.GoTo(cast.Run.StartsAt.AddHours(1));
        await hub.LeaveAsync(cast.Run, cast.OnRoster);
        var before = await hub.LookAsync(db => db.HourEntries.Where(h => h.RunId == cast.Run.Id && h.VolunteerId == cast.OnRoster.Id).Select(h => h.CreditedSeconds).SingleAsync());
        Assert.True(before > 0);
        Assert.False((await hub.Get<CancelRun>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, "暴雪")).Refused);
        Assert.Equal(before, await hub.LookAsync(db => db.HourEntries.Where(h => h.RunId == cast.Run.Id && h.VolunteerId == cast.OnRoster.Id).Select(h => h.CreditedSeconds).SingleAsync()));
        Assert.NotNull(await hub.AttendanceOfAsync(cast.Run, cast.OnRoster));
    }

    [Fact]
    public async Task Who_signs_out_after_the_report_still_gets_the_hours()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(cast.Run.StartsAt);
        await hub.ArriveAsync(cast.Run, cast.OnRoster);
        hub.GoTo(cast.Run.EndsAt.AddMinutes(1));
        Assert.False((await hub.Get<FileReport>().RunAsync(cast.LeaderOfHealth, cast.Run.Id, Good)).Refused);
        await hub.LeaveAsync(cast.Run, cast.OnRoster);
        Assert.NotNull((await hub.AttendanceOfAsync(cast.Run, cast.OnRoster))!.Intervals.Single().Out);
    }

    [Fact]
    public async Task A_picture_is_kept_small_and_without_what_the_camera_noted()
    {
        await using var hub = await TestHub.CreateAsync();
        var (_, leader, run) = await OverAsync(hub);
        // A comment segment of the kind in which cameras and programs write where and by whom.
        var jpeg = Picture(3000, 2000, SKEncodedImageFormat.Jpeg);
        byte[] marked = [.. jpeg.Take(2), 0xFF, 0xFE, 0x00, 0x0A, .. "SECRET!!"u8, .. jpeg.Skip(2)];
        var added = await hub.Get<AddRunPhoto>().RunAsync(leader, run.Id, marked);
        var stored = (await hub.Get<RunPhotoFile>().LoadAsync(leader, run.Id, added.Value)).Value!;
        using var codec = SKCodec.Create(new MemoryStream(stored));
        Assert.Equal((SKEncodedImageFormat.Jpeg, 1280, 853), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
        Assert.True(stored.Length <= SmallPhoto.MostBytes);
        Assert.DoesNotContain("SECRET", System.Text.Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.Contains("SECRET", System.Text.Encoding.Latin1.GetString(marked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_and_so_are_too_large_ones_and_one_too_many()
    {
        await using var hub = await TestHub.CreateAsync();
        var (_, leader, run) = await OverAsync(hub);
        var job = hub.Get<AddRunPhoto>();
        Assert.IsType<PhotoUnreadable>((await job.RunAsync(leader, run.Id, "<svg onload='alert(1)'/>"u8.ToArray())).Refusal);
        Assert.IsType<PhotoUnreadable>((await job.RunAsync(leader, run.Id, Picture(600, 600, SKEncodedImageFormat.Jpeg)[..200])).Refusal);
        Assert.IsType<PhotoTooLarge>((await job.RunAsync(leader, run.Id, new byte[SmallPhoto.LargestFile + 1])).Refusal);
        Assert.IsType<PhotoTooManyPixels>((await job.RunAsync(leader, run.Id, Picture(7000, 6000, SKEncodedImageFormat.Png))).Refusal);
        for (var n = 0; n < RunPhoto.Most; n++) Assert.False((await job.RunAsync(leader, run.Id, Picture(20, 20, SKEncodedImageFormat.Png))).Refused);
        Assert.Equal(new PhotosAreFull(RunPhoto.Most), (await job.RunAsync(leader, run.Id, Picture(20, 20, SKEncodedImageFormat.Png))).Refusal);
    }

    [Fact]
    public async Task The_audit_of_a_picture_does_not_hold_the_picture()
    {
        await using var hub = await TestHub.CreateAsync();
        var (_, leader, run) = await OverAsync(hub);
        await hub.Get<AddRunPhoto>().RunAsync(leader, run.Id, Picture(200, 200, SKEncodedImageFormat.Png));
        Assert.Contains("•••", await hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == nameof(RunPhoto)).Select(l => l.Changes).SingleAsync()), StringComparison.Ordinal);
    }

    private static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(SKColors.DarkRed);
        using var image = surface.Snapshot();
        using var data = image.Encode(format, 80);
        return data.ToArray();
    }

    /// <summary>A run of yesterday, with its leader.</summary>
    private static async Task<(Team Team, Actor Leader, ServiceRun Run)> OverAsync(TestHub hub)
    {
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", await hub.VolunteerAsync("李娜", health))) { Day = hub.Today.AddDays(-1) });
        return (health, leader, run);
    }
}
