using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>The roster of one run: its facts, what else is done with it, and the board.</summary>
public partial class RosterPage
{
    private RosterBoardView? _view;
    private IReadOnlyList<RosterBoardView> _boards = [];
    private bool _drawn;

    [Parameter] public Guid Id { get; set; }

    /// <summary>The post whose candidates are open from the start.</summary>
    [SupplyParameterFromQuery(Name = "post")] public string? Post { get; set; }

    /// <summary>Whether the ready messages are open from the start.</summary>
    [SupplyParameterFromQuery(Name = "invite")] public string? Invite { get; set; }

    [Inject] private RosterBoard Board { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool Shows(RunId run) => run.Value == Id;

    protected override async Task LoadAsync()
    {
        _view = Taken(await Board.LoadAsync(Actor, new RunId(Id)));
        _boards = _view is null ? [] : [_view];
        Shown(_boards);
    }

    protected override Task LookAgainAsync(IReadOnlyCollection<RunId> runs) => LoadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_drawn || Desk is null) return;
        _drawn = true;
        if (Guid.TryParse(Post, out var post))
        {
            Desk.Open(new PostId(post));
            StateHasChanged();
        }

        if (Invite is not null && _view?.MayStaff == true) await Desk.InviteAsync(new RunId(Id), null);
    }

    private async Task RescheduleAsync()
    {
        if (!await Planner.RescheduleDialog.AskAsync(Dialogs, Actor, new RunId(Id), _view!.Run.Slot.Start, T["Reschedule.Title"])) return;
        Snackbar.Add(T["Reschedule.Done"], Severity.Success);
        await LoadAsync();
    }
}
