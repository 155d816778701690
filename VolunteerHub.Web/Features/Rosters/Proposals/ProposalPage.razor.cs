using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Features.Rosters.Proposals;

/// <summary>Has a roster proposed: what for, how far, before and after, and what of it is taken. The search stands in the address.</summary>
public partial class ProposalPage
{
    private static readonly int[] Spans = [7, 14, 31];

    private ProposalView? _view;
    private DateTime? _from;
    private int _days = 7;
    private string _team = "";
    private bool _fillToMax = true;
    private bool _frees;
    private bool _busy;
    private int _done;
    private Guid? _shown;
    private HashSet<int> _chosen = [];
    private IReadOnlyList<NotPutBack> _left = [];

    /// <summary>The search that is shown.</summary>
    [SupplyParameterFromQuery(Name = "search")] public Guid? Search { get; set; }

    [SupplyParameterFromQuery(Name = "from")] public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "days")] public int? Days { get; set; }

    [SupplyParameterFromQuery(Name = "team")] public string? Team { get; set; }

    /// <summary>One run alone.</summary>
    [SupplyParameterFromQuery(Name = "run")] public Guid? Run { get; set; }

    [Inject] private ProposalOverview Overview { get; set; } = null!;

    [Inject] private ProposeRoster Propose { get; set; } = null!;

    [Inject] private StopProposal Stop { get; set; } = null!;

    [Inject] private TakeProposal Take { get; set; } = null!;

    [Inject] private UndoRosterEdit Undo { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private bool Searching => _view?.Search is { GoesOn: true };

    private bool Gone => Search is not null && _view?.Search is null;

    private string Board => Run is { } run ? $"/runs/{run}/roster" : $"/roster?from={_from:yyyy-MM-dd}" + (_team.Length > 0 ? $"&team={Uri.EscapeDataString(_team)}" : "");

    protected override bool Shows(RunId run) => false;

    protected override bool Shows(News news) => news is ProposalTouched touched && touched.Id == Search;

    protected override async Task OnInitializedAsync()
    {
        _from = DateOnly.TryParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToDateTime(TimeOnly.MinValue) : null;
        _days = Spans.Contains(Days ?? 0) ? Days!.Value : Spans[0];
        await base.OnInitializedAsync();
        if (_view is not null) _team = _view.Choices.Teams.Any(t => t.Code == Team) ? Team! : "";
    }

    protected override async Task LoadAsync()
    {
        _view = Taken(await Overview.LoadAsync(Actor, Search));
        if (_view is null) return;
        _from ??= Week.MondayOf(_view.Today).ToDateTime(TimeOnly.MinValue);
        if (_view.Search is not { Result: { } result } search || _shown == search.Id) return;
        (_shown, _left) = (search.Id, []);
        _chosen = [.. Enumerable.Range(0, result.Proposal.Changes.Count)];
    }

    private async Task StartAsync(int seed)
    {
        if (_busy) return;
        _busy = true;
        var from = DateOnly.FromDateTime(_from ?? _view!.Today.ToDateTime(TimeOnly.MinValue));
        var team = _view!.Choices.All.FirstOrDefault(t => t.Code == _team)?.Id;
        var scope = new ProposalScope(from, _days, team, Run is { } run ? new RunId(run) : null, new ProposalOptions(_fillToMax, _frees));
        var started = await Propose.RunAsync(Actor, scope, seed);
        _busy = false;
        if (started.Refused)
        {
            Say(started.Refusal);
            return;
        }

        // The address names the search, so that a page that was lost finds it again.
        Search = started.Value.Id;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["search"] = Search, ["from"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["days"] = _days, ["team"] = _team.Length > 0 ? _team : null,
        }), replace: true);
        await LoadAsync();
    }

    private Task StopAsync() => DoAsync(Stop.RunAsync(Actor, Search!.Value));

    private async Task TakeAsync(IReadOnlySet<int>? chosen)
    {
        _busy = true;
        var taken = await Take.RunAsync(Actor, Search!.Value, chosen);
        _busy = false;
        if (taken.Refused) Say(taken.Refusal);
        else (_done, _left) = (taken.Value.Done, taken.Value.Left);
        await LoadAsync();
    }

    private async Task UndoAsync()
    {
        var undone = await Undo.RunAsync(Actor, _view!.Search!.Taken!.Value);
        if (undone.Refused)
        {
            Say(undone.Refusal);
            return;
        }

        _view.Search.Taken = null;
        _left = undone.Value.Left;
        Snackbar.Add(T["Propose.Undone", undone.Value.Undone], Severity.Success);
        await LoadAsync();
    }

    private IEnumerable<(string Label, string Before, string After)> Figures(RosterProposal proposal)
    {
        var (before, after) = (proposal.Before, proposal.After);
        yield return (T["Propose.Least", before.Least], Number(before.LeastFilled), Number(after.LeastFilled));
        yield return (T["Propose.All", before.Most], Number(before.Filled), Number(after.Filled));
        yield return (T["Propose.People"], Number(before.People), Number(after.People));
        yield return (T["Propose.Busiest"], Number(before.Busiest), Number(after.Busiest));
    }

    private static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);
}
