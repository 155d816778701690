using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.GroupLists;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>One person of a pasted list.</summary>
public partial class GroupListRow
{
    private bool _override;

    [Parameter, EditorRequired] public GroupRowView Row { get; set; } = null!;

    [Parameter, EditorRequired] public GroupCheckView View { get; set; } = null!;

    /// <summary>What was said of the row so far.</summary>
    [Parameter] public GroupDecision? Decision { get; set; }

    [Parameter] public EventCallback<GroupDecision> OnDecide { get; set; }

    private GroupDecision Said => Decision ?? new GroupDecision();

    private string Name => Row.Row.Who?.Name ?? Row.Row.Entry?.Name ?? Row.Row.Text.Trim();

    private string Label => T["Group.RowLabel", Row.Row.Key.Line, Name];

    private string Tone => Row switch
    {
        { WillCome: true } => "y",
        { IsThere: true } => "d",
        { IsReady: true, Against: NotEligible } => "x",
        { IsOpen: true } or { IsReady: true } or { Row.State: GroupRowState.Unsure } => "n",
        _ => "d",
    };

    private string State => Row switch
    {
        { WillCome: true } when Said.Reason is { Length: > 0 } why => "✓ " + T["Group.WillComeAnyway", Row.Row.Place!.Post, why],
        { WillCome: true } when Row.Row.Guessed => "✓ " + T["Group.WillComeGuessed", Row.Row.Place!.Post],
        { WillCome: true } => "✓ " + T["Group.WillCome", Row.Row.Place!.Post],
        { IsThere: true } => "✓ " + T["Group.IsThere", Row.Row.Place!.Post],
        { IsTooMany: true } => "▲ " + T["Group.TooMany", Row.Row.Place!.Post],
        { IsReady: true, Against: { } against } => (against is ReasonNeeded ? "▲ " : "✕ ") + Reasons.Of(against),
        { Row: { State: GroupRowState.Cancelled, Who: { } who } } when OnRoster(who.Id) => "— " + T["Group.CancelledOnRoster"],
        _ => (Row.IsOpen ? "? " : "— ") + T[$"GroupRowState.{Row.Row.State}"],
    };

    /// <summary>Whether the list itself shows that the person has a seat: what is taken back here is taken off there, by hand.</summary>
    private bool OnRoster(VolunteerId who) => View.Rows.Any(r => r.Row.Who?.Id == who && r.IsThere);

    private string Id(string what) => $"group-{what}-{Row.Row.Key.Line}-{Row.Row.Key.Part}";

    private Task ChooseWho(ChangeEventArgs change) =>
        SayAsync(Said with { Who = Guid.TryParse(change.Value as string, out var id) ? new VolunteerId(id) : null, Reason = null });

    private Task ChoosePost(ChangeEventArgs change) =>
        SayAsync(Said with { Post = Guid.TryParse(change.Value as string, out var id) ? new PostId(id) : null, Reason = null });

    private Task Override(bool ticked)
    {
        _override = ticked;
        return ticked || Said.Reason is null ? Task.CompletedTask : SayAsync(Said with { Reason = null });
    }

    private Task SayAsync(GroupDecision said) => OnDecide.InvokeAsync(said);
}
