using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Features.CheckIn.Paper;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.CheckIn.Review;

/// <summary>Asks for the right times of one person, and why; what is refused stays as it was typed.</summary>
public partial class TimesDialog
{
    // Of this dialog: sent twice, it is done once.
    private readonly Guid _request = Guid.CreateVersion7();
    private TimeOnly? _in;
    private TimeOnly? _out;
    private string? _because;
    private PostChoice? _post;
    private Refusal? _refused;
    private bool _sending;

    [Inject] private PutTimesRight Put { get; set; } = null!;

    [Inject] private TimeProvider Now { get; set; } = null!;

    [Inject] private SeatFromSheet Seat { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter] public string Title { get; set; } = "";

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired] public RunId RunId { get; set; }

    [Parameter, EditorRequired] public VolunteerId Person { get; set; }

    /// <summary>What is recorded; null where nothing is.</summary>
    [Parameter] public TimesHere? Times { get; set; }

    /// <summary>A time to start from, where something was told that was not accepted.</summary>
    [Parameter] public DateTimeOffset? Told { get; set; }

    [Parameter, EditorRequired] public TimeSlot Slot { get; set; }

    /// <summary>Of a person without a seat: the posts to choose from. The seat is given with the times.</summary>
    [Parameter] public IReadOnlyList<PostChoice> Posts { get; set; } = [];

    /// <returns>Whether the times were put right.</returns>
    public static async Task<bool> ShowAsync(
        IDialogService dialogs, string title, Actor actor, RunId run, VolunteerId person, TimesHere? times, DateTimeOffset? told, TimeSlot slot, IReadOnlyList<PostChoice>? posts = null)
    {
        var shown = await dialogs.ShowAsync<TimesDialog>(title, new DialogParameters<TimesDialog>
        {
            { d => d.Title, title }, { d => d.Actor, actor }, { d => d.RunId, run }, { d => d.Person, person }, { d => d.Times, times }, { d => d.Told, told }, { d => d.Slot, slot }, { d => d.Posts, posts ?? [] },
        });
        return (await shown.Result) is { Canceled: false };
    }

    protected override void OnInitialized()
    {
        _in = Clock(Times?.In ?? Told ?? Slot.Start);
        _post = Posts is [.., var last] ? last : null;
        _out = Times?.Out is { } left ? Clock(left) : null;
    }

    private TimeOnly Clock(DateTimeOffset at) => TimeOnly.ParseExact(Time.Time(at), "HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private async Task SaveAsync()
    {
        if (_in is not { } came)
        {
            _refused = new Domain.Attendances.ImpossibleTimes();
            return;
        }

        var day = Time.DayOf(Times?.In ?? Slot.Start);
        var (cameAt, leftAt) = (Kept(Times?.In, day, came), _out is { } left ? Kept(Times?.Out, day, left) : (DateTimeOffset?)null);
        // Nobody gets a seat for times that cannot be taken.
        _refused = PutTimesRight.Wrong(cameAt, leftAt, _because, Now.GetUtcNow());
        if (_refused is not null) return;
        _sending = true;
        if (_post is { } post)
        {
            _refused = (await Seat.RunAsync(Actor, RunId, post.Id, Person)).Refusal;
            _sending = _refused is null;
            if (!_sending) return;
            _post = null;
        }

        var put = await Put.RunAsync(Actor, RunId, Person, Times?.Id, cameAt, leftAt, _because, _request);
        _sending = false;
        _refused = put.Refusal;
        if (!put.Refused) Dialog.Close(DialogResult.Ok(true));
    }

    /// <summary>A time that was not changed keeps its seconds, and so how it was known.</summary>
    private DateTimeOffset Kept(DateTimeOffset? recorded, DateOnly day, TimeOnly typed) => recorded is { } at && Clock(at) == typed ? at : Time.Instant(day, typed);
}
