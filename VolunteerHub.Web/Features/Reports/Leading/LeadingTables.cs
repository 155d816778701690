using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Reports.Leading;

/// <summary>The lists for leaders.</summary>
public enum LeadingTab
{
    Coverage,
    Reliability,
    Load,
    Experience,
}

/// <summary>A cell: what it says, and where it leads.</summary>
public sealed record ReportCell(string Text, string? Link = null)
{
    /// <summary>As the screen says it, where that is otherwise than in a file.</summary>
    public string? Shown { get; init; }

    /// <summary>Whether something is still to be done about it.</summary>
    public bool IsMarked { get; init; }

    public static implicit operator ReportCell(string? text) => new(text ?? "");

    public static implicit operator ReportCell(LocalizedString text) => new(text.Value);

    public static implicit operator ReportCell(int number) => new(number.ToString(CultureInfo.InvariantCulture));
}

/// <param name="IsNumber">Whether it stands at the right.</param>
public sealed record ReportColumn(string Title, bool IsNumber = false);

/// <summary>A list as the screen and the file show it.</summary>
/// <param name="Key">For the page.</param>
/// <param name="Note">What should be known of it.</param>
/// <param name="Sum">The last row, where rows add up.</param>
/// <param name="Empty">What is said where there are none.</param>
public sealed record ReportTable(string Key, string Title, string? Note, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows, IReadOnlyList<ReportCell>? Sum, string Empty);

/// <summary>The lists in words: the same on the screen and in the file.</summary>
internal sealed class LeadingTables(IStringLocalizer<Texts> texts, CommunityTime time)
{
    /// <summary>Reads a list, for whoever may see it, and says it in words.</summary>
    public static async Task<Outcome<ReportTable[]>> ReadAsync(IServiceProvider services, Actor actor, LeadingTab tab, ReportScope scope, int quietDays, CancellationToken ct)
    {
        var words = new LeadingTables(services.GetRequiredService<IStringLocalizer<Texts>>(), services.GetRequiredService<CommunityTime>());
        return tab switch
        {
            LeadingTab.Reliability => Said(await services.GetRequiredService<Reliability>().LoadAsync(actor, scope, quietDays, ct), words.Of),
            LeadingTab.Load => Said(await services.GetRequiredService<WorkLoad>().LoadAsync(actor, scope, ct), words.Of),
            LeadingTab.Experience => Said(await services.GetRequiredService<Experience>().LoadAsync(actor, scope, ct), words.Of),
            _ => Said(await services.GetRequiredService<Coverage>().LoadAsync(actor, scope, ct), words.Of),
        };

        static Outcome<ReportTable[]> Said<T>(Outcome<T> view, Func<T, ReportTable[]> words) where T : class =>
            view.Refused ? view.Refusal : words(view.Value);
    }

    public ReportTable[] Of(CoverageView view)
    {
        ReportColumn[] heads = [Number(texts["Leading.Runs"]), Number(texts["Leading.Missing"]), Number(texts["Leading.Needed"]), Number(texts["Leading.Filled"]), Number(texts["Leading.Share"]), Number(texts["Leading.Came"])];
        return
        [
            new("runs", texts["Leading.Coverage.Runs"], texts["Leading.Coverage.Note"],
                [Text(texts["Year.Day"]), Text(texts["Leading.Run"]), .. heads[1..], Text(texts["Year.Team"]), Text(texts["Year.Line"])],
                [.. view.Runs.Select(r => (IReadOnlyList<ReportCell>)[Day(time.DayOf(r.Start)) with { Shown = time.Day(r.Start) }, new(r.Title, $"/runs/{r.Id}/roster"), .. Cells(r.Heads, !r.IsOver)[1..^1], r.IsOver ? r.Heads.Came : texts["Year.Nothing"], r.Team, Line(r.Line)])],
                [texts["Year.Sum"], "", .. Cells(view.Total)[1..], "", ""], texts["Leading.NoRuns"]),
            new("teams", texts["Year.ByTeam"], null, [Text(texts["Year.Team"]), .. heads], [.. view.Teams.Select(t => (IReadOnlyList<ReportCell>)[t.Team, .. Cells(t.Heads)])], [texts["Year.Sum"], .. Cells(view.Total)], texts["Leading.NoRuns"]),
            new("lines", texts["Year.ByLine"], null, [Text(texts["Year.Line"]), .. heads], [.. view.Lines.Select(l => (IReadOnlyList<ReportCell>)[Line(l.Line), .. Cells(l.Heads)])], [texts["Year.Sum"], .. Cells(view.Total)], texts["Leading.NoRuns"]),
        ];
    }

    public ReportTable[] Of(ReliabilityView view) =>
    [
        new("absences", texts["Leading.Absences"], texts[view.Unrecorded > 0 ? "Leading.Absences.Unrecorded" : "Leading.Absences.Note", view.Unrecorded],
            [Text(texts["Leading.Name"]), Text(texts["Leading.Number"]), Number(texts["Leading.Promised"]), Number(texts["Leading.Came"]), Number(texts["Leading.Excused"]), Number(texts["Leading.Absent"]), Number(texts["Leading.AbsentShare"])],
            [.. view.Absences.Select(r => (IReadOnlyList<ReportCell>)[Person(r.Id, r.Name), r.Number, r.Promised, r.Came, r.Excused, r.Absent, Percent(r.Absent, r.Promised)])],
            [texts["Leading.Everybody"], "", view.Promised, view.Came, view.Excused, view.Absent, Percent(view.Absent, view.Promised)], texts["Leading.NoAbsences"]),
        new("quiet", texts["Leading.Quiet"], texts["Leading.Quiet.Note", view.QuietDays, Reliability.HabitDays],
            [Text(texts["Leading.Name"]), Text(texts["Leading.Number"]), Text(texts["Year.Team"]), Text(texts["Leading.LastServed"]), Number(texts["Leading.DaysAgo"]), Number(texts["Leading.Lately"]), Number(texts["Leading.Before"])],
            [.. view.Quiet.Select(q => (IReadOnlyList<ReportCell>)[Person(q.Id, q.Name), q.Number, q.Team, Day(q.Last), q.Days, q.Lately, q.Before])], null, texts["Leading.NoQuiet"]),
    ];

    public ReportTable[] Of(LoadView view) =>
    [
        new("load", texts["Leading.Load"], view.BusiestShare is { } share ? texts["Leading.Load.Busiest", view.Busiest, share, view.WeekHours] : texts["Leading.Load.Note", view.WeekHours],
            [Text(texts["Leading.Name"]), Text(texts["Leading.Number"]), Text(texts["Year.Team"]), Number(texts["Leading.Runs"]), Number(texts["Leading.Hours"]), Number(texts["Leading.Median"]), Number(texts["Leading.FullWeeks"])],
            [.. view.People.Select(r => (IReadOnlyList<ReportCell>)[Person(r.Id, r.Name), r.Number, r.Team, r.Runs, Hours(r.Seconds), Hours(r.TeamMedian), r.FullWeeks])],
            [texts["Year.Sum"], "", "", view.People.Sum(p => p.Runs), Hours(view.Seconds), "", view.People.Sum(p => p.FullWeeks)], texts["Leading.NoMembers"]),
        new("teams", texts["Year.ByTeam"], texts["Leading.TwoTeams"], [Text(texts["Year.Team"]), Number(texts["Leading.Members"]), Number(texts["Leading.Hours"]), Number(texts["Leading.Median"])],
            [.. view.Teams.Select(t => (IReadOnlyList<ReportCell>)[t.Team, t.Members, Hours(t.Seconds), Hours(t.Median)])], null, texts["Leading.NoMembers"]),
        new("asked", texts["Leading.NeverAsked"], texts["Leading.NeverAsked.Note"], [Text(texts["Leading.Name"]), Text(texts["Leading.Number"]), Text(texts["Year.Team"]), Text(texts["Leading.Since"])],
            [.. view.NeverAsked.Select(p => (IReadOnlyList<ReportCell>)[Person(p.Id, p.Name), p.Number, p.Team, Day(p.Since)])], null, texts["Leading.AllAsked"]),
    ];

    public ReportTable[] Of(ExperienceView view)
    {
        ReportColumn[] steps = [Number(texts["Leading.Times.None"]), Number(texts["Leading.Times.Few"]), Number(texts["Leading.Times.Some"]), Number(texts["Leading.Times.Many"]), Number(texts["Leading.Members"])];
        ReportColumn[] person = [Text(texts["Leading.Name"]), Text(texts["Leading.Number"]), Text(texts["Year.Team"]), Text(texts["Leading.Since"]), Number(texts["Leading.Runs"]), Number(texts["Leading.Led"]), Text(texts["Leading.Qualifications"])];
        return
        [
            new("teams", texts["Leading.ByTeam"], texts["Leading.ByTeam.Note"], [Text(texts["Year.Team"]), .. steps], [.. view.Teams.Select(t => (IReadOnlyList<ReportCell>)[t.Team, .. Cells(t.Of)])], [texts["Leading.Anywhere"], .. Cells(view.Whole)], texts["Leading.NoMembers"]),
            new("lines", texts["Leading.ByLine"], null, [Text(texts["Year.Line"]), .. steps], [.. view.Lines.Select(l => (IReadOnlyList<ReportCell>)[Line(l.Line), .. Cells(l.Of)])], null, texts["Leading.NoMembers"]),
            new("next", texts["Leading.Next"], texts["Leading.Next.Note"], person, [.. view.Next.Select(Cells)], null, texts["Leading.NoNext"]),
            new("new", texts["Leading.New"], texts["Leading.New.Note"], person, [.. view.New.Select(Cells)], null, texts["Leading.NoNew"]),
            new("narrow", texts["Leading.Narrow"], texts["Leading.Narrow.Note"], [Text(texts["Year.Team"]), Text(texts["Leading.Post"]), Number(texts["Leading.Runs"]), Text(texts["Leading.Who"])],
                [.. view.Narrow.Select(n => (IReadOnlyList<ReportCell>)[n.Team, n.Post, n.Times, n.People.Count == 1 ? Person(n.People[0].Id, n.People[0].Name) : string.Join(texts["List.Separator"], n.People.Select(p => p.Name))])], null, texts["Leading.NoNarrow"]),
        ];
    }

    /// <param name="heads">The figures.</param>
    /// <param name="open">Whether what is missing can still be filled.</param>
    private ReportCell[] Cells(Heads heads, bool open = false) =>
        [heads.Runs, (ReportCell)heads.Missing with { IsMarked = open && heads.Missing > 0 }, heads.Needed, heads.Filled, Percent(heads.Filled, heads.Needed), heads.Came];

    private static ReportCell[] Cells(Ladder of) => [of.None, of.Few, of.Some, of.Many, of.People];

    private IReadOnlyList<ReportCell> Cells(PipelineRow row) =>
        [Person(row.Id, row.Name), row.Number, row.Team, Day(row.Since), row.Runs, row.Led, string.Join(texts["List.Separator"], row.Qualifications)];

    private static ReportCell Person(VolunteerId id, string name) => new(name, $"/volunteers/{id}");

    private ReportCell Line(Domain.Runs.ServiceLine? line) => line is { } one ? texts[$"ServiceLine.{one}"] : texts["Year.NoLine"];

    private ReportCell Percent(int part, int whole) => whole == 0 ? texts["Year.Nothing"].Value : ((int)Math.Round(100m * part / whole)).ToString(CultureInfo.InvariantCulture) + "%";

    private static string Hours(long seconds) => CommunityTime.Hours(TimeSpan.FromSeconds(seconds));

    private ReportCell Day(DateOnly day) => new(ReportScope.Text(day)) { Shown = time.FullDay(day) };

    private static ReportColumn Text(string title) => new(title);

    private static ReportColumn Number(string title) => new(title, true);
}
