using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>排班: the rosters of a week or a month side by side. What it shows stands in its address.</summary>
public partial class RosterBoardPage
{
    private const string MonthSpan = "month";
    private RosterBoardsView? _view;
    private IReadOnlyList<RosterBoardView> _rows = [];
    private string _loaded = "";

    [SupplyParameterFromQuery(Name = "from")] public string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "span")] public string? SpanText { get; set; }

    [SupplyParameterFromQuery(Name = "team")] public string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "gaps")] public bool Gaps { get; set; }

    [Inject] private RosterBoards Rosters { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private bool IsMonth => SpanText == MonthSpan;

    private DateOnly Day => DateOnly.TryParseExact(FromText, "yyyy-MM-dd", out var day) && day.Year is > 2000 and < 2100 ? day : Time.Today;

    private RosterSpan Span => RosterSpan.Of(Day, IsMonth, Team);

    private DateOnly Earlier => IsMonth ? Span.From.AddMonths(-1) : Span.From.AddDays(-Span.Days);

    private DateOnly Later => Span.To.AddDays(1);

    /// <summary>Code of the team that is shown; null for all, and where the address names one that the viewer does not look after.</summary>
    private string? Chosen => _view?.Teams.FirstOrDefault(t => t.Code == Team)?.Code;

    private string ProposeLink => $"/roster/propose?from={Span.From:yyyy-MM-dd}&days={(IsMonth ? 31 : 7)}" + (Chosen is { } code ? "&team=" + Uri.EscapeDataString(code) : "");

    /// <summary>Runs that last week's people can be put on.</summary>
    private IReadOnlyList<RunId> Fillable => [.. _rows.Where(b => b.MayPublish && !b.IsClosed && !b.UnderWay && b.Run.Heads < b.Run.Max).Select(b => b.Run.Id)];

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null && _loaded != Navigation.Uri) await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _loaded = Navigation.Uri;
        _view = Taken(await Rosters.LoadAsync(Actor, Span));
        Draw([]);
    }

    protected override async Task LookAgainAsync(IReadOnlyCollection<RunId> runs)
    {
        if (_view is null)
        {
            await LoadAsync();
            return;
        }

        var shown = _rows.Select(b => b.Run.Id).ToHashSet();
        _view = Taken(await Rosters.LoadAsync(Actor, Span, runs)) is { } now ? _view.With(runs, now) : null;
        Draw(shown);
    }

    /// <summary>Of runs without a gap, only those stay that were shown before: nothing goes from under the hands of who just filled it.</summary>
    private void Draw(HashSet<RunId> stay)
    {
        _rows = _view is null ? [] : Gaps ? [.. _view.Boards.Where(b => b.Gaps > 0 || stay.Contains(b.Run.Id))] : _view.Boards;
        Shown(_rows);
    }

    private async Task CopyLastWeekAsync()
    {
        var runs = Fillable;
        if (await ConfirmDialog.AskAsync(Dialogs, T["Board.CopyWeek"], T["Board.CopyWeekExplain", runs.Count], T["Board.CopyWeekButton"]))
            await Desk!.CopyAsync(runs, CopySource.WeekBefore);
    }

    private static string DateText(DateOnly day, string format) => day.ToString(format, CultureInfo.CurrentCulture);

    private string TeamsText() => Chosen is { } code ? _view!.Teams.First(t => t.Code == code).Name
        : _view!.Teams.Count > ShownTeams ? T["Board.Teams", _view.Teams.Count]
        : string.Join(T["List.Separator"], _view.Teams.Select(t => t.Name));

    private const int ShownTeams = 3;

    private static string Link(DateOnly? from, bool month, string? team, bool gaps)
    {
        var parts = new[]
        {
            from is { } day ? "from=" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            month ? "span=" + MonthSpan : null,
            team is null ? null : "team=" + Uri.EscapeDataString(team),
            gaps ? "gaps=true" : null,
        }.OfType<string>().ToList();
        return parts.Count == 0 ? "/roster" : "/roster?" + string.Join('&', parts);
    }
}
