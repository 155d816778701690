using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>How people get onto a run, on its roster's page.</summary>
public partial class SignUpPanel
{
    private SignUpView? _view;
    private Refusal? _refused;
    private bool _choosing;
    private DateTime _deadline;
    private int _seen = -1;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired] public RunId RunId { get; set; }

    /// <summary>Counts the loads of the page: with each it is looked at anew.</summary>
    [Parameter] public int Version { get; set; }

    [Inject] private SignUpOfRun Views { get; set; } = null!;

    [Inject] private SetSignUp SetMode { get; set; } = null!;

    [Inject] private OpenRelease Open { get; set; } = null!;

    [Inject] private CallOffRelease CallOff { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_seen == Version) return;
        _seen = Version;
        _view = (await Views.LoadAsync(Actor, RunId)).Value;
        if (_deadline == default) _deadline = Time.Local(Time.Now).Date.AddDays(1).AddHours(20);
    }

    private string Explain(SignUpView view) => view switch
    {
        { Release: ReleaseStatus.Collecting, Deadline: { } until } => T["SignUpPanel.Collecting", view.Interested, view.Free, Time.Day(until), Time.Time(until)],
        { SignUp: SignUp.Open } => T["SignUpPanel.OpenExplain", view.Free],
        _ => T["SignUpPanel.ClosedExplain"],
    };

    private Task SetAsync(bool open) => DoAsync(SetMode.RunAsync(Actor, RunId, open));

    private async Task OpenAsync()
    {
        await DoAsync(Open.RunAsync(Actor, RunId, Time.Instant(DateOnly.FromDateTime(_deadline), TimeOnly.FromDateTime(_deadline))));
        _choosing = _refused is not null;
    }

    private async Task DoAsync(Task<Outcome> job)
    {
        _refused = (await job).Refusal;
        _view = (await Views.LoadAsync(Actor, RunId)).Value;
    }
}
