using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Platform.Clock;

namespace VolunteerHub.Web.Features.CheckIn.Review;

/// <summary>One list of what a leader has to look at, each settled in place.</summary>
public partial class ReviewPage
{
    private ReviewView? _view;

    [Parameter] public Guid Id { get; set; }

    [Inject] private ReviewList List { get; set; } = null!;

    [Inject] private SettleReview Settle { get; set; } = null!;

    [Inject] private SeatFromReview Seat { get; set; } = null!;

    [Inject] private TakeBackContested TakeBack { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private RunId Run => new(Id);

    protected override bool Shows(RunId run) => run.Value == Id;

    protected override async Task LoadAsync() => _view = Taken(await List.LoadAsync(Actor, Run));

    private IReadOnlyList<TimesHere> TimesOf(VolunteerId who) => _view!.Times.GetValueOrDefault(who) ?? [];

    private string Shown(TimesHere times) => Span(times.In, times.Out);

    private string Span(DateTimeOffset from, DateTimeOffset? to) => $"{Time.Time(from)}–{(to is { } end ? Time.Time(end) : "")}";

    private string Sentence(ReviewEntry item)
    {
        var way = string.Join(" · ", new[] { item.Evidence is { } evidence ? T[$"EvidenceKind.{evidence}"].Value : null, item.Kiosk }.OfType<string>());
        var what = T[item.Arriving ? "Review.In" : "Review.Out", Time.Time(item.OccurredAt), way].Value;
        return item.Kind switch
        {
            ReviewKind.ForgottenSignOut => T["Review.Forgotten", Time.Time(item.OccurredAt)],
            ReviewKind.ClockOff => T["Review.Clock", what, Time.Time(item.ReceivedAt)],
            ReviewKind.ToMatch => item.WalkIn is { } walkIn ? T["Review.ToMatch", Span(walkIn.In, walkIn.Out), walkIn.Post, walkIn.Phone ?? T["Call.NoPhone"]] : "",
            ReviewKind.Contested => T["Review.Contested", Time.Time(item.OccurredAt), item.Helped?.By ?? T["Review.Unknown"].Value, BuddyWords.Of(T, item.Helped?.Because)],
            ReviewKind.OutsideWindow => T["Review.Outside", what],
            ReviewKind.NotOnRoster => T[item.HasSeat ? "Review.HasSeatNow" : "Review.NoSeat", what],
            _ => T["Review.Refused", what, T[$"Review.Because.{item.Refusal}"] is { ResourceNotFound: false } why ? why.Value : T["Review.BecauseOther"]],
        };
    }

    private Task SettleAsync(ReviewEntry item, ReviewOutcome outcome) => DoAsync(Settle.RunAsync(Actor, Run, item.Id, outcome));

    private Task SeatAsync(ReviewEntry item, PostChoice post) => DoAsync(Seat.RunAsync(Actor, Run, item.Id, post.Id), T["Review.Seated", item.Name!, post.Name]);

    private Task TakeBackAsync(ReviewEntry item) => DoAsync(TakeBack.RunAsync(Actor, Run, item.Id), T["Attendance.TakenBack", item.Name!]);

    private async Task CorrectAsync(ReviewEntry item)
    {
        var last = TimesOf(item.Person!.Value) is [.., var latest] ? latest : null;
        if (await TimesDialog.ShowAsync(Dialogs, T["Times.Title", item.Name!], Actor, Run, item.Person.Value, last, item.Kind == ReviewKind.NotAccepted ? item.OccurredAt : null, _view!.Slot))
            await SettleAsync(item, ReviewOutcome.PutRight);
    }

    private async Task CorrectAsync(VolunteerId who, string name, TimesHere times)
    {
        if (await TimesDialog.ShowAsync(Dialogs, T["Times.Title", name], Actor, Run, who, times, null, _view!.Slot)) await LoadAsync();
    }
}
