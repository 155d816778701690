using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>Puts the times right first and the entry after; where the second is refused, it is asked again without the first being done twice.</summary>
public partial class PutRightDialog
{
    // Of this dialog: sent twice, it is done once.
    private Guid _request = Guid.CreateVersion7();
    private TimeOnly? _in;
    private TimeOnly? _out;
    private bool _after;
    private string? _words;
    private Refusal? _refused;
    private bool _sending;
    private bool _timesAreRight;

    [Inject] private PutTimesRight Times { get; set; } = null!;

    [Inject] private PutHoursRight Put { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter] public string Title { get; set; } = "";

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired] public RunId RunId { get; set; }

    [Parameter, EditorRequired] public RunHourRow Row { get; set; } = null!;

    /// <returns>Whether it was put right.</returns>
    public static async Task<bool> ShowAsync(IDialogService dialogs, string title, Actor actor, RunId run, RunHourRow row)
    {
        var shown = await dialogs.ShowAsync<PutRightDialog>(title, new DialogParameters<PutRightDialog> { { d => d.Title, title }, { d => d.Actor, actor }, { d => d.RunId, run }, { d => d.Row, row } });
        return (await shown.Result) is { Canceled: false };
    }

    protected override void OnInitialized()
    {
        var last = RunHoursPage.Last(Row);
        (_in, _out) = (Clock(last?.In ?? Row.Slot.Start), Clock(last?.Out ?? Row.Slot.End));
    }

    private TimeOnly Clock(DateTimeOffset at) => TimeOnly.ParseExact(Time.Time(at), "HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private async Task SaveAsync()
    {
        if (_in is not { } came || _out is not { } left)
        {
            _refused = new Domain.Attendances.ImpossibleTimes();
            return;
        }

        // What is not said is asked for before the times are touched.
        if (string.IsNullOrWhiteSpace(_words))
        {
            _refused = new Domain.Hours.WordsMissing();
            return;
        }

        _sending = true;
        _refused = await TimesAsync(came, left) ?? (await Put.RunAsync(Actor, Row.Id, _after, _words)).Refusal;
        _sending = false;
        if (_refused is null) Dialog.Close(DialogResult.Ok(true));
    }

    private async Task<Refusal?> TimesAsync(TimeOnly came, TimeOnly left)
    {
        var last = RunHoursPage.Last(Row);
        var day = Time.DayOf(last?.In ?? Row.Slot.Start);
        if (_timesAreRight || last is { Out: { } out_ } && Clock(last.In) == came && Clock(out_) == left) return null;
        var put = await Times.RunAsync(Actor, RunId, Row.Person, last?.Id, Kept(last?.In, day, came), Kept(last?.Out, day, left), _words, _request);
        if (put.Refused)
        {
            _request = Guid.CreateVersion7();
            return put.Refusal;
        }

        _timesAreRight = true;
        return null;
    }

    /// <summary>A time that was not changed keeps its seconds, and so how it was known.</summary>
    private DateTimeOffset Kept(DateTimeOffset? recorded, DateOnly day, TimeOnly typed) => recorded is { } at && Clock(at) == typed ? at : Time.Instant(day, typed);
}
