using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Reports;

/// <summary>What a record is.</summary>
public enum RecordKind
{
    Run,
    Person,
    Request,
    Week,
    Month,
}

/// <summary>A record under a figure.</summary>
/// <param name="Name">Title, name, number or theme; empty where the day says all.</param>
/// <param name="Day">When; null of people.</param>
/// <param name="Link">Where the record itself is; null where it has no page.</param>
/// <param name="Value">What it adds to the figure; of shares, what it adds to the part.</param>
/// <param name="Whole">Of shares, what it adds to the whole.</param>
public sealed record RecordRow(RecordKind Kind, string Name, string? Number, DateOnly? Day, string? Link, decimal Value, decimal? Whole = null);

/// <summary>The records under a figure. Their values add up to it; of a share, part and whole do.</summary>
/// <param name="Total">The figure as the sheet shows it.</param>
public sealed record SheetRecordsView(ReportScope Scope, SheetFigure Figure, string? Team, decimal? Total, IReadOnlyList<RecordRow> Rows)
{
    public decimal Sum => Rows.Sum(r => r.Value);

    /// <summary>Of a share, the sum of the wholes; null for a figure that is a sum.</summary>
    public decimal? Whole => Rows.Any(r => r.Whole is not null) ? Rows.Sum(r => r.Whole ?? 0) : null;
}

/// <summary>Opens a figure: what it is made of.</summary>
public sealed class SheetRecords(Hub hub)
{
    public async Task<Outcome<SheetRecordsView>> LoadAsync(Actor actor, ReportScope scope, SheetFigure figure, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var teams = await read.ReportTeamsAsync(scope, ct);
        if (teams is { Count: 0 }) return read.Denied(this);
        var (facts, before) = await ReportFacts.LoadWithYearBeforeAsync(read, scope, teams, ct);
        var code = scope.Team;
        var team = code is null ? null : await read.Db.Teams.Where(t => t.Code == code).Select(t => t.Name).FirstOrDefaultAsync(ct);
        return new SheetRecordsView(scope, figure, team, YearFigures.Of(facts, before, figure), await RowsAsync(read, facts, before, figure, ct));
    }

    private static async Task<IReadOnlyList<RecordRow>> RowsAsync(HubTransaction read, ReportFacts facts, ReportFacts before, SheetFigure figure, CancellationToken ct) => figure switch
    {
        SheetFigure.Runs => Runs(facts, _ => 1),
        SheetFigure.PersonTimes => Some(Runs(facts, r => r.Times, "/hours/runs/")),
        SheetFigure.Hours => Some(Runs(facts, r => YearFigures.HoursOf(r.FinalSeconds), "/hours/runs/")),
        SheetFigure.OpenHours => Some(Runs(facts, r => YearFigures.HoursOf(r.OpenSeconds), "/hours/runs/")),
        SheetFigure.ServedTimes => Runs(facts, r => r.ServedTimes ?? 0),
        SheetFigure.ServedPeople => Runs(facts, r => r.Served ?? 0),
        SheetFigure.Coverage => [.. Runs(facts, r => r.Filled).Zip(facts.Runs.Select(r => r.Needed), (row, needed) => row with { Whole = needed })],
        SheetFigure.Requests => Requests(facts.Closed, _ => 1),
        SheetFigure.Satisfaction => [.. Requests([.. facts.Closed.Where(r => r.Stars is not null)], r => r.Stars >= YearFigures.Content ? 1 : 0).Select(r => r with { Whole = 1 })],
        SheetFigure.Mediations => Requests(facts.Mediations, _ => 1),
        SheetFigure.Weeks => [.. facts.Weeks().Select(w => new RecordRow(RecordKind.Week, "", null, w.Monday, $"/runs?from={ReportScope.Text(w.Monday)}", w.Runs > 0 ? 1 : 0))],
        SheetFigure.Themes => [.. facts.ThemesHeld().Select(t => new RecordRow(RecordKind.Month, t.Text, null, t.Month, null, 1))],
        SheetFigure.People => await PeopleAsync(read, facts.People.Select(p => (p.Id, 1m, (decimal?)null)), ct),
        SheetFigure.NewVolunteers => facts.Scope.IsOfSomeRuns ? [] : await PeopleAsync(read, YearFigures.Newcomers(facts).Select(id => (id, 1m, (decimal?)null)), ct),
        SheetFigure.Retention => await RetentionAsync(read, facts, before, ct),
        SheetFigure.Fairness => await FairnessAsync(read, facts, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(figure)),
    };

    private static List<RecordRow> Runs(ReportFacts facts, Func<RunFact, decimal> value, string page = "/runs/") =>
        [.. facts.Runs.Select(r => new RecordRow(RecordKind.Run, r.Title, null, facts.DayOf(r), page + r.Id, value(r)))];

    /// <summary>Without those that add nothing.</summary>
    private static List<RecordRow> Some(List<RecordRow> rows) => rows.FindAll(r => r.Value != 0);

    private static List<RecordRow> Requests(IReadOnlyList<RequestFact> requests, Func<RequestFact, decimal> value) =>
        [.. requests.Select(r => new RecordRow(RecordKind.Request, r.Kind.ToString(), r.Number, r.ClosedOn, $"/requests?id={r.Id}", value(r)))];

    private static Task<List<RecordRow>> RetentionAsync(HubTransaction read, ReportFacts facts, ReportFacts before, CancellationToken ct)
    {
        var returned = YearFigures.Returned(facts, before).Select(p => p.Id).ToHashSet();
        return PeopleAsync(read, before.People.Select(p => (p.Id, returned.Contains(p.Id) ? 1m : 0m, (decimal?)1)), ct);
    }

    /// <summary>The busiest tenth first: what they carried, and what everybody did.</summary>
    private static async Task<IReadOnlyList<RecordRow>> FairnessAsync(HubTransaction read, ReportFacts facts, CancellationToken ct)
    {
        var busiest = (facts.People.Count + 9) / 10;
        var sorted = facts.People.OrderByDescending(p => p.AllSeconds).Select((p, place) => (p.Id, place < busiest ? YearFigures.HoursOf(p.AllSeconds) : 0m, (decimal?)YearFigures.HoursOf(p.AllSeconds)));
        return [.. (await PeopleAsync(read, sorted, ct)).OrderByDescending(r => r.Whole)];
    }

    private static async Task<List<RecordRow>> PeopleAsync(HubTransaction read, IEnumerable<(VolunteerId Id, decimal Value, decimal? Whole)> people, CancellationToken ct)
    {
        var values = people.ToDictionary(p => p.Id, p => (p.Value, p.Whole));
        var names = new List<RecordRow>(values.Count);
        foreach (var some in values.Keys.Chunk(500))
        {
            var known = await read.Db.Volunteers.Where(v => some.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Number }).ToListAsync(ct);
            names.AddRange(known.Select(v => new RecordRow(RecordKind.Person, v.Name, v.Number.ToString(), null, $"/volunteers/{v.Id}", values[v.Id].Value, values[v.Id].Whole)));
        }

        return [.. names.OrderBy(r => r.Number, StringComparer.Ordinal)];
    }
}
