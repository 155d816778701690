using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Platform;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>What can be asked of a card or the panel.</summary>
public enum RequestMove
{
    Dispatch,
    Accept,
    HandBack,
    Close,
    Refuse,
    Withdraw,
    Link,
}

/// <summary>需求: the board and the list of requests. What is shown and chosen stands in the address; arrow keys go from card to card.</summary>
public partial class RequestsPage
{
    private RequestBoardView? _board;
    private RequestListView? _list;
    private RequestDetailsView? _open;
    private string? _phone;
    private string _loaded = "";
    private ElementReference _boardElement;
    private string? _wired;
    private IJSObjectReference? _module;

    [SupplyParameterFromQuery(Name = "view")] public string? View { get; set; }

    [SupplyParameterFromQuery(Name = "stage")] public string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "team")] public string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "kind")] public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "source")] public string? Source { get; set; }

    [SupplyParameterFromQuery(Name = "overdue")] public bool Overdue { get; set; }

    [SupplyParameterFromQuery(Name = "number")] public string? Number { get; set; }

    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    /// <summary>The request that is open beside the board.</summary>
    [SupplyParameterFromQuery(Name = "id")] public Guid? Id { get; set; }

    [Inject] private RequestBoard Board { get; set; } = null!;

    [Inject] private RequestList List { get; set; } = null!;

    [Inject] private RequestDetails Details { get; set; } = null!;

    [Inject] private RequestMoves Moves { get; set; } = null!;

    [Inject] private AttachRun Attach { get; set; } = null!;

    [Inject] private RevealCaller Reveal { get; set; } = null!;

    [Inject] private RenewRequestLink Renew { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private PublicAddress Public { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    protected override bool ShowsRequests => true;

    protected override TimeSpan? Refresh => TimeSpan.FromMinutes(5);

    private bool AsList => View == "list";

    private RequestFilter Filter => new(Named<RequestStage>(Stage), Team, Named<RequestKind>(Kind), Named<RequestSource>(Source), Overdue, Number);

    protected override bool Shows(RunId run) => false;

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null && _loaded != Navigation.Uri) await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _loaded = Navigation.Uri;
        var board = await Board.LoadAsync(Actor, Filter);
        _list = AsList ? (await List.LoadAsync(Actor, Filter, After)).Value : null;
        var before = _open?.Card.Id;
        if (Id is { } id)
        {
            var details = await Details.LoadAsync(Actor, new RequestId(id));
            // What another took or gave back is not the viewer's any more.
            if (details.Refused && before?.Value != id) Say(details.Refusal);
            _open = details.Value;
        }
        else
        {
            _open = null;
        }

        if (_open?.Card.Id != before) _phone = null;
        _board = Taken(board);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_board is null || AsList || _wired == _boardElement.Id) return;
        _wired = _boardElement.Id;
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "/js/board.js");
        await _module.InvokeVoidAsync("arrows", _boardElement);
    }

    private async Task MoveAsync((RequestId Id, RequestMove Move) wanted)
    {
        if (wanted.Move == RequestMove.Link)
        {
            await ShowLinkAsync(wanted.Id);
            return;
        }

        if (await Moves.AskAsync(Actor, wanted.Id, wanted.Move) is { } done) await DoAsync(Task.FromResult(done), T[$"Requests.Done.{wanted.Move}"]);
    }

    private async Task AttachAsync(RunId run) => await DoAsync(Attach.RunAsync(Actor, _open!.Card.Id, run), T["Requests.Done.Attach"]);

    private async Task RevealAsync()
    {
        var shown = await Reveal.RunAsync(Actor, _open!.Card.Id);
        if (shown.Refused) Say(shown.Refusal);
        else _phone = shown.Value;
    }

    private async Task ShowLinkAsync(RequestId id)
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Requests.LinkTitle"], T["Requests.LinkExplain"], T["Requests.LinkMake"])) return;
        var made = await Renew.RunAsync(Actor, id);
        if (made.Refused)
        {
            Say(made.Refusal);
            return;
        }

        var url = Public.Of($"/ask/{made.Value}", Navigation.BaseUri);
        await LinkDialog.ShowAsync(Dialogs, T["Requests.LinkTitle"], T["Requests.LinkHand"], T["Requests.LinkMessage", Community.Name, _open?.Card.Number ?? "", url], url, null);
        await LoadAsync();
    }

    private void Go(RequestFilter filter, bool? list = null) => Navigation.NavigateTo(Address(filter, list));

    /// <summary>The address of a look at the requests.</summary>
    private string Address(RequestFilter filter, bool? list = null, RequestId? open = null, string? after = null)
    {
        var asList = list ?? AsList;
        var fields = filter.Fields();
        if (asList) fields = fields.Prepend(("view", "list"));
        if (after is not null) fields = fields.Append(("after", after));
        if (open is not null && after is null && After is not null && asList) fields = fields.Append(("after", After));
        if (open is { } id) fields = fields.Append(("id", id.ToString()));
        return "/requests?" + string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));
    }

    private static T? Named<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : null;

    private RenderFragment Pick(string label, string? chosen, IEnumerable<(string Value, string Name)> options, Func<string?, RequestFilter> then, string any) => builder =>
    {
        builder.OpenComponent<RequestPick>(0);
        builder.AddComponentParameter(1, nameof(RequestPick.Label), label);
        builder.AddComponentParameter(2, nameof(RequestPick.Chosen), chosen);
        builder.AddComponentParameter(3, nameof(RequestPick.Options), options.ToList());
        builder.AddComponentParameter(4, nameof(RequestPick.Any), any);
        builder.AddComponentParameter(5, nameof(RequestPick.OnPick), EventCallback.Factory.Create<string?>(this, value => Go(then(value))));
        builder.CloseComponent();
    };

    public async ValueTask DisposeAsync()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }
}
