using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.MyDuties;

/// <summary>A volunteer looks for a stand-in (顶班). Until somebody takes it the seat is still theirs.</summary>
public sealed class SeekCover(Hub hub)
{
    /// <summary>By the personal link.</summary>
    public async Task<Outcome> RunByLinkAsync(string token, string? reason, CancellationToken ct = default) =>
        await hub.HolderByLinkAsync(token, ct) is var (actor, seat) ? await RunAsync(actor, seat, reason, ct) : new InvitationOver();

    /// <param name="actor">The person whose seat it is.</param>
    /// <param name="assignmentId">The seat.</param>
    /// <param name="reason">Why, where a word is said.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, AssignmentId assignmentId, string? reason, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var own = await work.OwnSeatAsync(this, assignmentId, ct);
        if (own.Refused) return own.Refusal;
        var sought = own.Value.Run.SeekCover(assignmentId, reason, actor.Id, work.Now);
        return sought.Refused ? sought : await work.SaveAsync(own.Value.Run.Id, ct);
    }
}

/// <summary>A volunteer who said yes long ago, and was asked again, says that it holds.</summary>
public sealed class ConfirmDuty(Hub hub)
{
    /// <summary>By the personal link.</summary>
    public async Task<Outcome> RunByLinkAsync(string token, CancellationToken ct = default) =>
        await hub.HolderByLinkAsync(token, ct) is var (actor, seat) ? await RunAsync(actor, seat, ct) : new InvitationOver();

    /// <param name="actor">The person whose seat it is.</param>
    /// <param name="assignmentId">The seat.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, AssignmentId assignmentId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var own = await work.OwnSeatAsync(this, assignmentId, ct);
        if (own.Refused) return own.Refusal;
        var confirmed = own.Value.Run.Confirm(assignmentId, work.Now);
        return confirmed.Refused ? confirmed : await work.SaveAsync(own.Value.Run.Id, ct);
    }
}
