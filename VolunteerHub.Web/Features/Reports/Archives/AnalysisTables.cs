using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Reports.Archives;

/// <summary>The tables that are taken along for analysis, each a file.</summary>
public enum AnalysisTable
{
    Teams,
    People,
    Memberships,
    Runs,
    Posts,
    Assignments,
    Attendances,
    Hours,
    Requests,
    Trainings,
    Awards,
    Evaluations,
}

/// <summary>Their columns; the same word stands for the same thing in each.</summary>
public enum AnalysisColumn
{
    Id,
    TeamId,
    RunId,
    PostId,
    PersonId,
    Name,
    Number,
    Code,
    Line,
    Kind,
    Status,
    Role,
    Since,
    Until,
    JoinedOn,
    LeftOn,
    Sex,
    Political,
    Unit,
    Title,
    Helps,
    Site,
    Start,
    End,
    Served,
    ServedTimes,
    Satisfied,
    Asked,
    Min,
    Max,
    IsLead,
    Qualification,
    Origin,
    Absence,
    In,
    InEvidence,
    Out,
    Intervals,
    Seconds,
    Corrects,
    ConfirmedAt,
    FinalAt,
    Source,
    OpenedOn,
    ClosedOn,
    Stars,
    Day,
    TrainingHours,
    By,
    Grade,
    EvaluatedAt,
}

/// <summary>What stands in each table. Never a phone number, a document number, an address, or what somebody said in own words.</summary>
internal sealed class AnalysisRows(HubTransaction read)
{
    public static readonly IReadOnlyDictionary<AnalysisTable, AnalysisColumn[]> Columns = new Dictionary<AnalysisTable, AnalysisColumn[]>
    {
        [AnalysisTable.Teams] = [AnalysisColumn.Id, AnalysisColumn.Code, AnalysisColumn.Name, AnalysisColumn.Line],
        [AnalysisTable.People] =
            [AnalysisColumn.Id, AnalysisColumn.Number, AnalysisColumn.Name, AnalysisColumn.Kind, AnalysisColumn.Status, AnalysisColumn.JoinedOn, AnalysisColumn.LeftOn, AnalysisColumn.Sex, AnalysisColumn.Political, AnalysisColumn.Unit],
        [AnalysisTable.Memberships] = [AnalysisColumn.Id, AnalysisColumn.PersonId, AnalysisColumn.TeamId, AnalysisColumn.Role, AnalysisColumn.Since, AnalysisColumn.Until],
        [AnalysisTable.Runs] =
        [
            AnalysisColumn.Id, AnalysisColumn.Title, AnalysisColumn.TeamId, AnalysisColumn.Line, AnalysisColumn.Helps, AnalysisColumn.Site, AnalysisColumn.Status, AnalysisColumn.Start, AnalysisColumn.End,
            AnalysisColumn.Served, AnalysisColumn.ServedTimes, AnalysisColumn.Asked, AnalysisColumn.Satisfied,
        ],
        [AnalysisTable.Posts] = [AnalysisColumn.Id, AnalysisColumn.RunId, AnalysisColumn.Name, AnalysisColumn.Start, AnalysisColumn.End, AnalysisColumn.Min, AnalysisColumn.Max, AnalysisColumn.IsLead, AnalysisColumn.Qualification, AnalysisColumn.TeamId],
        [AnalysisTable.Assignments] = [AnalysisColumn.Id, AnalysisColumn.RunId, AnalysisColumn.PostId, AnalysisColumn.PersonId, AnalysisColumn.Origin, AnalysisColumn.Status, AnalysisColumn.Start, AnalysisColumn.End],
        [AnalysisTable.Attendances] = [AnalysisColumn.Id, AnalysisColumn.RunId, AnalysisColumn.PersonId, AnalysisColumn.Absence, AnalysisColumn.In, AnalysisColumn.InEvidence, AnalysisColumn.Out, AnalysisColumn.Intervals],
        [AnalysisTable.Hours] = [AnalysisColumn.Id, AnalysisColumn.RunId, AnalysisColumn.PersonId, AnalysisColumn.Seconds, AnalysisColumn.Status, AnalysisColumn.Corrects, AnalysisColumn.ConfirmedAt, AnalysisColumn.FinalAt],
        [AnalysisTable.Requests] = [AnalysisColumn.Id, AnalysisColumn.Number, AnalysisColumn.Kind, AnalysisColumn.Source, AnalysisColumn.Status, AnalysisColumn.TeamId, AnalysisColumn.RunId, AnalysisColumn.OpenedOn, AnalysisColumn.ClosedOn, AnalysisColumn.Stars],
        [AnalysisTable.Trainings] = [AnalysisColumn.PersonId, AnalysisColumn.Title, AnalysisColumn.Day, AnalysisColumn.TrainingHours, AnalysisColumn.By],
        [AnalysisTable.Awards] = [AnalysisColumn.PersonId, AnalysisColumn.Title, AnalysisColumn.Day, AnalysisColumn.By],
        [AnalysisTable.Evaluations] = [AnalysisColumn.Id, AnalysisColumn.RunId, AnalysisColumn.PersonId, AnalysisColumn.Grade, AnalysisColumn.EvaluatedAt],
    };

    /// <summary>The rows of a table, as they come from the database: none of it stays in memory.</summary>
    public IAsyncEnumerable<object?[]> Of(AnalysisTable table) => table switch
    {
        AnalysisTable.Teams => Rows(read.Db.Teams.OrderBy(t => t.Order).Select(t => new { t.Id, t.Code, t.Name, t.Line }), t => [t.Id, t.Code, t.Name, t.Line]),
        AnalysisTable.People => Rows(
            read.Db.Volunteers.OrderBy(v => v.Number).Select(v => new { v.Id, v.Number, v.Name, v.Kind, v.Status, v.JoinedOn, v.LeftOn, v.Sex, v.Political, v.Unit }),
            v => [v.Id, v.Number, v.Name, v.Kind, v.Status, v.JoinedOn == default ? null : v.JoinedOn, v.LeftOn, v.Sex, v.Political, v.Unit]),
        AnalysisTable.Memberships => Rows(read.Db.Memberships.OrderBy(m => m.Id).Select(m => new { m.Id, m.VolunteerId, m.TeamId, m.Role, m.Since, m.Until }), m => [m.Id, m.VolunteerId, m.TeamId, m.Role, m.Since, m.Until]),
        AnalysisTable.Runs => Rows(
            from r in read.Db.Runs
            join s in read.Db.Sites on r.SiteId equals s.Id
            orderby r.StartsAt, r.Id
            select new { r.Id, r.Title, r.HostTeamId, r.Line, r.Helps, Site = s.Name, r.Status, r.StartsAt, r.EndsAt, People = (int?)r.Report!.People, Times = (int?)r.Report!.Times, Asked = (int?)r.Report!.Asked, Satisfied = (int?)r.Report!.Satisfied },
            r => [r.Id, r.Title, r.HostTeamId, r.Line, r.Helps, r.Site, r.Status, r.StartsAt, r.EndsAt, r.People, r.Times, r.Asked, r.Satisfied]),
        AnalysisTable.Posts => Rows(
            read.Db.Runs.SelectMany(r => r.Shifts, (r, s) => new { r.Id, Shift = s }).SelectMany(x => x.Shift.Posts, (x, p) => new { p.Id, Run = x.Id, p.Name, x.Shift.Start, x.Shift.End, p.Min, p.Max, p.IsLead, p.Qualification, p.CoTeamId }),
            p => [p.Id, p.Run, p.Name, p.Start, p.End, p.Min, p.Max, p.IsLead, p.Qualification, p.CoTeamId]),
        AnalysisTable.Assignments => Rows(
            read.Db.Assignments.OrderBy(a => a.Id).Select(a => new { a.Id, a.RunId, a.PostId, a.VolunteerId, a.Origin, a.Status, a.Start, a.End }), a => [a.Id, a.RunId, a.PostId, a.VolunteerId, a.Origin, a.Status, a.Start, a.End]),
        AnalysisTable.Attendances => Rows(
            read.Db.Attendances.OrderBy(a => a.Id).Select(a => new
            {
                a.Id, a.RunId, a.VolunteerId, a.Absence,
                In = a.Intervals.Where(i => i.AnnulledAt == null).Min(i => (DateTimeOffset?)i.In.OccurredAt),
                Evidence = a.Intervals.Where(i => i.AnnulledAt == null).OrderBy(i => i.In.OccurredAt).Select(i => (EvidenceKind?)i.In.Evidence).FirstOrDefault(),
                Out = a.Intervals.Where(i => i.AnnulledAt == null).Max(i => (DateTimeOffset?)i.Out!.OccurredAt),
                Intervals = a.Intervals.Count(i => i.AnnulledAt == null),
            }), a => [a.Id, a.RunId, a.VolunteerId, a.Absence, a.In, a.Evidence, a.Out, a.Intervals]),
        AnalysisTable.Hours => Rows(
            read.Db.HourEntries.OrderBy(h => h.Id).Select(h => new { h.Id, h.RunId, h.VolunteerId, h.CreditedSeconds, h.Status, h.Corrects, h.ConfirmedAt, h.FinalAt }), h => [h.Id, h.RunId, h.VolunteerId, h.CreditedSeconds, h.Status, h.Corrects, h.ConfirmedAt, h.FinalAt]),
        AnalysisTable.Requests => Rows(
            read.Db.Requests.OrderBy(q => q.Number).Select(q => new { q.Id, q.Number, q.Kind, q.Source, q.Status, q.TeamId, q.RunId, q.OpenedOn, q.ClosedOn, q.Stars }), q => [q.Id, q.Number, q.Kind, q.Source, q.Status, q.TeamId, q.RunId, q.OpenedOn, q.ClosedOn, q.Stars]),
        AnalysisTable.Trainings => Rows(read.Db.Volunteers.SelectMany(v => v.Trainings, (v, t) => new { v.Id, t.Title, t.On, t.Hours, t.Organiser }), t => [t.Id, t.Title, t.On, t.Hours, t.Organiser]),
        AnalysisTable.Awards => Rows(read.Db.Volunteers.SelectMany(v => v.Awards, (v, a) => new { v.Id, a.Title, a.On, a.Issuer }), a => [a.Id, a.Title, a.On, a.Issuer]),
        _ => Rows(read.Db.Evaluations.OrderBy(e => e.Id).Select(e => new { e.Id, e.RunId, e.VolunteerId, e.Grade, e.EvaluatedAt }), e => [e.Id, e.RunId, e.VolunteerId, e.Grade, e.EvaluatedAt]),
    };

    /// <summary>A value as it stands in a cell: instants in the community's zone, choices by their names.</summary>
    public string? Cell(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "1" : "0",
        DateTimeOffset at => TimeZoneInfo.ConvertTime(at, read.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => ReportScope.Text(day),
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static async IAsyncEnumerable<object?[]> Rows<T>(IQueryable<T> query, Func<T, object?[]> cells)
    {
        await foreach (var row in query.AsAsyncEnumerable()) yield return cells(row);
    }
}
