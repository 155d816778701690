using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>There is no such message, or it does not wait any more: somebody sent it, or its matter is over.</summary>
public sealed record MessageGone : Refusal;

/// <summary>A text with the person's own links, ready to paste.</summary>
public sealed record PasteText(MessageId Id, string Name, string Text);

/// <summary>Makes texts to paste, with personal links made now. Those whose matter is over are left out.</summary>
public sealed class MakePasteTexts(Hub hub, MessageWriter writer)
{
    /// <param name="actor">Who pastes.</param>
    /// <param name="ids">The messages.</param>
    /// <param name="asked">The address under which the actor sees the app.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<IReadOnlyList<PasteText>>> RunAsync(Actor actor, IReadOnlyCollection<MessageId> ids, string asked, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var messages = await work.Db.Messages.Where(m => ids.Contains(m.Id) && m.Channel == Channel.WeChat).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync(ct);
        if (!work.Authority.IsStaff || messages.Exists(m => !work.LooksAfter(m))) return work.Denied(this);
        var made = new List<PasteText>();
        foreach (var message in messages.Where(m => m.Status is MessageStatus.Waiting or MessageStatus.Sent))
            if (await writer.LetterAsync(work, message, actor.Id, asked, ct) is { } letter) made.Add(new PasteText(message.Id, letter.Name, letter.Text));
        if (made.Count == 0) return new MessageGone();
        await work.SaveAsync(null, ct);
        return made;
    }
}

/// <summary>Notes that texts were pasted, or takes that back.</summary>
public sealed class NotePasted(Hub hub, LiveBus live)
{
    /// <param name="actor">Who pasted.</param>
    /// <param name="ids">The messages.</param>
    /// <param name="pasted">False takes it back.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, IReadOnlyCollection<MessageId> ids, bool pasted, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var messages = await work.Db.Messages.Where(m => ids.Contains(m.Id) && m.Channel == Channel.WeChat).ToListAsync(ct);
        if (!work.Authority.IsStaff || messages.Exists(m => !work.LooksAfter(m))) return work.Denied(this);
        var changed = messages.FindAll(m => m.Status == (pasted ? MessageStatus.Waiting : MessageStatus.Sent));
        if (changed.Count == 0) return new MessageGone();
        foreach (var message in changed)
        {
            if (pasted) message.Sent(work.Now, actor.Id);
            else message.NotSent();
        }

        await work.SaveAsync(null, ct);
        live.Announce(new NoticesTouched());
        return Outcome.Done;
    }
}

/// <summary>Sees to a message that could not be sent: it is tried again, or needs not be sent.</summary>
public sealed class MendMessage(Hub hub, LiveBus live)
{
    /// <param name="actor">Who sees to it.</param>
    /// <param name="id">The message.</param>
    /// <param name="again">Whether it is tried again.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, MessageId id, bool again, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var message = await work.Db.Messages.FirstOrDefaultAsync(m => m.Id == id, ct);
        if (message is null ? !work.Authority.IsStaff : !work.LooksAfter(message)) return work.Denied(this, id);
        if (message is not { Status: MessageStatus.Waiting or MessageStatus.Failed }) return new MessageGone();
        if (again) message.Retry(work.Now);
        else message.Drop();
        await work.SaveAsync(null, ct);
        live.Announce(new NoticesTouched());
        return Outcome.Done;
    }
}

/// <summary>Somebody who leads a team says of what they want to hear about the staffing of its runs.</summary>
public sealed class SubscribeToStaffing(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, TeamId team, StaffingNews of, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.Leads.Contains(team)) return work.Denied(this, team);
        if (await work.Db.StaffingSubscriptions.FirstOrDefaultAsync(s => s.VolunteerId == actor.Id && s.TeamId == team, ct) is { } subscription) subscription.Choose(of);
        else work.Db.StaffingSubscriptions.Add(new StaffingSubscription(actor.Id, team, of));
        return await work.SaveAsync(null, ct);
    }
}
