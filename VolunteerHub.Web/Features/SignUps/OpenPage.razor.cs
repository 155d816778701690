using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Platform.Forms;

namespace VolunteerHub.Web.Features.SignUps;

/// <summary>What one can sign up for.</summary>
public sealed partial class OpenPage
{
    /// <summary>Days that are shown without asking.</summary>
    private const int Soon = 14;

    /// <summary>Posts of other teams that are listed: for knowing what there is, not for taking.</summary>
    private const int MostOfOthers = 30;

    private List<OpenPostView> _soon = [];
    private List<OpenPostView> _later = [];
    private List<OpenPostView> _ofOthers = [];
    private string? _done;
    private bool _mine;
    private bool _waits;

    [Parameter, EditorRequired] public OpenPostsView View { get; set; } = null!;

    /// <summary>Where the person finds the own duties.</summary>
    [Parameter, EditorRequired] public string Home { get; set; } = "";

    [Parameter] public (SignUpDone What, PostId? Post)? Done { get; set; }

    [Parameter] public Refusal? Refusal { get; set; }

    /// <summary>The run whose form was refused.</summary>
    [Parameter] public RunId? RefusedFor { get; set; }

    [Parameter] public PostedForm? Typed { get; set; }

    protected override void OnParametersSet()
    {
        var until = Time.Today.AddDays(Soon);
        _soon = [.. View.Can.Where(p => Time.DayOf(p.Slot.Start) < until)];
        // Where nothing is near, what is far need not be looked for.
        _later = _soon.Count == 0 ? [] : [.. View.Can.Where(p => Time.DayOf(p.Slot.Start) >= until)];
        if (_soon.Count == 0) _soon = [.. View.Can];
        _ofOthers = [.. View.OfOthers.Take(MostOfOthers)];
        _waits = View.Full.Any(p => p.Place is not null) || Refusal is PostIsFull;
        _done = Done is { } done ? Sentence(done.What, done.Post) : null;
        _mine = _done is not null && Done?.What == SignUpDone.SignedUp;
    }

    /// <summary>What was done just now, where it still is so: an address may be opened again days later.</summary>
    private string? Sentence(SignUpDone what, PostId? of)
    {
        var seat = View.Mine.FirstOrDefault(s => s.Post == of);
        var waits = View.Full.FirstOrDefault(p => p.Id == of && p.Place is not null);
        return what switch
        {
            SignUpDone.SignedUp when seat is not null => T["SignUp.Done", seat.Title, Time.When(seat.Slot), seat.PostName].Value,
            SignUpDone.Waits when waits is not null => T["SignUp.WaitsNow", waits.Title, waits.Post, waits.Place!].Value,
            SignUpDone.Left => T["SignUp.LeftList"].Value,
            SignUpDone.Interest => T["Interest.Said"].Value,
            SignUpDone.TakenBack => T["Interest.TakenBack"].Value,
            _ => null,
        };
    }
}
