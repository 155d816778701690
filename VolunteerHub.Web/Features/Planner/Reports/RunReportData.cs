using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Reports;

/// <summary>What was reported, by whom and when.</summary>
public sealed record FiledReport(RunReportFacts Facts, int? SatisfiedPercent, DateTimeOffset FiledAt, string FiledBy);

/// <summary>A run and what is reported of it.</summary>
/// <param name="Run">The head of the run.</param>
/// <param name="Row">Until when the report is due.</param>
/// <param name="Report">Null while none is filed.</param>
/// <param name="Photos">The pictures.</param>
/// <param name="Came">How many people were there, by the attendance.</param>
/// <param name="MayFile">Whether the viewer may report or correct now.</param>
/// <param name="MayAddPhotos">Whether there is room for another picture.</param>
public sealed record RunReportView(
    RunSummary Run, ReportRow Row, FiledReport? Report, IReadOnlyList<RunPhotoId> Photos, int Came, bool MayFile, bool MayAddPhotos)
{
    /// <summary>Whether it was published: a draft that nobody heard of is not reported.</summary>
    public bool IsAnnounced { get; init; }
}

/// <summary>The report of one run, for whoever may see the run.</summary>
public sealed class RunReportData(Hub hub)
{
    public async Task<Outcome<RunReportView>> LoadAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!read.Authority.MaySee(run)) return read.Denied(this, runId);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, ct);
        var (site, host) = (await read.Db.Sites.Where(s => s.Id == run.SiteId).Select(s => s.Name).SingleAsync(ct), teams[run.HostTeamId]);
        var calendar = await read.WorkCalendarAsync(ct);
        var photos = await read.Db.RunPhotos.Where(p => p.RunId == runId).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct);
        var came = await read.Db.Attendances.CountAsync(a => a.RunId == runId && a.Intervals.Any(i => i.AnnulledAt == null), ct);
        var mayPlan = read.Authority.MayPlan(run.HostTeamId);
        return new RunReportView(
            RunSummary.Of(run, teams, site, read.Now, read.Community.CheckIn),
            read.RowOf(run, new TeamChoice(host.Id, host.Name, host.Code, host.Glyph, host.Colour), calendar),
            run.Report is { } report ? await FiledAsync(read, report, ct) : null,
            photos, came,
            mayPlan && run.IsAnnounced && run.EndsAt <= read.Now,
            mayPlan && run.TakesNoPhoto(read.Now, photos.Count) is null)
        {
            IsAnnounced = run.IsAnnounced,
        };
    }

    private static async Task<FiledReport> FiledAsync(HubTransaction read, RunReport report, CancellationToken ct)
    {
        var by = await read.Db.Volunteers.Where(v => v.Id == report.FiledBy).Select(v => v.Name).FirstOrDefaultAsync(ct);
        return new(new RunReportFacts(report.People, report.Times, report.Asked, report.Satisfied, report.Summary), report.SatisfiedPercent, report.FiledAt, by ?? "");
    }
}
