using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Components.Controls;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>All teams; for the coordinator also opening, changing, ordering and closing them.</summary>
public partial class TeamsPage
{
    private TeamListView? _view;

    [Inject] private TeamList Teams { get; set; } = null!;

    [Inject] private MoveTeam Move { get; set; } = null!;

    [Inject] private CloseTeam Close { get; set; } = null!;

    [Inject] private ReopenTeam Reopen { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    protected override bool ShowsPeople => true;

    protected override async Task LoadAsync() => _view = Taken(await Teams.LoadAsync(Actor));

    private async Task EditAsync(TeamCard? team)
    {
        var form = team is null
            ? new TeamForm { Colour = FreeColour() }
            : new TeamForm { Name = team.Name, Glyph = team.Glyph, Colour = TeamColours.Of(team.Colour), Line = team.Line, About = team.About };
        if (await TeamDialog.ShowAsync(Dialogs, T[team is null ? "Teams.New" : "Teams.Edit"], Actor, team?.Id, form)) await LoadAsync();
    }

    private Task MoveAsync(TeamCard team, bool up) => DoAsync(Move.RunAsync(Actor, team.Id, up));

    private async Task CloseAsync(TeamCard team)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, T["Teams.Close"], T["Teams.CloseExplain", team.Name], T["Teams.Close"])) await DoAsync(Close.RunAsync(Actor, team.Id), T["Teams.ClosedNow", team.Name]);
    }

    private Task ReopenAsync(TeamCard team) => DoAsync(Reopen.RunAsync(Actor, team.Id), T["Teams.ReopenedNow", team.Name]);

    /// <summary>The first colour that no open team has.</summary>
    private TeamColour FreeColour()
    {
        var taken = _view!.Teams.Where(t => !t.IsClosed).Select(t => t.Colour).ToHashSet();
        return Enum.GetValues<TeamColour>().FirstOrDefault(c => !taken.Contains(c.Token()));
    }
}
