using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.MyDuties;

/// <summary>Somebody who was asked to take a seat says yes or no. The first yes gets it, the others are thanked.</summary>
public sealed class AnswerCoverAsk(Hub hub)
{
    /// <summary>By the personal link, which stands for the person and for this one asking.</summary>
    public async Task<Outcome> RunByLinkAsync(string token, bool yes, CancellationToken ct = default)
    {
        (CoverAskId Id, VolunteerId Who)? asked;
        await using (var find = await hub.ReadAsync(Actor.System, ct)) asked = await InvitationLinks.AskOfAsync(find, token, ct);
        return asked is var (id, who) ? await RunAsync(new Actor(who, null, Via.InvitationLink), id, yes, ct) : new InvitationOver();
    }

    /// <param name="actor">Who was asked.</param>
    /// <param name="askId">The asking.</param>
    /// <param name="yes">Whether the person comes.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, CoverAskId askId, bool yes, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var ladder = await work.LadderOfAsync(askId, ct);
        if (ladder?.Asks.FirstOrDefault(a => a.Id == askId) is not { } ask || await work.RunAsync(ladder.RunId, ct) is not { } run) return new InvitationOver();
        if (ask.VolunteerId != actor.Id || !actor.Answers()) return work.Denied(this, askId);
        // What was settled elsewhere a moment ago is settled here too, and who was asked hears of it in thanks.
        if (work.EndIfFilled(ladder, run))
        {
            await work.SaveAsync(run.Id, ct);
            return new SeatTaken();
        }

        var answered = await work.AnswerAsync(ladder, run, ask, yes, actor.Id, ct);
        return answered.Refused ? answered : await work.SaveAsync(run.Id, ct);
    }
}
