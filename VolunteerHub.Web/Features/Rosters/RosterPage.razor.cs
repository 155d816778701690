using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>The roster board of a run: seats as chips, candidates with reasons, the draft and who is told of it.</summary>
public partial class RosterPage
{
    private RosterBoardView? _view;
    private PostId? _open;
    private AssignmentId? _seat;
    private IReadOnlyList<NotCopied> _left = [];
    private int _loads;

    [Parameter] public Guid Id { get; set; }

    /// <summary>The post whose candidates are open from the start.</summary>
    [SupplyParameterFromQuery(Name = "post")] public string? Post { get; set; }

    /// <summary>Whether the ready messages are open from the start.</summary>
    [SupplyParameterFromQuery(Name = "invite")] public string? Invite { get; set; }

    [Inject] private RosterBoard Board { get; set; } = null!;

    [Inject] private AssignVolunteer Assign { get; set; } = null!;

    [Inject] private RemoveFromRoster Remove { get; set; } = null!;

    [Inject] private PublishRoster Publish { get; set; } = null!;

    [Inject] private CopyLastRoster CopyLast { get; set; } = null!;

    [Inject] private AnswerForVolunteer Answer { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool Shows(RunId run) => run.Value == Id;

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (Guid.TryParse(Post, out var post) && _view?.Shifts.SelectMany(s => s.Posts).Any(p => p.Id.Value == post && p.MayStaff) == true) _open = new PostId(post);
        if (Invite is not null && _view?.MayStaff == true) await InviteAsync(null);
    }

    protected override async Task LoadAsync()
    {
        _view = Taken(await Board.LoadAsync(Actor, new RunId(Id)));
        _loads++;
    }

    /// <summary>The panel beside the board shows a post's candidates, or one seat; opening what is open closes it.</summary>
    private void Open(PostId? post, AssignmentId? seat) => (_open, _seat) = (_open == post ? null : post, _seat == seat ? null : seat);

    private (SeatView Seat, PostView Post)? SelectedSeat => _view!.Shifts.SelectMany(s => s.Posts).SelectMany(p => p.Seats.Select(s => (s, p)))
        .Where(x => x.s.Id == _seat).Select(x => ((SeatView, PostView)?)x).FirstOrDefault();

    private async Task AssignAsync((PostId Post, CandidateView Who) chosen)
    {
        var outcome = await Assign.RunAsync(Actor, new RunId(Id), chosen.Post, chosen.Who.Id);
        if (outcome.Refusal is ReasonNeeded needed)
        {
            var reason = await ReasonDialog.AskAsync(
                Dialogs, T["Roster.Override", chosen.Who.Name], T["Roster.OverrideExplain"], T["Roster.OverrideWhy"], T["Roster.AssignAnyway"],
                [.. needed.Obstacles.Select(Reasons.Of)]);
            if (reason is null) return;
            outcome = await Assign.RunAsync(Actor, new RunId(Id), chosen.Post, chosen.Who.Id, reason);
        }

        await DoAsync(Task.FromResult(outcome));
        var post = _view?.Shifts.SelectMany(s => s.Posts).FirstOrDefault(p => p.Id == chosen.Post);
        if (!outcome.Refused && post is { Empty: 0, Optional: 0 }) _open = null;
    }

    private async Task RescheduleAsync()
    {
        if (!await Planner.RescheduleDialog.AskAsync(Dialogs, Actor, new RunId(Id), _view!.Run.Slot.Start, T["Reschedule.Title"])) return;
        Snackbar.Add(T["Reschedule.Done"], MudBlazor.Severity.Success);
        await LoadAsync();
    }

    private Task RemoveAsync((SeatView Seat, bool Keep) change) => DoAsync(Remove.RunAsync(Actor, new RunId(Id), change.Seat.Id, change.Keep));

    private async Task AnswerAsync((SeatView Seat, bool Yes) answer)
    {
        var reason = answer.Yes ? null : await ReasonDialog.AskAsync(Dialogs, T["Roster.NoteNo", answer.Seat.Name], T["Roster.NoteNoExplain"], T["Answer.Why"], T["Roster.NoteNoButton"]);
        if (!answer.Yes && reason is null) return;
        await DoAsync(Answer.RunAsync(Actor, new RunId(Id), answer.Seat.Id, answer.Yes, reason));
    }

    private async Task PublishAsync()
    {
        var draft = _view!.Draft;
        var lines = draft.Select(told => T[told.Invited ? "Roster.ToldInvited" : "Roster.ToldRemoved", told.Name, told.Post].Value).ToList();
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Roster.Publish"], T["Roster.PublishExplain", draft.Select(d => d.Name).Distinct().Count()], T["Roster.Publish"], lines)) return;
        await DoAsync(Publish.RunAsync(Actor, new RunId(Id), draft.Select(d => d.Id).ToHashSet()), T["Roster.Published"]);
    }

    private async Task CopyLastAsync()
    {
        var copied = await CopyLast.RunAsync(Actor, new RunId(Id));
        if (copied.Refused)
        {
            Say(copied.Refusal);
            return;
        }

        _left = copied.Value.Left;
        Snackbar.Add(T["Roster.Copied", copied.Value.Copied], Severity.Success);
        await LoadAsync();
    }

    private Task InviteAsync(AssignmentId? only) => InviteDialog.ShowAsync(Dialogs, T["Invite.Title"], Actor, new RunId(Id), only);

    private string DraftText()
    {
        var names = _view!.Draft.Select(d => d.Name).Distinct().ToList();
        return names.Count == 0 ? T["Roster.NobodyTold"] : T["Roster.WillBeTold", names.Count, string.Join(T["List.Separator"], names)];
    }
}
