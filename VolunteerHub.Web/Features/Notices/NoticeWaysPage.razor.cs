using FluentValidation;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>Mail server, robots and wording; what is typed stays whatever is answered.</summary>
public partial class NoticeWaysPage
{
    private NoticeWaysView? _view;
    private MailForm _mail = new();
    private string _testTo = "";
    private Refusal? _refused;
    private Dictionary<string, string> _errors = [];
    private Actor _actor = null!;

    [Inject] private NoticeWays Ways { get; set; } = null!;

    [Inject] private ReviseMailServer Mail { get; set; } = null!;

    [Inject] private SendTestMail TestMail { get; set; } = null!;

    [Inject] private ReviseRobot Robot { get; set; } = null!;

    [Inject] private TryRobot Trying { get; set; } = null!;

    [Inject] private RewordNotice Rewording { get; set; } = null!;

    [Inject] private IValidator<MailForm> Validator { get; set; } = null!;

    [Inject] private CurrentActor CurrentActor { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private bool ReadOnly => _view?.MayChange != true;

    protected override async Task OnInitializedAsync()
    {
        _actor = await CurrentActor.GetAsync();
        await LoadAsync();
        if (_view is not null) _mail = _view.Mail with { };
    }

    private async Task LoadAsync()
    {
        var loaded = await Ways.LoadAsync(_actor);
        (_view, _refused) = (loaded.Value, loaded.Refusal);
    }

    private string? Error(string field) => _errors.GetValueOrDefault(field);

    private async Task SaveMailAsync()
    {
        var found = await Validator.ValidateAsync(_mail);
        _errors = found.Errors.GroupBy(e => e.PropertyName).ToDictionary(g => g.Key, g => g.First().ErrorMessage);
        if (!found.IsValid)
        {
            Snackbar.Add(T["Run.Error.Some", _errors.Count], MudBlazor.Severity.Error);
            return;
        }

        if (await DoAsync(Mail.RunAsync(_actor, _mail), T["Settings.Saved"])) _mail.Password = "";
    }

    private Task TestMailAsync() => DoAsync(TestMail.RunAsync(_actor, _testTo.Trim()), T["NoticeWays.TestSent"]);

    private Task SaveRobotAsync(TeamId team, RobotForm form) => DoAsync(Robot.RunAsync(_actor, team, form), T["Settings.Saved"]);

    private Task TryAsync(TeamId team) => DoAsync(Trying.RunAsync(_actor, team), T["NoticeWays.RobotSpoke"]);

    private Task RewordAsync(WordingForm form) => DoAsync(Rewording.RunAsync(_actor, form), T["Settings.Saved"]);

    private async Task<bool> DoAsync(Task<Outcome> job, string done)
    {
        var outcome = await job;
        if (outcome.Refused) Snackbar.Add(Reasons.Of(outcome.Refusal), MudBlazor.Severity.Error, options => options.RequireInteraction = true);
        else Snackbar.Add(done, MudBlazor.Severity.Success);
        if (!outcome.Refused) await LoadAsync();
        return !outcome.Refused;
    }
}
