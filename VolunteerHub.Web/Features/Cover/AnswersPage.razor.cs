using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.Rosters;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>Which button of a ladder was pressed.</summary>
public enum LadderAct
{
    Next,
    Stop,
    Again,
}

/// <summary>Who has not answered, whose seat is at risk, who is being asked.</summary>
public partial class AnswersPage
{
    private const string All = "all";

    private AnswersView? _view;

    /// <summary>What is shown: nothing for all, or one kind of uncertainty.</summary>
    [SupplyParameterFromQuery(Name = "show")] public string? Wanted { get; set; }

    [Inject] private AnswersOverview Overview { get; set; } = null!;

    [Inject] private StartLadder Start { get; set; } = null!;

    [Inject] private AskNextNow Next { get; set; } = null!;

    [Inject] private StopLadder Stop { get; set; } = null!;

    [Inject] private AnswerAskForVolunteer AnswerAsk { get; set; } = null!;

    [Inject] private AnswerForVolunteer AnswerSeat { get; set; } = null!;

    [Inject] private ConfirmForVolunteer Confirm { get; set; } = null!;

    [Inject] private SeekCoverForVolunteer Seek { get; set; } = null!;

    [Inject] private PutStandIn StandIn { get; set; } = null!;

    [Inject] private AskAgain Again { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Times of next steps come and go with the clock.</summary>
    protected override TimeSpan? Refresh => TimeSpan.FromSeconds(30);

    private string Show => Wanted is "unanswered" or "unconfirmed" or "cover" or "risk" or "asking" or "lacking" ? Wanted : All;

    private IEnumerable<(string Key, int Count)> Filters =>
    [
        (All, _view!.Runs.Sum(r => r.Seats.Count) + _view.Asking + _view.Lacking),
        ("unanswered", _view.CountOf(SeatRisk.Unanswered)),
        ("unconfirmed", _view.CountOf(SeatRisk.Unconfirmed)),
        ("cover", _view.CountOf(SeatRisk.CoverSought)),
        ("risk", _view.Runs.Sum(r => r.Seats.Count(s => s.Risks.Any(IsOther)))),
        ("asking", _view.Asking),
        ("lacking", _view.Lacking),
    ];

    private List<RunAnswers> Shown =>
    [
        .. _view!.Runs.Where(r => Show switch
        {
            All => !r.IsQuiet || r.Ladders.Count > 0,
            "asking" => r.Ladders.Count > 0,
            "lacking" => r.Lacking.Count > 0,
            _ => r.Seats.Any(IsShown),
        }),
    ];

    protected override async Task LoadAsync() => _view = Taken(await Overview.LoadAsync(Actor));

    private static bool IsOther(SeatRisk risk) => risk is SeatRisk.MissedLastTime or SeatRisk.FirstTimerAlone;

    private static string Tone(SeatRisk risk) => risk is SeatRisk.CoverSought ? "d" : "w";

    private bool IsShown(SeatAtRisk seat) => Show switch
    {
        All => true,
        "unanswered" => seat.Risks.Contains(SeatRisk.Unanswered),
        "unconfirmed" => seat.Risks.Contains(SeatRisk.Unconfirmed),
        "cover" => seat.Risks.Contains(SeatRisk.CoverSought),
        "risk" => seat.Risks.Any(IsOther),
        _ => false,
    };

    private void Choose(string key) => Navigation.NavigateTo(key == All ? "/answers" : $"/answers?show={key}", replace: true);

    private Task StartAsync(RunId run, PostId post, AssignmentId? seat) => DoAsync(Start.RunAsync(Actor, run, post, seat), T["Ladder.Started"]);

    private Task ActAsync((LadderView Ladder, LadderAct Act) pressed) => pressed.Act switch
    {
        LadderAct.Next => DoAsync(Next.RunAsync(Actor, pressed.Ladder.Id), T["Ladder.AskedNext"]),
        LadderAct.Stop => DoAsync(Stop.RunAsync(Actor, pressed.Ladder.Id), T["Ladder.StoppedDone"]),
        _ => AgainAsync(pressed.Ladder),
    };

    private Task AgainAsync(LadderView ladder)
    {
        var run = _view!.Runs.First(r => r.Ladders.Contains(ladder));
        var seat = ladder.Holder is null ? null : run.Seats.FirstOrDefault(s => s.Status == AssignmentStatus.CoverSought && s.Who.Name == ladder.Holder && s.PostId == ladder.PostId);
        return StartAsync(run.Run.Id, ladder.PostId, seat?.Id);
    }

    private Task MessageAsync(AskView ask) => InviteDialog.ShowAsync(Dialogs, T["Ladder.Message"], Actor, ask.Id);

    private Task AnswerAskAsync((AskView Ask, bool Yes) said) =>
        DoAsync(AnswerAsk.RunAsync(Actor, said.Ask.Id, said.Yes), T[said.Yes ? "Ladder.NotedYes" : "Ladder.NotedNo", said.Ask.Who.Name]);

    private async Task AskAgainAsync(RunId run)
    {
        var asked = await Again.RunAsync(Actor, run);
        if (asked.Refused) Say(asked.Refusal);
        else Snackbar.Add(asked.Value == 0 ? T["Answers.AskedToday"] : T["Answers.AskedAgain", asked.Value], Severity.Success);
    }

    private Task InviteAsync(RunId run, AssignmentId? seat) => InviteDialog.ShowAsync(Dialogs, T["Invite.Title"], Actor, run, seat);

    private Task NoteYesAsync(RunId run, SeatAtRisk seat) =>
        seat.Status is AssignmentStatus.Invited or AssignmentStatus.CoverSought
            ? DoAsync(AnswerSeat.RunAsync(Actor, run, seat.Id, true), T["Answers.NotedYes", seat.Who.Name])
            : DoAsync(Confirm.RunAsync(Actor, run, seat.Id), T["Answers.NotedYes", seat.Who.Name]);

    private async Task NoteNoAsync(RunId run, SeatAtRisk seat)
    {
        if (await ReasonDialog.AskAsync(Dialogs, T["Roster.NoteNo", seat.Who.Name], T["Roster.NoteNoExplain"], T["Answer.Why"], T["Roster.NoteNoButton"]) is { } reason)
            await DoAsync(AnswerSeat.RunAsync(Actor, run, seat.Id, false, reason), T["Answers.NotedNo", seat.Who.Name]);
    }

    private async Task PutStandInAsync(RunId run, SeatAtRisk seat)
    {
        if (await StandInDialog.AskAsync(Dialogs, T["StandIn.Title", seat.Who.Name], Actor, run, seat.PostId, seat.Who.Name) is not { } chosen) return;
        // What a leader may set aside takes a word of why, which is kept.
        var reason = chosen.IsEligible ? null : await ReasonDialog.AskAsync(
            Dialogs, T["Roster.Override", chosen.Name], T["Roster.OverrideExplain"], T["Roster.OverrideWhy"], T["Roster.AssignAnyway"], [.. chosen.Against.Select(Reasons.Of)]);
        if (chosen.IsEligible || reason is not null) await DoAsync(StandIn.RunAsync(Actor, run, seat.Id, chosen.Id, reason), T["StandIn.Done", chosen.Name, seat.Who.Name]);
    }

    private Task SeekAsync(RunId run, AssignmentId seat) => DoAsync(Seek.RunAsync(Actor, run, seat), T["Answers.SeekingCover"]);
}
