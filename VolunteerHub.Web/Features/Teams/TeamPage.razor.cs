using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.Joining;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>A team: its members, how the coming weeks are covered, and who is lent to whom.</summary>
public partial class TeamPage
{
    private const int Step = 60;
    private TeamBoardView? _view;
    private int _members = Step;
    private string _loaded = "";

    [Parameter] public string Code { get; set; } = "";

    [Inject] private TeamBoard Board { get; set; } = null!;

    [Inject] private DescribeTeam Describe { get; set; } = null!;

    [Inject] private AppointMember Appoint { get; set; } = null!;

    [Inject] private AnswerLending Answer { get; set; } = null!;

    [Inject] private TakeBackLending TakeBack { get; set; } = null!;

    [Inject] private WelcomeOffer Welcome { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool ShowsPeople => true;

    /// <summary>Lendings to other teams that wait for nobody here, the latest first.</summary>
    private IReadOnlyList<LendingView> Settled => [.. _view!.Lendings.Out.Where(l => !l.MayAnswer).Reverse()];

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null && _loaded != Code) await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _loaded = Code;
        _view = Taken(await Board.LoadAsync(Actor, Code, _members));
    }

    private Task MoreAsync()
    {
        _members += Step;
        return LoadAsync();
    }

    private async Task EditAsync()
    {
        if (await TeamDialog.ShowAsync(Dialogs, T["Teams.Edit"], Actor, _view!.Id, _view.Form)) await LoadAsync();
    }

    private async Task DescribeAsync()
    {
        if (await AboutDialog.AskAsync(Dialogs, T["Teams.EditAbout"], _view!.About) is { } about) await DoAsync(Describe.RunAsync(Actor, _view.Id, about), T["Teams.AboutSaved"]);
    }

    private async Task AddAsync()
    {
        if (await AddMemberDialog.ShowAsync(Dialogs, T["Teams.AddMember"], Actor, _view!.Id, _view.Name, _view.MayAdminister)) await LoadAsync();
    }

    private async Task EndAsync(MemberRow member)
    {
        if (await EndMembershipDialog.ShowAsync(Dialogs, T["Teams.EndTitle", member.Name], Actor, member.Id)) await LoadAsync();
    }

    private async Task AppointAsync((MemberRow Member, TeamRole Role) change)
    {
        var explain = T[change.Role == TeamRole.Member ? "Teams.UnappointExplain" : "Teams.AppointExplain", change.Member.Name, T[$"TeamRole.{change.Role}"]];
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Teams.Appoint"], explain, T["Teams.AppointYes"])) return;
        await DoAsync(Appoint.RunAsync(Actor, change.Member.Id, change.Role), T["Teams.Appointed", change.Member.Name, T[$"TeamRole.{change.Role}"]]);
    }

    private async Task WelcomeAsync(MemberRow member)
    {
        if (await Welcome.OfferAsync(Actor, member.VolunteerId) is { } refusal) Say(refusal);
    }

    private Task OfferAsync() => OfferDialog.ShowAsync(Dialogs, T["Lending.OfferTitle"], Actor, _view!.Id);

    private async Task AnswerAsync((LendingView Item, bool Yes) answer)
    {
        var why = answer.Yes ? null : await ReasonDialog.AskAsync(Dialogs, T["Lending.RefuseLabel", answer.Item.Name], T["Lending.RefuseExplain"], T["Lending.Why"], T["Lending.Refuse"]);
        if (!answer.Yes && why is null) return;
        await DoAsync(Answer.RunAsync(Actor, answer.Item.Id, answer.Yes, why), T[answer.Yes ? "Lending.Granted" : "Lending.RefusedNow"]);
    }

    private async Task TakeBackAsync(LendingView lending)
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Lending.TakeBack"], T["Lending.TakeBackExplain", lending.Name, lending.RunTitle], T["Lending.TakeBack"])) return;
        await DoAsync(TakeBack.RunAsync(Actor, lending.Id), T["Lending.TakenBackNow"]);
    }
}
