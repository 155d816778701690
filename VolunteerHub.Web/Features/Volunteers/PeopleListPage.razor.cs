using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>
/// The list of people. What it shows stands in its address. A search text that must not stand there is kept by this
/// page alone; the browser's history remembers a number of it, so that going back finds it while the page is open.
/// </summary>
public partial class PeopleListPage
{
    private const string Path = "/volunteers";

    private readonly List<string> _private = [];
    private readonly HashSet<VolunteerId> _chosen = [];

    private PeoplePage? _page;
    private PeopleCount? _total;
    private PeopleFilter? _counted;
    private PeopleChoicesView? _choices;
    private bool _all;
    private int _asked;

    [Inject] private PeopleList People { get; set; } = null!;

    [Inject] private PeopleTotal Total { get; set; } = null!;

    [Inject] private PeopleChoices Choices { get; set; } = null!;

    [Inject] private SaveFilter SaveFilter { get; set; } = null!;

    [Inject] private DeleteFilter DeleteFilter { get; set; } = null!;

    [Inject] private TagPeople TagPeople { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private PeopleFilter Filter { get; set; } = PeopleFilter.Everybody;

    /// <summary>Rows do not move under the hand of who is choosing some.</summary>
    protected override bool ShowsPeople => _chosen.Count == 0;

    private string TotalText => _total switch
    {
        null => T["People.Counting"],
        { IsMore: true } => T["People.TotalMore"],
        _ when Filter.Narrows => T["People.TotalFound", _total.Count],
        _ => T["People.Total", _total.Count],
    };

    private string AllText => _total is { IsMore: true } ? T["People.TotalMore"] : T["People.Heads", _total?.Count ?? 0];

    /// <summary>Whether there is more to choose than this page has.</summary>
    private bool OffersAll => _total is not null && (_total.IsMore || _total.Count > _chosen.Count) && _page!.Rows.All(r => _chosen.Contains(r.Id));

    private PeopleSelection Selection => new(Filter.FirstPage, _all ? null : [.. _chosen]);

    protected override bool Shows(RunId run) => false;

    protected override async Task OnInitializedAsync()
    {
        Filter = PeopleFilter.FromQuery(new Uri(Navigation.Uri).Query);
        Navigation.LocationChanged += OnLocationChanged;
        await base.OnInitializedAsync();
    }

    protected override async Task LoadAsync()
    {
        var asked = ++_asked;
        _choices ??= Taken(await Choices.LoadAsync(Actor));
        if (Refused is not null) return;
        var page = await People.LoadAsync(Actor, Filter);
        // Somebody went on meanwhile: what was asked for then is not shown over what is asked for now.
        if (asked != _asked) return;
        _page = Taken(page);
        if (_counted != Filter.FirstPage) _total = null;
        if (_page is null) return;
        StateHasChanged();
        await Task.Yield();
        var total = (await Total.LoadAsync(Actor, Filter.FirstPage)).Value;
        if (asked == _asked) (_total, _counted) = (total, Filter.FirstPage);
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnLocationChanged;
        base.Dispose(disposing);
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        var address = new Uri(e.Location);
        if (address.AbsolutePath != Path) return;
        var kept = int.TryParse(e.HistoryEntryState, out var number) && number < _private.Count ? _private[number] : null;
        var asked = PeopleFilter.FromQuery(address.Query);
        _ = InvokeAsync(() => ShowAsync(asked with { Search = kept ?? asked.Search }));
    }

    private async Task ShowAsync(PeopleFilter filter)
    {
        // Other people are shown: who was chosen among these would be changed unseen.
        if (filter with { Page = null, Sort = default, Descending = false } != Filter with { Page = null, Sort = default, Descending = false }) Unchoose();
        Filter = filter;
        await LoadAsync();
        StateHasChanged();
    }

    private void Go(PeopleFilter filter) => Go(filter, replace: false);

    private void Go(PeopleFilter filter, bool replace)
    {
        string? number = null;
        if (filter.SearchIsPrivate)
        {
            number = _private.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            _private.Add(filter.Search!);
        }

        Navigation.NavigateTo(Path + filter.ToQuery(), new NavigationOptions { HistoryEntryState = number, ReplaceHistoryEntry = replace });
    }

    /// <summary>Letter after letter is one search: going back leads before it.</summary>
    private void Search(string? text)
    {
        var search = text?.Trim() is { Length: > 0 and <= PeopleFilter.LongestText } some ? some : null;
        if (search != Filter.Search) Go(Filter.FirstPage with { Search = search }, replace: Filter.Search is not null && search is not null);
    }

    private void Choose((VolunteerId Id, bool On) choice)
    {
        _all = false;
        if (choice.On) _chosen.Add(choice.Id);
        else _chosen.Remove(choice.Id);
    }

    private void ChoosePage(bool on)
    {
        _all = false;
        foreach (var row in _page!.Rows) Choose((row.Id, on));
    }

    private void Unchoose()
    {
        _all = false;
        _chosen.Clear();
    }

    private async Task SaveAsync()
    {
        var name = await SaveFilterDialog.AskAsync(Dialogs, T["People.SaveFilter"], Filter.SearchIsPrivate);
        if (name is not null && await DoAsync(SaveFilter.RunAsync(Actor, name, Filter), T["People.FilterSaved", name])) await ReloadChoicesAsync();
    }

    private async Task DeleteAsync(SavedFilterLink saved)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["People.DeleteFilter"], T["People.DeleteFilterExplain", saved.Name], T["People.DeleteFilter"])
            && await DoAsync(DeleteFilter.RunAsync(Actor, saved.Id))) await ReloadChoicesAsync();
    }

    private async Task TagAsync(bool on)
    {
        var selection = Selection;
        if (await TagDialog.AskAsync(Dialogs, T[on ? "People.PutTag" : "People.TakeTag"], Actor, selection, on, _choices!.Tags) is not var (tag, affected)) return;
        Unchoose();
        await ReloadChoicesAsync();
        await LoadAsync();
        Snackbar.Add(T[on ? "People.TagPut" : "People.TagTaken", affected.Count, tag], Severity.Success, options =>
        {
            options.Action = T["People.Undo"];
            options.OnClick = _ => InvokeAsync(() => UndoTagAsync(new PeopleSelection(selection.Filter, affected), tag, on));
        });
    }

    private async Task UndoTagAsync(PeopleSelection whom, string tag, bool on)
    {
        var undone = await TagPeople.RunAsync(Actor, whom, tag, !on);
        if (await DoAsync(Task.FromResult(undone.WithoutValue), T["People.Undone"])) await ReloadChoicesAsync();
        StateHasChanged();
    }

    private async Task JoinAsync()
    {
        if (await JoinTeamDialog.AskAsync(Dialogs, T["People.JoinTeam"], Actor, Selection, _choices!.JoinTeams) is not var (team, count)) return;
        Unchoose();
        await LoadAsync();
        Snackbar.Add(T["People.Joined", count, team], Severity.Success);
    }

    private Task ExportAsync(IReadOnlyList<VolunteerId> ids) =>
        ExportDialog.ShowAsync(Dialogs, T["People.Export"], Filter.FirstPage, ids, ids.Count == 0 ? AllText : T["People.Heads", ids.Count]);

    private async Task ReloadChoicesAsync() => _choices = (await Choices.LoadAsync(Actor)).Value ?? _choices;
}
