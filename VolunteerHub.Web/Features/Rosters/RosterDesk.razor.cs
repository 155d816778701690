using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Components;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>What can be done on a board, by pointer and by keyboard. Who shows it loads the rosters, and loads them again when told.</summary>
public partial class RosterDesk
{
    private ElementReference _root;
    private PageScript? _keys;
    private Opened? _open;
    private CopiedRoster? _notCopied;
    private PostId? _filled;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    /// <summary>The rosters, in the order in which they are shown.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<RosterBoardView> Boards { get; set; } = [];

    /// <summary>Counts the loads: a newer one means that the candidates are looked at again.</summary>
    [Parameter] public int Version { get; set; }

    /// <summary>False where the page is about one run and names it already.</summary>
    [Parameter] public bool ShowRuns { get; set; } = true;

    /// <summary>Whether runs stand under the weeks that they are in.</summary>
    [Parameter] public bool ByWeek { get; set; }

    /// <summary>Something was done, or refused because it was changed meanwhile: these runs are to be loaded again.</summary>
    [Parameter] public EventCallback<IReadOnlyCollection<RunId>> Changed { get; set; }

    /// <summary>What else can be done with the draft.</summary>
    [Parameter] public RenderFragment? DraftActions { get; set; }

    [Inject] private AssignVolunteer Assign { get; set; } = null!;

    [Inject] private RemoveFromRoster Remove { get; set; } = null!;

    [Inject] private PublishRosters Publish { get; set; } = null!;

    [Inject] private CopyLastRoster CopyLast { get; set; } = null!;

    [Inject] private AnswerForVolunteer Answer { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    private IReadOnlyList<RosterBoardView> Publishable => [.. Boards.Where(b => b.MayPublishNow)];

    private int Gaps => Boards.Sum(b => b.Gaps);

    private bool MayFill => Boards.Any(b => !b.IsClosed && b.Shifts.Any(s => s.Posts.Any(p => p.MayStaff && p.Empty > 0)));

    private int Changes => Boards.Where(b => b.MayStaff && !b.IsClosed).Sum(b => b.Draft.Count);

    private int Unpublished => Publishable.Count(b => b.Run.Phase == RunPhase.Draft);

    private bool IsOpen => _open is { Post: not null } && BoardOf(_open.Run) is not null || SelectedSeat is not null;

    private (RosterBoardView Board, PostView Post, SeatView Seat)? SelectedSeat => _open is { Seat: { } seat } ? SeatOf(s => s.Id == seat) : null;

    /// <summary>Shows who could take a post, as if it had been opened by hand.</summary>
    public void Open(PostId post)
    {
        var found = Boards.SelectMany(b => b.Shifts.SelectMany(s => s.Posts.Select(p => (Board: b, Shift: s, Post: p)))).FirstOrDefault(x => x.Post.Id == post && x.Post.MayStaff);
        if (found.Board is { } board) _open = new(board.Run.Id, found.Shift.Id, post, null);
    }

    /// <summary>Ready messages for who has not answered yet, or for one person.</summary>
    public async Task InviteAsync(RunId run, AssignmentId? only)
    {
        await InviteDialog.ShowAsync(Dialogs, T["Invite.Title"], Actor, run, only);
    }

    /// <summary>Puts the people of earlier runs on these.</summary>
    public async Task CopyAsync(IReadOnlyCollection<RunId> runs, CopySource from)
    {
        var copied = await CopyLast.RunAsync(Actor, runs, from);
        if (copied.Refused)
        {
            Say(copied.Refusal);
            return;
        }

        _notCopied = copied.Value.Left.Count + copied.Value.WithoutEarlier.Count > 0 ? copied.Value : null;
        Snackbar.Add(T["Roster.Copied", copied.Value.Copied], Severity.Success);
        await Changed.InvokeAsync(runs);
    }

    /// <summary>Escape was pressed.</summary>
    [JSInvokable]
    public void CloseByKey()
    {
        Close();
        StateHasChanged();
    }

    /// <summary>Delete was pressed on a seat: takes the person off, or back where the draft takes them off.</summary>
    [JSInvokable]
    public async Task TakeOffAsync(string id)
    {
        if (SeatOf(s => s.Id.ToString() == id) is not var (board, post, seat) || board.IsClosed || !post.MayStaff) return;
        if (await DoneAsync(board.Run.Id, Remove.RunAsync(Actor, board.Run.Id, seat.Id, keep: seat.Leaves)))
            Snackbar.Add(T[seat.Leaves ? "Board.Kept" : "Board.TakenOff", seat.Name], Severity.Normal);
    }

    /// <summary>Shows what publishing changes and who is told, and publishes the runs that are chosen there.</summary>
    [JSInvokable]
    public async Task PublishAsync()
    {
        var shown = Publishable;
        if (shown.Count == 0) return;
        var chosen = await RosterDifferenceDialog.ChooseAsync(Dialogs, T["Roster.Publish"], shown);
        if (chosen is { Count: > 0 })
        {
            var seen = shown.Where(b => chosen.Contains(b.Run.Id)).ToDictionary(b => b.Run.Id, IReadOnlySet<AssignmentId> (b) => b.Draft.Select(d => d.Id).ToHashSet());
            var published = await Publish.RunAsync(Actor, seen);
            if (published.Refused) Say(published.Refusal);
            else Snackbar.Add(seen.Count == 1 ? T["Roster.Published"] : T["Board.Published", seen.Count], Severity.Success);
            await Changed.InvokeAsync(chosen);
        }

        await BackAsync();
    }

    /// <summary>Who has just filled a post has nothing more to choose there. That it is full is seen when the rosters come again.</summary>
    protected override void OnParametersSet()
    {
        if (_filled is { } post && _open?.Post == post && Boards.Select(b => PostOf(b, post)).OfType<PostView>().FirstOrDefault() is { Empty: 0, Optional: 0 }) Close();
        _filled = null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) _keys = await PageScript.AttachAsync(Script, "roster.js", "attachRoster", _root, this);
    }

    /// <summary>The panel shows a post's candidates, or one seat; opening what is open closes it.</summary>
    private void Toggle(Opened what) => _open = _open == what ? null : what;

    private void Close() => _open = null;

    private async Task CompareAsync()
    {
        await RosterDifferenceDialog.ShowAsync(Dialogs, T["Board.Compare"], [.. Boards.Where(b => b.MayStaff && b.Draft.Count > 0)]);
        await BackAsync();
    }

    private async Task AssignAsync((PostId Post, CandidateView Who) chosen)
    {
        // The panel of another post may be on its way already: what counts is the post that was chosen for.
        if (Boards.FirstOrDefault(b => PostOf(b, chosen.Post) is not null)?.Run.Id is not { } run) return;
        var outcome = await Assign.RunAsync(Actor, run, chosen.Post, chosen.Who.Id);
        if (outcome.Refusal is ReasonNeeded needed)
        {
            var reason = await ReasonDialog.AskAsync(
                Dialogs, T["Roster.Override", chosen.Who.Name], T["Roster.OverrideExplain"], T["Roster.OverrideWhy"], T["Roster.AssignAnyway"],
                [.. needed.Obstacles.Select(Reasons.Of)]);
            await BackAsync();
            if (reason is null) return;
            outcome = await Assign.RunAsync(Actor, run, chosen.Post, chosen.Who.Id, reason);
        }

        if (!outcome.Refused) _filled = chosen.Post;
        await DoneAsync(run, Task.FromResult(outcome));
    }

    private Task RemoveAsync(SeatView seat, bool keep) => _open is { } open ? DoneAsync(open.Run, Remove.RunAsync(Actor, open.Run, seat.Id, keep)) : Task.CompletedTask;

    private async Task AnswerAsync((SeatView Seat, bool Yes) answer)
    {
        if (_open is not { } open) return;
        var reason = answer.Yes ? null : await ReasonDialog.AskAsync(Dialogs, T["Roster.NoteNo", answer.Seat.Name], T["Roster.NoteNoExplain"], T["Answer.Why"], T["Roster.NoteNoButton"]);
        if (answer.Yes || reason is not null) await DoneAsync(open.Run, Answer.RunAsync(Actor, open.Run, answer.Seat.Id, answer.Yes, reason));
        await BackAsync();
    }

    /// <summary>Says a refusal, and shows the run as it is now: done, or as somebody else left it.</summary>
    private async Task<bool> DoneAsync(RunId run, Task<Outcome> job)
    {
        var outcome = await job;
        if (outcome.Refused) Say(outcome.Refusal);
        await Changed.InvokeAsync([run]);
        return !outcome.Refused;
    }

    private void Say(Refusal refusal) => Snackbar.Add(Reasons.Of(refusal), Severity.Error, options => options.RequireInteraction = true);

    /// <summary>A dialog takes the focus with it: back to where it was.</summary>
    private Task BackAsync() => _keys?.CallAsync("back") ?? Task.CompletedTask;

    private static PostView? PostOf(RosterBoardView board, PostId post) => board.Shifts.SelectMany(s => s.Posts).FirstOrDefault(p => p.Id == post);

    private RosterBoardView? BoardOf(RunId run) => Boards.FirstOrDefault(b => b.Run.Id == run);

    private (RosterBoardView Board, PostView Post, SeatView Seat)? SeatOf(Func<SeatView, bool> which) =>
        (from board in Boards from shift in board.Shifts from post in shift.Posts from seat in post.Seats where which(seat) select ((RosterBoardView, PostView, SeatView)?)(board, post, seat)).FirstOrDefault();

    private string TitleOf(RunId run) => BoardOf(run) is { } board ? $"{board.Run.Title} {Time.Day(board.Run.Slot.Start)}" : "";

    private DateOnly WeekOf(RosterBoardView? board) => board is null ? default : Week.MondayOf(Time.DayOf(board.Run.Slot.Start));

    private string GroupText(TeamId team)
    {
        var runs = Boards.Where(b => b.Run.HostTeamId == team).ToList();
        var gaps = runs.Sum(b => b.Gaps);
        return gaps == 0 ? T["Board.GroupFull", runs.Count] : T["Board.Group", runs.Count, gaps];
    }

    private string DraftText()
    {
        var names = Boards.Where(b => b.MayStaff && !b.IsClosed).SelectMany(b => b.Draft).DistinctBy(d => d.Who).Select(d => d.Name).ToList();
        return names.Count == 0 ? T["Roster.NobodyTold"] : T["Roster.WillBeTold", names.Count, string.Join(T["List.Separator"], names.Take(ShownNames)) + (names.Count > ShownNames ? T["Board.AndMore"] : "")];
    }

    private const int ShownNames = 8;

    public async ValueTask DisposeAsync()
    {
        if (_keys is not null) await _keys.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the panel shows.</summary>
    private sealed record Opened(RunId Run, ShiftId Shift, PostId? Post, AssignmentId? Seat);
}
